import Foundation
import Pictures
import Pixels
import ReplicateClient
import Synchronization

/// Small pictures on the disk, so that each is made once: named by what their file holds, whatever its name, and no more
/// of them than a limit. Everything in it can be made again.
final class ThumbnailStore: Sendable {
    /// The longest side of a small picture, in pixels.
    static let side = 512
    /// Bytes that they may take together.
    static let mostBytes = 128 << 20

    /// What is known of a file that was looked at before.
    private struct Stamp: Hashable {
        var path: String
        var size: Int
        var modified: Date
    }

    private let folder: URL
    private let searchPath: String
    private let mostBytes: Int
    private let names = Mutex<[Stamp: String]>([:])
    /// Bytes in the folder; nil: not counted yet.
    private let total = Mutex<Int?>(nil)

    /// - Parameter searchPath: where `ffmpeg` is looked for.
    init(
        folder: URL,
        searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? "",
        mostBytes: Int = ThumbnailStore.mostBytes
    ) {
        self.folder = folder
        self.searchPath = searchPath
        self.mostBytes = mostBytes
    }

    /// A picture of at most ``side`` pixels, of a video its first frame; and what the file says of itself. Blocks.
    func picture(of file: URL) async throws(PictureError) -> (bitmap: Bitmap, facts: PictureFacts?) {
        let name = name(of: file)
        if let name, let kept = try? PictureDecoder.decode(contentsOf: place(of: name)) {
            // The oldest are dropped first; this one is in use.
            try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: place(of: name).path)
            return (kept, try PictureReader.facts(of: file))
        }
        let (bitmap, facts) = try await PictureReader.read(
            file,
            fitting: (width: Self.side, height: Self.side),
            searchPath: searchPath
        )
        if let name, let jpeg = PictureEncoder.jpeg(bitmap, over: (0, 0, 0), quality: 88) { keep(jpeg, as: name) }
        return (bitmap, facts)
    }

    private func place(of name: String) -> URL { folder.appending(path: "\(name).jpg") }

    /// nil: the file cannot be read.
    private func name(of file: URL) -> String? {
        guard let facts = try? FileManager.default.attributesOfItem(atPath: file.path),
            let size = facts[.size] as? Int, let modified = facts[.modificationDate] as? Date
        else { return nil }
        let stamp = Stamp(path: file.path, size: size, modified: modified)
        if let known = names.withLock({ $0[stamp] }) { return known }
        guard let digest = try? Digest.sha256(ofFile: file.path).sha256 else { return nil }
        names.withLock { $0[stamp] = digest }
        return digest
    }

    /// Under its final name only when it is complete. That it cannot be kept is no reason not to show it.
    private func keep(_ jpeg: Data, as name: String) {
        let files = FileManager.default
        try? files.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        guard (try? jpeg.write(to: place(of: name), options: .atomic)) != nil else { return }
        try? files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: place(of: name).path)
        let isTooMuch = total.withLock { total in
            total = (total ?? sizes().reduce(0) { $0 + $1.bytes }) + jpeg.count
            return total.map { $0 > mostBytes } ?? false
        }
        if isTooMuch { dropOldest() }
    }

    private struct Entry {
        var url: URL
        var bytes: Int
        var used: Date
    }

    private func sizes() -> [Entry] {
        let keys: Set<URLResourceKey> = [.fileSizeKey, .contentModificationDateKey]
        let all =
            (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: Array(keys))) ?? []
        return all.compactMap { url in
            guard let values = try? url.resourceValues(forKeys: keys) else { return nil }
            return Entry(url: url, bytes: values.fileSize ?? 0, used: values.contentModificationDate ?? .distantPast)
        }
    }

    /// Down to three quarters of the limit, so that this is not done for each new one.
    private func dropOldest() {
        total.withLock { total in
            var left = 0
            for entry in sizes().sorted(by: { $0.used > $1.used }) {
                if left + entry.bytes > mostBytes * 3 / 4 {
                    try? FileManager.default.removeItem(at: entry.url)
                } else {
                    left += entry.bytes
                }
            }
            total = left
        }
    }
}
