extension PictureHeader {
    /// Reads the first chunk: `VP8 ` (lossy), `VP8L` (lossless) or `VP8X` (either of them, with extensions).
    static func webp(_ source: ByteSource) -> PictureHeader? {
        switch source.code(at: 12) {
        case "VP8 ":
            guard source.bytes(at: 23, count: 3) == [0x9D, 0x01, 0x2A],
                let width = source.littleEndian(at: 26, bytes: 2), let height = source.littleEndian(at: 28, bytes: 2)
            else { return nil }
            // The two upper bits are a scale for display, which no program uses.
            return PictureHeader(format: .webp, width: width & 0x3FFF, height: height & 0x3FFF)
        case "VP8L":
            guard source.number(at: 20, bytes: 1) == 0x2F, let bits = source.littleEndian(at: 21, bytes: 4)
            else { return nil }
            return PictureHeader(format: .webp, width: bits & 0x3FFF + 1, height: bits >> 14 & 0x3FFF + 1)
        case "VP8X":
            guard let flags = source.number(at: 20, bytes: 1), let width = source.littleEndian(at: 24, bytes: 3),
                let height = source.littleEndian(at: 27, bytes: 3)
            else { return nil }
            let isAnimated = flags & 0x02 != 0
            let animation = isAnimated ? animation(source) : nil
            return PictureHeader(
                format: .webp,
                width: width + 1,
                height: height + 1,
                duration: animation?.duration,
                framesPerSecond: animation.map { Double($0.frames) / $0.duration }
            )
        default:
            return nil
        }
    }

    /// How many frames there are, and the sum of their durations in seconds; nil when there is none.
    private static func animation(_ source: ByteSource) -> (frames: Int, duration: Double)? {
        var milliseconds = 0
        var frames = 0
        var offset = 12
        // Ten thousand chunks are several minutes of animation; more are not read.
        for _ in 0..<10_000 {
            guard let name = source.code(at: offset), let length = source.littleEndian(at: offset + 4, bytes: 4)
            else { break }
            if name == "ANMF" {
                milliseconds += source.littleEndian(at: offset + 20, bytes: 3) ?? 0
                frames += 1
            }
            // Chunks are padded to an even length.
            offset += 8 + length + length % 2
        }
        return milliseconds > 0 ? (frames, Double(milliseconds) / 1000) : nil
    }
}
