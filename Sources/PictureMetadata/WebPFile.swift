/// A WebP as its chunks. After the WebP container specification.
struct WebPFile {
    private struct Chunk {
        var name: String
        var whole: Range<Int>
        var content: Range<Int>
    }
    private let bytes: [UInt8]
    private let chunks: [Chunk]

    /// nil: no WebP, or one whose chunks do not fill it.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 20, bytes.starts(with: Array("RIFF".utf8)), bytes[8..<12].elementsEqual("WEBP".utf8)
        else { return nil }
        let end = 8 + bytes.littleEndian(at: 4, count: 4)
        guard end <= bytes.count else { return nil }
        var chunks: [Chunk] = []
        var position = 12
        while position + 8 <= end {
            let length = bytes.littleEndian(at: position + 4, count: 4)
            guard length <= end - position - 8 else { return nil }
            chunks.append(
                Chunk(
                    name: String(decoding: bytes[position..<(position + 4)], as: UTF8.self),
                    // Chunks begin at even places.
                    whole: position..<min(position + 8 + length + length % 2, end),
                    content: (position + 8)..<(position + 8 + length)
                )
            )
            position += 8 + length + length % 2
        }
        guard let first = chunks.first?.name, ["VP8 ", "VP8L", "VP8X"].contains(first) else { return nil }
        self.bytes = bytes
        self.chunks = chunks
    }

    /// With an XMP packet at the end, where the specification has it; nil where the picture has no size.
    func adding(_ packet: String) -> [UInt8]? {
        guard var header = extendedHeader else { return nil }
        // The third bit says that there is a packet.
        header[0] |= 0x04
        var content = Array("WEBP".utf8) + Self.chunk("VP8X", header)
        for chunk in chunks where chunk.name != "VP8X" && chunk.name != "XMP " {
            content += bytes[chunk.whole]
            if content.count % 2 == 1 { content.append(0) }
        }
        content += Self.chunk("XMP ", Array(packet.utf8))
        return Array("RIFF".utf8) + Self.littleEndian(content.count, count: 4) + content
    }

    var packet: String? {
        chunks.first { $0.name == "XMP " }.map { String(decoding: bytes[$0.content], as: UTF8.self) }
    }

    var exif: [UInt8]? { chunks.first { $0.name == "EXIF" }.map { Array(bytes[$0.content]) } }

    /// Flags and size of the canvas; made where a simple file has none.
    private var extendedHeader: [UInt8]? {
        let first = chunks[0]
        let content = Array(bytes[first.content])
        switch first.name {
        case "VP8X": return content.count >= 10 ? Array(content.prefix(10)) : nil
        case "VP8 ":
            // A key frame: three bytes, a start code, then 14 bits each for width and height.
            guard content.count >= 10, content[0] & 1 == 0, content[3...5].elementsEqual([0x9D, 0x01, 0x2A]) else {
                return nil
            }
            let width = content.littleEndian(at: 6, count: 2) & 0x3FFF
            let height = content.littleEndian(at: 8, count: 2) & 0x3FFF
            return Self.header(width: width, height: height, hasAlpha: false)
        default:
            guard content.count >= 5, content[0] == 0x2F else { return nil }
            let bits = content.littleEndian(at: 1, count: 4)
            let (width, height) = (bits & 0x3FFF, bits >> 14 & 0x3FFF)
            return Self.header(width: width + 1, height: height + 1, hasAlpha: bits >> 28 & 1 == 1)
        }
    }

    private static func header(width: Int, height: Int, hasAlpha: Bool) -> [UInt8]? {
        guard width > 0, height > 0 else { return nil }
        return [hasAlpha ? 0x10 : 0, 0, 0, 0] + littleEndian(width - 1, count: 3) + littleEndian(height - 1, count: 3)
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        Array(name.utf8) + littleEndian(content.count, count: 4) + content + (content.count % 2 == 1 ? [0] : [])
    }

    private static func littleEndian(_ number: Int, count: Int) -> [UInt8] {
        (0..<count).map { UInt8(number >> (8 * $0) & 0xFF) }
    }
}
