/// A JPEG as its segments up to the picture itself. After ITU T.81, and Adobe's XMP specification part 3.
struct JPEGFile {
    private static let identifier = Array("http://ns.adobe.com/xap/1.0/".utf8) + [0]
    private static let exifIdentifier = Array("Exif\0\0".utf8)
    /// What a segment holds beside its marker and its length.
    private static let longestSegment = 65_535 - 2
    /// The longest packet that has a place in a file, in bytes.
    static let longestPacket = longestSegment - identifier.count
    /// The longest EXIF block, in bytes.
    static let longestExif = longestSegment - exifIdentifier.count

    private struct Segment {
        var marker: UInt8
        var whole: Range<Int>
        /// Empty where it is not looked at: only segments of applications are.
        var content: [UInt8]
    }
    private let file: FileContent
    private let segments: [Segment]
    /// Where the first segment after the header begins.
    private let rest: Int

    /// nil: no JPEG, or one whose header does not lead to a picture.
    init?(_ file: FileContent) {
        guard file.bytes(0..<2) == [0xFF, 0xD8] else { return nil }
        var segments: [Segment] = []
        var position = 2
        while true {
            guard let head = file.bytes(position..<(position + 4)), head[0] == 0xFF, head[1] >= 0xC0, head[1] != 0xFF
            else { return nil }
            if head[1] == 0xDA { break }
            let length = head.number(at: 2, count: 2)
            let isLookedAt = (0xE0...0xEF).contains(head[1])
            let content = (position + 4)..<max(position + 4, position + 2 + length)
            guard length >= 2, position + 2 + length <= file.count,
                let bytes = isLookedAt ? file.bytes(content) : []
            else { return nil }
            segments.append(
                Segment(
                    marker: head[1],
                    whole: position..<(position + 2 + length),
                    content: bytes
                )
            )
            position += 2 + length
        }
        self.file = file
        self.segments = segments
        rest = position
    }

    /// It is signed with all of its bytes (C2PA, in boxes of JUMBF).
    var isSigned: Bool { segments.contains { $0.marker == 0xEB && $0.content.starts(with: Array("JP".utf8)) } }

    /// With an XMP packet after the first segments, which some readers expect to come first, and an EXIF block where there is
    /// none; nil where one of them is too long.
    func adding(packet: String, exif block: [UInt8]) -> [FilePiece]? {
        guard let packet = Self.segment(Self.identifier + Array(packet.utf8)),
            let block = Self.segment(Self.exifIdentifier + block)
        else { return nil }
        let added = (exif == nil ? block : []) + packet
        var pieces: [FilePiece] = []
        pieces.copy(0..<2)
        var isWritten = false
        for segment in segments where !isXMP(segment) {
            // JFIF is APP0, EXIF APP1.
            if !isWritten, segment.marker != 0xE0, !isExif(segment) {
                pieces.append(.written(added))
                isWritten = true
            }
            pieces.copy(segment.whole)
        }
        if !isWritten { pieces.append(.written(added)) }
        pieces.copy(rest..<file.count)
        return pieces
    }

    var packet: String? {
        segments.first(where: isXMP).map {
            String(decoding: $0.content.dropFirst(Self.identifier.count), as: UTF8.self)
        }
    }

    /// The EXIF block without its name; nil: there is none.
    var exif: [UInt8]? {
        segments.first(where: isExif).map { Array($0.content.dropFirst(Self.exifIdentifier.count)) }
    }

    private static func segment(_ content: [UInt8]) -> [UInt8]? {
        guard content.count <= longestSegment else { return nil }
        return [0xFF, 0xE1] + Array(bigEndian: content.count + 2, count: 2) + content
    }

    private func isXMP(_ segment: Segment) -> Bool {
        segment.marker == 0xE1 && segment.content.starts(with: Self.identifier)
    }

    private func isExif(_ segment: Segment) -> Bool {
        segment.marker == 0xE1 && segment.content.starts(with: Self.exifIdentifier)
    }
}
