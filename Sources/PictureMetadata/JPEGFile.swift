/// A JPEG as its segments up to the picture itself. After ITU T.81, and Adobe's XMP specification part 3.
struct JPEGFile {
    private static let identifier = Array("http://ns.adobe.com/xap/1.0/".utf8) + [0]
    /// What a segment holds beside its marker.
    private static let longestSegment = 65_535 - 2

    private let bytes: [UInt8]
    private struct Segment {
        var marker: UInt8
        var whole: Range<Int>
        var content: Range<Int>
    }
    private let segments: [Segment]
    /// Where the first segment after the header begins.
    private let rest: Int

    /// nil: no JPEG, or one whose header does not lead to a picture.
    init?(_ bytes: [UInt8]) {
        guard bytes.count > 4, bytes.starts(with: [0xFF, 0xD8, 0xFF]) else { return nil }
        var segments: [Segment] = []
        var position = 2
        while position + 4 <= bytes.count, bytes[position] == 0xFF, bytes[position + 1] != 0xDA {
            let length = bytes.number(at: position + 2, count: 2)
            guard length >= 2, position + 2 + length <= bytes.count else { return nil }
            segments.append(
                Segment(
                    marker: bytes[position + 1],
                    whole: position..<(position + 2 + length),
                    content: (position + 4)..<(position + 2 + length)
                )
            )
            position += 2 + length
        }
        guard position + 4 <= bytes.count, bytes[position] == 0xFF else { return nil }
        self.bytes = bytes
        self.segments = segments
        rest = position
    }

    /// With an XMP packet after the first segments, which some readers expect to come first; nil where it is too long.
    func adding(_ packet: String) -> [UInt8]? {
        let content = Self.identifier + Array(packet.utf8)
        guard content.count <= Self.longestSegment else { return nil }
        let length = content.count + 2
        let segment = [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + content
        var written: [UInt8] = [0xFF, 0xD8]
        var isWritten = false
        for old in segments where !isXMP(old) {
            // JFIF is APP0, EXIF APP1.
            if !isWritten, old.marker != 0xE0, !isExif(old) {
                written += segment
                isWritten = true
            }
            written += bytes[old.whole]
        }
        if !isWritten { written += segment }
        return written + bytes[rest...]
    }

    var packet: String? {
        segments.first(where: isXMP).map {
            String(decoding: bytes[$0.content].dropFirst(Self.identifier.count), as: UTF8.self)
        }
    }

    /// The EXIF block without its name; nil: there is none.
    var exif: [UInt8]? { segments.first(where: isExif).map { Array(bytes[$0.content].dropFirst(6)) } }

    private func isXMP(_ segment: Segment) -> Bool {
        segment.marker == 0xE1 && bytes[segment.content].starts(with: Self.identifier)
    }

    private func isExif(_ segment: Segment) -> Bool {
        segment.marker == 0xE1 && bytes[segment.content].starts(with: Array("Exif\0\0".utf8))
    }
}
