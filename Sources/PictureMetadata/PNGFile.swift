/// A PNG as its chunks: a length, four letters, content and a checksum each. After the PNG specification, third edition.
struct PNGFile {
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private let bytes: [UInt8]
    private struct Chunk {
        var name: String
        /// Of the whole chunk, and of its content.
        var whole: Range<Int>
        var content: Range<Int>
    }
    private let chunks: [Chunk]

    /// nil: no PNG, or one that does not end with its last chunk.
    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: Self.signature) else { return nil }
        var chunks: [Chunk] = []
        var position = Self.signature.count
        while position + 12 <= bytes.count, chunks.last?.name != "IEND" {
            let length = bytes.number(at: position, count: 4)
            guard length <= bytes.count - position - 12 else { return nil }
            chunks.append(
                Chunk(
                    name: String(decoding: bytes[(position + 4)..<(position + 8)], as: UTF8.self),
                    whole: position..<(position + 12 + length),
                    content: (position + 8)..<(position + 8 + length)
                )
            )
            position += 12 + length
        }
        guard chunks.first?.name == "IHDR", chunks.last?.name == "IEND" else { return nil }
        self.bytes = bytes
        self.chunks = chunks
    }

    /// With international texts after the header, by keyword; an XMP packet that was there before is left out.
    func adding(_ texts: [(keyword: String, text: String)]) -> [UInt8] {
        var written = Self.signature
        for chunk in chunks {
            let isOldPacket = chunk.name == "iTXt" && text(of: chunk)?.keyword == "XML:com.adobe.xmp"
            if !isOldPacket { written += bytes[chunk.whole] }
            if chunk.name == "IHDR" { for (keyword, text) in texts { written += Self.chunk(keyword, text) } }
        }
        return written
    }

    /// The texts that are not compressed, by keyword.
    var texts: [String: String] {
        Dictionary(chunks.compactMap { text(of: $0) }.map { ($0.keyword, $0.text) }) { first, _ in first }
    }

    private func text(of chunk: Chunk) -> (keyword: String, text: String)? {
        let content = bytes[chunk.content]
        guard chunk.name == "tEXt" || chunk.name == "iTXt", let end = content.firstIndex(of: 0) else { return nil }
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
        return bigEndian(UInt32(content.count - 4)) + content + bigEndian(checksum(content))
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        [UInt8(number >> 24), UInt8(number >> 16 & 0xFF), UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF)]
    }

    private static let table: [UInt32] = (0..<256).map { start in
        (0..<8).reduce(UInt32(start)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
    }
}

extension [UInt8] {
    /// A big-endian number of up to seven bytes; all of them must be there.
    func number(at position: Int, count: Int) -> Int {
        self[position..<(position + count)].reduce(0) { $0 << 8 | Int($1) }
    }

    /// The same with the lowest byte first.
    func littleEndian(at position: Int, count: Int) -> Int {
        self[position..<(position + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
