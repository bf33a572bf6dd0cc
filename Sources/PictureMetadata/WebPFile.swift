/// A WebP as its chunks. After the WebP container specification.
struct WebPFile {
    private static let mostChunks = 1 << 20
    private static let longestText = 16 << 20

    private struct Chunk {
        var name: String
        var whole: Range<Int>
        var content: Range<Int>
    }
    private let file: FileContent
    private let chunks: [Chunk]
    /// Where the container ends.
    private let end: Int

    /// nil: no WebP, or one whose chunks do not fill it.
    init?(_ file: FileContent) {
        guard file.count >= 20, let head = file.bytes(0..<12), head.starts(with: Array("RIFF".utf8)),
            head[8..<12].elementsEqual("WEBP".utf8)
        else { return nil }
        let end = 8 + head.littleEndian(at: 4, count: 4)
        guard end <= file.count else { return nil }
        var chunks: [Chunk] = []
        var position = 12
        while position + 8 <= end {
            guard chunks.count < Self.mostChunks, let head = file.bytes(position..<(position + 8)) else { return nil }
            let length = head.littleEndian(at: 4, count: 4)
            guard length <= end - position - 8 else { return nil }
            chunks.append(
                Chunk(
                    name: String(decoding: head[..<4], as: UTF8.self),
                    // Chunks begin at even places.
                    whole: position..<min(position + 8 + length + length % 2, end),
                    content: (position + 8)..<(position + 8 + length)
                )
            )
            position += 8 + length + length % 2
        }
        guard let first = chunks.first?.name, ["VP8 ", "VP8L", "VP8X"].contains(first) else { return nil }
        self.file = file
        self.chunks = chunks
        self.end = end
    }

    /// It is signed with all of its bytes (C2PA).
    var isSigned: Bool { chunks.contains { $0.name == "C2PA" } }

    /// With an XMP packet at the end, where the specification has it, and an EXIF block before it where there is none; nil
    /// where the picture has no size, or the container would be too long.
    func adding(packet: String, exif block: [UInt8]) -> [FilePiece]? {
        guard var header = extendedHeader else { return nil }
        // The bits that say that there is an EXIF block and a packet.
        header[0] |= 0x08 | 0x04
        let added =
            (exif == nil ? Self.chunk("EXIF", block) : []) + Self.chunk("XMP ", Array(packet.utf8))
        var pieces: [FilePiece] = [.written([])]
        var length = 4 + 18
        for chunk in chunks where chunk.name != "VP8X" && chunk.name != "XMP " {
            pieces.copy(chunk.whole)
            length += chunk.whole.count
            if chunk.whole.count % 2 == 1 {
                pieces.append(.written([0]))
                length += 1
            }
        }
        pieces.append(.written(added))
        length += added.count
        guard length <= UInt32.max - 1 else { return nil }
        pieces[0] = .written(
            Array("RIFF".utf8) + Array(littleEndian: length, count: 4) + Array("WEBP".utf8)
                + Self.chunk("VP8X", header)
        )
        pieces.copy(end..<file.count)
        return pieces
    }

    var packet: String? { content("XMP ").map { String(decoding: $0, as: UTF8.self) } }

    var exif: [UInt8]? { content("EXIF") }

    private func content(_ name: String) -> [UInt8]? {
        guard let chunk = chunks.first(where: { $0.name == name }), chunk.content.count <= Self.longestText else {
            return nil
        }
        return file.bytes(chunk.content)
    }

    /// Flags and size of the canvas; made where a simple file has none.
    private var extendedHeader: [UInt8]? {
        let first = chunks[0]
        guard let content = file.bytes(first.content.prefix(16)) else { return nil }
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
        return [hasAlpha ? 0x10 : 0, 0, 0, 0] + Array(littleEndian: width - 1, count: 3)
            + Array(littleEndian: height - 1, count: 3)
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        Array(name.utf8) + Array(littleEndian: content.count, count: 4) + content
            + (content.count % 2 == 1 ? [0] : [])
    }
}
