package import Foundation
import Glibc

/// Files that stand in the API's answers themselves, as `data:` URIs. The large ones are decoded to the disk as they come,
/// and the answer names them by their content: `data:video/mp4;length=30000012;sha256=…,`.
///
/// Every process on one folder finds them. A name in an answer that the server made up leads to another file of this
/// folder or to none: what is looked for is a digest.
package struct InlineFiles: Sendable {
    /// Bytes of the URI from which it is large.
    static let least = 256 << 10
    /// What all files of one answer may have together: an answer that never ends must not fill the disk.
    static let limit: Int64 = 4 << 30
    /// Seconds after which a file is swept away that nobody has saved: the server keeps its own an hour.
    private static let lifetime = 7_200.0

    private let folder: URL

    /// - Parameter folder: made private when the first file comes; files that are left from earlier are swept away.
    package init(folder: URL) {
        self.folder = folder
        let files = FileManager.default
        for name in (try? files.contentsOfDirectory(atPath: folder.path)) ?? [] {
            let path = folder.appending(path: name).path
            let changed = (try? files.attributesOfItem(atPath: path))?[.modificationDate] as? Date
            if let changed, changed.timeIntervalSinceNow < -Self.lifetime { unlink(path) }
        }
    }

    /// Whether a URI names a file that was put aside.
    package static func isReference(_ uri: String) -> Bool { InlineReference(uri) != nil }

    func sieve() -> any BodySieve { InlineFileSieve(files: self) }

    /// A new file to be written; nil when there is no room or no right to.
    func begin() throws -> PartialDownload {
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        return PartialDownload(
            path: folder.appending(path: "\(UUID().uuidString.lowercased()).part").path,
            limit: Self.limit
        )
    }

    /// Names a finished file by its content.
    func keep(_ file: PartialDownload, _ download: Download) throws {
        guard rename(file.path, path(of: download.sha256)) == 0 else {
            unlink(file.path)
            throw DownloadError.notWritable(reason: String(cString: strerror(errno)))
        }
    }

    private func path(of sha256: String) -> String { folder.appending(path: sha256).path }

    /// Copies what a reference names into `file`. Throws ``DownloadError/notHere`` when it is not here any more: asking
    /// the API for the prediction brings it back.
    func copy(_ reference: InlineReference, into file: PartialDownload) throws(DownloadError) -> Download {
        guard let handle = FileHandle(forReadingAtPath: path(of: reference.sha256)) else { throw .notHere }
        defer { try? handle.close() }
        do {
            try file.take(.began(status: 200, headers: ["content-type": reference.type]))
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { try file.take(.bytes(piece)) }
        } catch {
            let failure = file.failure ?? .notHere
            file.discard()
            throw failure
        }
        let download: Download
        do { download = try file.finish() } catch {
            file.discard()
            throw error
        }
        guard download.sha256 == reference.sha256 else {
            unlink(file.path)
            throw .notHere
        }
        return download
    }
}

/// `data:TYPE;length=N;sha256=HEX,` without any content.
struct InlineReference {
    let type: String
    let sha256: String

    init?(_ uri: String) {
        guard uri.utf8.count < 300, uri.hasPrefix("data:"), uri.hasSuffix(",") else { return nil }
        let parts = uri.dropFirst(5).dropLast().split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].hasPrefix("length="), parts[2].hasPrefix("sha256=") else { return nil }
        let digest = parts[2].dropFirst(7)
        guard digest.utf8.count == 64,
            digest.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { return nil }
        type = String(parts[0])
        sha256 = String(digest)
    }

    static func text(type: String, _ download: Download) -> String {
        "data:\(type);length=\(download.bytes);sha256=\(download.sha256),"
    }
}
