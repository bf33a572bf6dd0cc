import Foundation
import Testing

@testable import ReplicateClient

/// Files that arrive compressed, though that was not asked for.
struct CompressedDownloadTests {
    private static let text = String(repeating: "a red fox in the snow, ", count: 40)
    /// ``text``, packed with gzip.
    private static let packed = Data(
        base64Encoded:
            "H4sIAAAAAAACA0tUKEpNUUjLr1DIzFMoyUhVKM7LL9dRSBwVHhUeFR44YQAIV+sImAMAAA=="
    )!

    private func receive(_ pieces: [Data], encoding: String = "gzip") throws -> (Download, Data) {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = PartialDownload(path: path)
        try file.receive(.began(status: 200, headers: ["content-encoding": encoding, "content-length": "9"]))
        for piece in pieces { try file.receive(.bytes(piece)) }
        return (try file.finish(), try Data(contentsOf: URL(filePath: path)))
    }

    @Test(arguments: [1, 7, 1_000])
    func `what was packed is unpacked, in whatever pieces it arrives`(size: Int) throws {
        let bytes = Array(Self.packed)
        let pieces = stride(from: 0, to: bytes.count, by: size).map { Data(bytes[$0..<min($0 + size, bytes.count)]) }
        let (download, content) = try receive(pieces)
        #expect(content == Data(Self.text.utf8))
        #expect(download.bytes == Int64(content.count))
        #expect(download.sha256 == Digest.hex(Digest.sha256(content)))
        #expect(try receive(pieces, encoding: " GZIP").1 == content)
    }

    @Test func `much comes out of little`() throws {
        // 400,000 times the same letter.
        let packed = [
            "H4sIAAAAAAACA+3BMQEAAADCoKzrX8IUfkABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAADA3wB1+IeRgBoGAA==",
        ].joined()
        let bytes = try #require(Data(base64Encoded: packed))
        #expect(try receive([bytes]).1 == Data(repeating: UInt8(ascii: "a"), count: 400_000))
        #expect(throws: DownloadError.self) { try receive([bytes.dropLast()]) }
    }

    @Test func `several packed parts are one file, and padding is none of it`() throws {
        #expect(try receive([Self.packed + Self.packed]).1 == Data((Self.text + Self.text).utf8))
        #expect(try receive([Self.packed, Data(repeating: 0, count: 512)]).1 == Data(Self.text.utf8))
    }

    @Test func `a part is not a whole`() throws {
        for length in [1, 10, 20, Self.packed.count - 1] {
            #expect(throws: DownloadError.broken(reason: "the end of the compressed bytes is missing")) {
                try receive([Self.packed.prefix(length)])
            }
        }
        #expect(throws: DownloadError.self) { try receive([Self.packed + Self.packed.prefix(12)]) }
    }

    @Test func `corrupt bytes and unknown ways of packing are told`() throws {
        var corrupt = Self.packed
        corrupt[corrupt.count - 8] ^= 1
        #expect(throws: DownloadError.broken(reason: "the compressed bytes are corrupt")) { try receive([corrupt]) }
        #expect(throws: DownloadError.self) { try receive([Self.packed], encoding: "br") }
    }
}
