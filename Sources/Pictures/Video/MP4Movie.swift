/// The parts of an MP4 or QuickTime file that give its size, its duration and the place of its first frame.
///
/// A box has a length, a four-character code and content; boxes nest. Only the few paths that are needed are followed,
/// so the depth is fixed, and every length is checked against the box around it. Layout after ISO/IEC 14496-12.
struct MP4Movie {
    /// The place of the first sample of a track in the file, in bytes.
    struct Sample: Equatable {
        var offset: Int
        var count: Int
    }

    /// Nil when there is no video track that has a size.
    private(set) var header: PictureHeader?
    /// The first sample of each video track, whatever its codec.
    private(set) var firstSamples: [Sample] = []

    /// Nil without a `moov` box.
    init?(_ source: ByteSource) {
        let file = MP4Box(source: source, name: "file", content: 0..<source.count)
        guard let movie = file.first("moov") else { return nil }
        for track in movie.children("trak") {
            guard let media = track.first("mdia"), media.first("hdlr")?.code(8) == "vide" else { continue }
            if header == nil, let size = Self.shownSize(of: track, media) {
                let duration = Self.duration(of: movie, media)
                header = PictureHeader(
                    format: .mp4,
                    width: size.width,
                    height: size.height,
                    duration: duration,
                    framesPerSecond: duration.flatMap { Self.framesPerSecond(of: media, duration: $0) }
                )
            }
            if let sample = Self.firstSample(of: media, fileLength: source.count) { firstSamples.append(sample) }
        }
    }

    /// nil for a fragmented film, whose frames are counted elsewhere.
    private static func framesPerSecond(of media: MP4Box, duration: Double) -> Double? {
        guard let sizes = media.first("minf")?.first("stbl")?.first("stsz"), let count = sizes.number(8, bytes: 4),
            count > 1
        else { return nil }
        return Double(count) / duration
    }

    /// The size in the track's header, in 16.16 fixed point; if that is missing, the codec's size.
    private static func shownSize(of track: MP4Box, _ media: MP4Box) -> PixelSize? {
        if let box = track.first("tkhd"), let version = box.number(0, bytes: 1) {
            let matrix = version == 1 ? 52 : 40
            if let width = box.number(matrix + 36, bytes: 4), let height = box.number(matrix + 40, bytes: 4),
                width >> 16 > 0, height >> 16 > 0
            {
                let size = PixelSize(width: width >> 16, height: height >> 16)
                // In a quarter turn the display matrix has 0 for x in x and for y in y.
                let isTurned = box.number(matrix, bytes: 4) == 0 && box.number(matrix + 16, bytes: 4) == 0
                return isTurned ? size.transposed : size
            }
        }
        guard let entry = media.first("minf")?.first("stbl")?.first("stsd")?.children(after: 8).first,
            let width = entry.number(24, bytes: 2), let height = entry.number(26, bytes: 2), width > 0, height > 0
        else { return nil }
        return PixelSize(width: width, height: height)
    }

    /// Duration of the whole movie in seconds. A fragmented file has it in `mehd`, some others only in the track.
    private static func duration(of movie: MP4Box, _ media: MP4Box) -> Double? {
        let header = movie.first("mvhd")
        let scale = header.flatMap { $0.number(versioned: (12, 20), bytes: (4, 4)) }
        let whole = header.flatMap { $0.number(versioned: (16, 24), bytes: (4, 8)) }
        if let seconds = seconds(whole, scale: scale) { return seconds }
        let fragments = movie.first("mvex")?.first("mehd").flatMap { $0.number(versioned: (4, 4), bytes: (4, 8)) }
        if let seconds = seconds(fragments, scale: scale) { return seconds }
        let track = media.first("mdhd")
        return seconds(
            track.flatMap { $0.number(versioned: (16, 24), bytes: (4, 8)) },
            scale: track.flatMap { $0.number(versioned: (12, 20), bytes: (4, 4)) }
        )
    }

    /// Nil for zero and for the all-ones value, both of which mean "not known".
    private static func seconds(_ ticks: Int?, scale: Int?) -> Double? {
        guard let ticks, let scale, ticks > 0, ticks != 0xFFFF_FFFF, scale > 0 else { return nil }
        return Double(ticks) / Double(scale)
    }

    /// The first sample is at the start of the first chunk.
    private static func firstSample(of media: MP4Box, fileLength: Int) -> Sample? {
        guard let table = media.first("minf")?.first("stbl"), let sizes = table.first("stsz"),
            let uniform = sizes.number(4, bytes: 4),
            let count = uniform > 0 ? uniform : sizes.number(12, bytes: 4),
            let offset = table.first("stco")?.number(8, bytes: 4) ?? table.first("co64")?.number(8, bytes: 8),
            count > 0, offset < fileLength, count <= fileLength - offset
        else { return nil }
        return Sample(offset: offset, count: count)
    }
}

/// One box and the file it lies in.
struct MP4Box {
    let source: ByteSource
    let name: String
    /// Without the length and the name.
    let content: Range<Int>

    /// A movie has dozens of boxes in one box; a hostile file may have millions.
    private static let mostChildren = 4096

    func first(_ name: String) -> MP4Box? { children(after: 0).first { $0.name == name } }

    func children(_ name: String) -> [MP4Box] { children(after: 0).filter { $0.name == name } }

    /// The boxes in this box, from `offset` in its content on, up to the first that does not fit.
    func children(after offset: Int) -> [MP4Box] {
        var boxes: [MP4Box] = []
        var position = content.lowerBound + offset
        while boxes.count < Self.mostChildren, position <= content.upperBound - 8,
            let short = source.number(at: position, bytes: 4), let name = source.code(at: position + 4)
        {
            var headLength = 8
            var length = short
            switch short {
            case 0:
                // The box goes to the end of the box around it.
                length = content.upperBound - position
            case 1:
                guard let long = source.number(at: position + 8, bytes: 8) else { return boxes }
                headLength = 16
                length = long
            default:
                break
            }
            guard length >= headLength, length <= content.upperBound - position else { return boxes }
            boxes.append(MP4Box(source: source, name: name, content: position + headLength..<position + length))
            position += length
        }
        return boxes
    }

    /// A big-endian number at `offset` in the content; nil when it is not completely inside.
    func number(_ offset: Int, bytes width: Int) -> Int? {
        guard content.count >= width, offset <= content.count - width else { return nil }
        return source.number(at: content.lowerBound + offset, bytes: width)
    }

    /// A number that has another place and width in version 1 of a box.
    func number(versioned offsets: (Int, Int), bytes widths: (Int, Int)) -> Int? {
        number(0, bytes: 1) == 1 ? number(offsets.1, bytes: widths.1) : number(offsets.0, bytes: widths.0)
    }

    func code(_ offset: Int) -> String? {
        guard content.count >= 4, offset <= content.count - 4 else { return nil }
        return source.code(at: content.lowerBound + offset)
    }
}
