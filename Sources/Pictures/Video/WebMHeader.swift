/// Reads size and duration of a WebM from the elements `Info` and `Tracks` before its first cluster. Element ids after
/// the Matroska specification (RFC 9559).
enum WebMHeader {
    private enum ID {
        static let segment = 0x1853_8067
        static let info = 0x1549_A966
        static let timestampScale = 0x2AD7B1
        static let duration = 0x4489
        static let tracks = 0x1654_AE6B
        static let track = 0xAE
        static let video = 0xE0
        static let pixelWidth = 0xB0
        static let pixelHeight = 0xBA
        static let cluster = 0x1F43_B675
    }

    /// Nil without a video track.
    static func read(_ source: ByteSource) -> PictureHeader? {
        let file = Element(id: 0, content: 0..<source.count)
        guard let segment = file.children(in: source).first(where: { $0.id == ID.segment }) else { return nil }
        var size: PixelSize?
        var duration: Double?
        for element in segment.children(in: source) {
            switch element.id {
            case ID.info: duration = seconds(element, source)
            case ID.tracks: size = pixels(element, source)
            default: break
            }
        }
        return size.map { PictureHeader(format: .webm, width: $0.width, height: $0.height, duration: duration) }
    }

    /// Whether it names any track at all.
    static func hasTracks(_ source: ByteSource) -> Bool {
        let file = Element(id: 0, content: 0..<source.count)
        return file.children(in: source).first { $0.id == ID.segment }?.children(in: source)
            .contains { $0.id == ID.tracks } ?? false
    }

    private static func pixels(_ tracks: Element, _ source: ByteSource) -> PixelSize? {
        for track in tracks.children(in: source) where track.id == ID.track {
            guard let video = track.children(in: source).first(where: { $0.id == ID.video }) else { continue }
            let fields = video.children(in: source)
            let width = fields.first { $0.id == ID.pixelWidth }?.number(in: source)
            let height = fields.first { $0.id == ID.pixelHeight }?.number(in: source)
            if let width, let height { return PixelSize(width: width, height: height) }
        }
        return nil
    }

    private static func seconds(_ info: Element, _ source: ByteSource) -> Double? {
        let fields = info.children(in: source)
        let scale = fields.first { $0.id == ID.timestampScale }?.number(in: source) ?? 1_000_000
        guard let ticks = fields.first(where: { $0.id == ID.duration })?.float(in: source), ticks.isFinite, ticks > 0
        else { return nil }
        return ticks * Double(scale) / 1_000_000_000
    }

    private struct Element {
        let id: Int
        let content: Range<Int>

        /// The elements inside, up to the first that does not fit or the first cluster.
        func children(in source: ByteSource) -> [Element] {
            var elements: [Element] = []
            var position = content.lowerBound
            while elements.count < 1024,
                let (id, idLength) = Element.variable(at: position, keepingMarker: true, source),
                let (length, lengthLength) = Element.variable(at: position + idLength, keepingMarker: false, source)
            {
                let start = position + idLength + lengthLength
                guard id != ID.cluster, start <= content.upperBound else { break }
                // All bits set: the length was not known when the file was written, as in a live stream.
                let isUnknown = length == 1 << (7 * lengthLength) - 1
                guard isUnknown || length <= content.upperBound - start else { break }
                let end = isUnknown ? content.upperBound : start + length
                elements.append(Element(id: id, content: start..<end))
                position = end
            }
            return elements
        }

        func number(in source: ByteSource) -> Int? {
            guard (1...8).contains(content.count) else { return nil }
            // Real values are smaller; a larger one would overflow later sums.
            return source.number(at: content.lowerBound, bytes: content.count).flatMap { $0 < 1 << 31 ? $0 : nil }
        }

        func float(in source: ByteSource) -> Double? {
            guard let bytes = source.bytes(at: content.lowerBound, count: min(content.count, 8)) else { return nil }
            let bits = bytes.reduce(into: UInt64(0)) { $0 = $0 << 8 | UInt64($1) }
            return switch content.count {
            case 4: Double(Float(bitPattern: UInt32(bits)))
            case 8: Double(bitPattern: bits)
            default: nil
            }
        }

        /// A number of 1 to 8 bytes. Its first set bit gives the number of bytes; an id keeps that bit.
        private static func variable(
            at offset: Int,
            keepingMarker: Bool,
            _ source: ByteSource
        ) -> (value: Int, length: Int)? {
            guard let first = source.number(at: offset, bytes: 1), first > 0 else { return nil }
            let length = UInt8(first).leadingZeroBitCount + 1
            guard let whole = source.number(at: offset, bytes: length) else { return nil }
            return (keepingMarker ? whole : whole & (1 << (7 * length) - 1), length)
        }
    }
}
