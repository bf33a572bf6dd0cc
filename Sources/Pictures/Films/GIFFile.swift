/// A GIF as its blocks: where each picture lies, and how it is shown. After the GIF89a specification.
struct GIFFile {
    struct Frame {
        var left: Int
        var top: Int
        var width: Int
        var height: Int
        var isInterlaced: Bool
        /// Three bytes a colour.
        var palette: Range<Int>
        /// nil: every colour covers.
        var transparent: Int?
        /// Seconds until the next.
        var duration: Double
        var disposal: Disposal
        /// Where the size of its codes stands, and the blocks of them after it.
        var codes: Int
    }

    /// What becomes of a frame before the next is drawn.
    enum Disposal {
        case keep
        /// Its place becomes transparent.
        case clear
        /// What was there before comes back.
        case restore
    }

    /// Ten minutes at sixteen frames a second.
    private static let mostFrames = 10_000
    private static let mostBlocks = 1 << 20

    let width: Int
    let height: Int
    private(set) var frames: [Frame] = []

    /// Seconds of all frames together.
    var duration: Double { frames.reduce(0) { $0 + $1.duration } }

    /// Reads the blocks up to the first that does not fit. nil: no GIF, or one without a size.
    init?(_ source: ByteSource) {
        guard source.bytes(at: 0, count: 4) == Array("GIF8".utf8), let width = source.littleEndian(at: 6, bytes: 2),
            let height = source.littleEndian(at: 8, bytes: 2), width > 0, height > 0
        else { return nil }
        // The beginning of a file has its size.
        let flags = source.number(at: 10, bytes: 1) ?? 0
        self.width = width
        self.height = height
        var position = 13
        let common = Self.palette(flags, at: &position)
        var control = Control()
        for _ in 0..<Self.mostBlocks {
            guard frames.count < Self.mostFrames, let mark = source.number(at: position, bytes: 1) else { return }
            switch mark {
            case 0x21:
                if source.number(at: position + 1, bytes: 1) == 0xF9 { control = Control(source, at: position + 3) }
                guard let next = Self.skip(source, from: position + 2) else { return }
                position = next
            case 0x2C:
                guard let frame = frame(source, &position, control, common) else { return }
                frames.append(frame)
                control = Control()
            default: return
            }
        }
    }

    /// How the next picture is shown.
    private struct Control {
        var disposal = Disposal.keep
        var duration = 0.1
        var transparent: Int?

        init() {}

        init(_ source: ByteSource, at position: Int) {
            guard let flags = source.number(at: position, bytes: 1),
                let hundredths = source.littleEndian(at: position + 1, bytes: 2),
                let color = source.number(at: position + 3, bytes: 1)
            else { return }
            disposal =
                switch flags >> 2 & 7 {
                case 2: .clear
                case 3: .restore
                default: .keep
                }
            // Less than two hundredths are shown as a tenth, as browsers do.
            duration = hundredths < 2 ? 0.1 : Double(hundredths) / 100
            transparent = flags & 1 == 1 ? color : nil
        }
    }

    private func frame(
        _ source: ByteSource,
        _ position: inout Int,
        _ control: Control,
        _ common: Range<Int>
    ) -> Frame? {
        guard let left = source.littleEndian(at: position + 1, bytes: 2),
            let top = source.littleEndian(at: position + 3, bytes: 2),
            let width = source.littleEndian(at: position + 5, bytes: 2),
            let height = source.littleEndian(at: position + 7, bytes: 2),
            let flags = source.number(at: position + 9, bytes: 1)
        else { return nil }
        var place = position + 10
        let own = Self.palette(flags, at: &place)
        guard let end = Self.skip(source, from: place + 1) else { return nil }
        position = end
        return Frame(
            left: left,
            top: top,
            width: width,
            height: height,
            isInterlaced: flags & 0x40 != 0,
            palette: own.isEmpty ? common : own,
            transparent: control.transparent,
            duration: control.duration,
            disposal: control.disposal,
            codes: place
        )
    }

    private static func palette(_ flags: Int, at position: inout Int) -> Range<Int> {
        guard flags & 0x80 != 0 else { return position..<position }
        let palette = position..<(position + 3 * (2 << (flags & 7)))
        position = palette.upperBound
        return palette
    }

    /// The place after a row of sub-blocks; nil: the file ends before.
    private static func skip(_ source: ByteSource, from position: Int) -> Int? {
        var position = position
        while let length = source.number(at: position, bytes: 1) {
            position += 1 + length
            if length == 0 { return position }
        }
        return nil
    }
}

extension PictureHeader {
    static func gif(_ source: ByteSource) -> PictureHeader? {
        guard let file = GIFFile(source) else { return nil }
        let duration = file.duration
        let isMoving = file.frames.count > 1
        return PictureHeader(
            format: .gif,
            width: file.width,
            height: file.height,
            duration: isMoving ? duration : nil,
            framesPerSecond: isMoving ? Double(file.frames.count) / duration : nil
        )
    }
}
