package import Foundation
import Glibc

/// Stores files that stand in the API's answers as `data:` URIs. Large ones are decoded to the disk while the answer
/// arrives, and the answer then names them by their content: `data:video/mp4;length=30000012;sha256=…,`.
///
/// All processes that use the same folder find the same files. A reference that a server invented can only lead to
/// another file of this folder or to none, because files are found by their digest.
package struct InlineFiles: Sendable {
    /// The length of a URI, in bytes, from which it is stored as a file.
    static let least = 256 << 10
    /// The largest size of one file, in bytes: an answer that never ends must not fill the disk.
    static let limit: Int64 = 4 << 30
    /// Seconds after which a file is deleted. The server keeps its own copy for an hour.
    private static let lifetime = 7_200.0

    private let folder: URL

    /// - Parameter folder: created with mode 0700 when the first file is stored.
    package init(folder: URL) { self.folder = folder }

    /// Deletes files in the folder that are older than two hours. Blocks while it does. Only to be called while no run waits for
    /// one of them: it may be the last copy.
    package func sweep() {
        let files = FileManager.default
        for name in (try? files.contentsOfDirectory(atPath: folder.path)) ?? [] {
            let path = folder.appending(path: name).path
            let changed = (try? files.attributesOfItem(atPath: path))?[.modificationDate] as? Date
            if let changed, changed.timeIntervalSinceNow < -Self.lifetime { unlink(path) }
        }
    }

    /// Whether a URI is a reference to a stored file.
    package static func isReference(_ uri: String) -> Bool { InlineReference(uri) != nil }

    func bodyFilter() -> any BodyFilter { InlineFileFilter(files: self) }

    /// A new file to write to. Throws when the folder cannot be created.
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

    /// Gives a finished file the name of its digest.
    func keep(_ file: PartialDownload, _ download: Download) throws {
        guard rename(file.path, path(of: download.sha256)) == 0 else {
            unlink(file.path)
            throw DownloadError.notWritable(reason: String(cString: strerror(errno)))
        }
    }

    private func path(of sha256: String) -> String { folder.appending(path: sha256).path }

    /// Copies the file of a reference into `file`. Throws ``DownloadError/inlineFileMissing`` when it is no longer
    /// stored: requesting the prediction again stores it again.
    func copy(_ reference: InlineReference, into file: PartialDownload) throws(DownloadError) -> Download {
        guard let handle = FileHandle(forReadingAtPath: path(of: reference.sha256)) else { throw .inlineFileMissing }
        defer { try? handle.close() }
        do {
            try file.receive(.began(status: 200, headers: ["content-type": reference.type]))
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { try file.receive(.bytes(piece)) }
        } catch {
            let failure = file.failure ?? .inlineFileMissing
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
            throw .inlineFileMissing
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
