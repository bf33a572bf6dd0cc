/// Format, size and duration of a picture or video, read without decoding it.
package struct PictureHeader: Sendable, Equatable {
    /// The format, found by the first bytes.
    package let format: PictureFormat
    /// Width in pixels as shown, after the orientation of EXIF or of a video's display matrix; at least 1 when it was
    /// read from a file.
    package let width: Int
    /// Height in pixels as shown; at least 1 when it was read from a file.
    package let height: Int
    /// Duration of a video, an animated WebP or an animated GIF in seconds. Nil for a still picture, and where the file does not say.
    package let duration: Double?
    /// Frames a second of a video or an animation, on average, at most 1,000; nil as for ``duration``.
    package let framesPerSecond: Double?

    /// Seconds of a year, and frames a second that nothing records.
    private static let longest = 31_536_000.0
    private static let mostFrames = 1_000.0

    /// How the stored pixels are turned before they are shown.
    let orientation: Orientation

    /// A header of these parts, upright.
    package init(
        format: PictureFormat,
        width: Int,
        height: Int,
        duration: Double? = nil,
        framesPerSecond: Double? = nil
    ) {
        self.init(
            format: format,
            size: PixelSize(width: width, height: height),
            duration: duration,
            framesPerSecond: framesPerSecond
        )
    }

    /// - Parameter size: the stored size, before the orientation is applied.
    init(
        format: PictureFormat,
        size: PixelSize,
        duration: Double? = nil,
        framesPerSecond: Double? = nil,
        orientation: Orientation = .upright
    ) {
        let shown = orientation.isTransposed ? size.transposed : size
        self.format = format
        self.width = shown.width
        self.height = shown.height
        // A file can say anything; what no film has is not known.
        self.duration = duration.flatMap { (0...Self.longest).contains($0) ? $0 : nil }
        self.framesPerSecond = framesPerSecond.flatMap { (0...Self.mostFrames).contains($0) ? $0 : nil }
        self.orientation = orientation
    }

    static func png(_ source: ByteSource) -> PictureHeader? {
        guard source.code(at: 12) == "IHDR", let width = source.number(at: 16, bytes: 4),
            let height = source.number(at: 20, bytes: 4)
        else { return nil }
        return PictureHeader(format: .png, width: width, height: height)
    }

    /// Whether the chunks of a PNG go on to its end; what follows on that does not matter. Reads their lengths only.
    static func isWholePNG(_ source: ByteSource) -> Bool {
        var offset = 8
        // As many chunks as 256 MB can have that were not made to annoy.
        for _ in 0..<(1 << 18) {
            guard let length = source.number(at: offset, bytes: 4), let name = source.code(at: offset + 4) else {
                return false
            }
            offset += 12 + length
            if name == "IEND" { return true }
        }
        return false
    }
}
