import Foundation
import PictureMetadata
import ReplicateClient

/// A complete file under a name that is not its final one.
struct EmbeddedCopy {
    private static let pieceLength = 1 << 20

    let path: String
    /// Bytes.
    let size: Int64
    /// Hexadecimal.
    let sha256: String
}

extension EmbeddedCopy {
    /// Writes a copy of a file with metadata in it beside that file, and flushes it to the disk. At most a piece of 1 MiB is
    /// in memory.
    ///
    /// nil: the file takes none, cannot be read, or the copy cannot be written; nothing is left of the copy then.
    init?(of original: String, with metadata: PictureMetadata) {
        guard let file = OpenFile(original), let pieces = MetadataEmbedding(metadata).pieces(for: file.content) else {
            return nil
        }
        let folder = URL(filePath: original).deletingLastPathComponent()
        let part = PartialDownload(path: folder.appending(path: ".\(UUID().uuidString.lowercased()).part").path)
        var rest = pieces[...]
        let copy = try? part.write(contentType: nil) { try Self.next(&rest, of: file) }
        guard let copy else { return nil }
        self.init(path: part.path, size: copy.bytes, sha256: copy.sha256)
    }

    private struct Unreadable: Error {}

    /// The next bytes to be written; nil: there are no more.
    private static func next(_ rest: inout ArraySlice<FilePiece>, of file: OpenFile) throws -> Data? {
        guard let piece = rest.popFirst() else { return nil }
        switch piece {
        case .written(let bytes): return Data(bytes)
        case .copied(let range):
            let part = range.prefix(pieceLength)
            guard let bytes = file.bytes(at: part.lowerBound, count: part.count) else { throw Unreadable() }
            if part.upperBound < range.upperBound {
                rest.insert(.copied(part.upperBound..<range.upperBound), at: rest.startIndex)
            }
            return Data(bytes)
        }
    }
}
