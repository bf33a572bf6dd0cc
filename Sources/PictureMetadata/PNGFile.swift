/// A PNG as its chunks: a length, four letters, content and a checksum each. After the PNG specification, third edition.
struct PNGFile {
    static let packetKeyword = "XML:com.adobe.xmp"
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    /// More than the largest pictures have; a file of nothing but empty chunks is not read to its end.
    private static let mostChunks = 1 << 20
    private static let longestText = 16 << 20

    private struct Chunk {
        var name: String
        var whole: Range<Int>
        var content: Range<Int>
    }
    private let file: FileContent
    private let chunks: [Chunk]

    /// nil: no PNG, or one that does not end with its last chunk.
    init?(_ file: FileContent) {
        guard file.bytes(0..<8) == Self.signature else { return nil }
        var chunks: [Chunk] = []
        var position = 8
        while chunks.last?.name != "IEND" {
            guard chunks.count < Self.mostChunks, let head = file.bytes(position..<(position + 8)) else { return nil }
            let length = head.number(at: 0, count: 4)
            guard length <= file.count - position - 12 else { return nil }
            chunks.append(
                Chunk(
                    name: String(decoding: head[4...], as: UTF8.self),
                    whole: position..<(position + 12 + length),
                    content: (position + 8)..<(position + 8 + length)
                )
            )
            position += 12 + length
        }
        guard chunks.first?.name == "IHDR" else { return nil }
        self.file = file
        self.chunks = chunks
    }

    /// It is signed with all of its bytes (C2PA).
    var isSigned: Bool { chunks.contains { $0.name == "caBX" } }

    /// The XMP packet is there, and compressed: it cannot be read here.
    var hasUnreadablePacket: Bool {
        chunks.contains { chunk in
            guard chunk.name == "iTXt", let content = file.bytes(chunk.content.prefix(64)) else { return false }
            return content.starts(with: Array(Self.packetKeyword.utf8) + [0, 1])
        }
    }

    /// With international texts after the header, which take the place of such with the same keyword.
    func adding(_ texts: [(keyword: String, text: String)]) -> [FilePiece] {
        let keywords = Set(texts.map(\.keyword))
        var pieces: [FilePiece] = []
        pieces.copy(0..<8)
        for chunk in chunks {
            let isReplaced = chunk.name == "iTXt" && text(of: chunk).map { keywords.contains($0.keyword) } ?? false
            if !isReplaced { pieces.copy(chunk.whole) }
            if chunk.name == "IHDR" { pieces.append(.written(texts.flatMap { Self.chunk($0.keyword, $0.text) })) }
        }
        pieces.copy((chunks.last?.whole.upperBound ?? 0)..<file.count)
        return pieces
    }

    /// The texts that are not compressed, by keyword.
    var texts: [String: String] {
        Dictionary(chunks.compactMap { text(of: $0) }.map { ($0.keyword, $0.text) }) { first, _ in first }
    }

    private func text(of chunk: Chunk) -> (keyword: String, text: String)? {
        guard chunk.name == "tEXt" || chunk.name == "iTXt", chunk.content.count <= Self.longestText,
            let content = file.bytes(chunk.content), let end = content.firstIndex(of: 0)
        else { return nil }
        let keyword = String(decoding: content[..<end], as: UTF8.self)
        var rest = content[(end + 1)...]
        // Latin-1 by the specification, UTF-8 in practice.
        if chunk.name == "tEXt" { return (keyword, String(decoding: rest, as: UTF8.self)) }
        guard rest.count > 2, rest.first == 0 else { return nil }
        rest = rest.dropFirst(2)
        for _ in 0..<2 {
            guard let end = rest.firstIndex(of: 0) else { return nil }
            rest = rest[(end + 1)...]
        }
        return (keyword, String(decoding: rest, as: UTF8.self))
    }

    private static func chunk(_ keyword: String, _ text: String) -> [UInt8] {
        // Keyword, not compressed, no method, no language, no translated keyword.
        let content = Array("iTXt".utf8) + Array(keyword.utf8) + [0, 0, 0, 0, 0] + Array(text.utf8)
        return Array(bigEndian: content.count - 4, count: 4) + content
            + Array(bigEndian: Int(checksum(content)), count: 4)
    }

    private static let table: [UInt32] = (0..<256).map { start in
        (0..<8).reduce(UInt32(start)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
    }
}
