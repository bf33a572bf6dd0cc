package import Foundation

/// What a picture or video says about itself, read without decoding it.
package struct PictureHeader: Sendable, Equatable {
    package let format: PictureFormat
    /// In pixels as shown, that is after the turn an EXIF orientation or a video's display matrix asks for; at least 1.
    package let width: Int
    package let height: Int
    /// In seconds: of a video or an animated WebP. Nil for a still picture, and where the file does not say.
    package let duration: Double?

    /// How the stored pixels are to be turned before they are shown.
    let orientation: Orientation

    package init(format: PictureFormat, width: Int, height: Int, duration: Double? = nil) {
        self.init(format: format, size: PixelSize(width: width, height: height), duration: duration)
    }

    /// `size` is as stored.
    init(format: PictureFormat, size: PixelSize, duration: Double? = nil, orientation: Orientation = .upright) {
        let shown = orientation.isTransposed ? size.transposed : size
        self.format = format
        self.width = shown.width
        self.height = shown.height
        self.duration = duration
        self.orientation = orientation
    }

    /// Nil when the bytes are no known picture or video, break off before the size, or carry none (an SVG).
    package static func read(_ data: Data) -> PictureHeader? {
        read(ByteSource(data))
    }

    /// The same for a file. Blocks for a few reads, wherever in the file the size lies.
    ///
    /// - Throws: `PictureError.unreadable`.
    package static func read(contentsOf url: URL) throws(PictureError) -> PictureHeader? {
        read(try ByteSource(contentsOf: url))
    }

    static func read(_ source: ByteSource) -> PictureHeader? {
        let header: PictureHeader? =
            switch PictureFormat.detect(source.prefix(PictureFormat.headLength)) {
            case .png: png(source)
            case .jpeg: jpeg(source)
            case .webp: webp(source)
            case .gif: gif(source)
            case .mp4: MP4Movie(source)?.header
            case .webm: WebMHeader.read(source)
            case .svg, .unknown: nil
            }
        guard let header, header.width > 0, header.height > 0 else { return nil }
        return header
    }

    private static func png(_ source: ByteSource) -> PictureHeader? {
        guard source.code(at: 12) == "IHDR", let width = source.number(at: 16, bytes: 4),
            let height = source.number(at: 20, bytes: 4)
        else { return nil }
        return PictureHeader(format: .png, width: width, height: height)
    }

    private static func gif(_ source: ByteSource) -> PictureHeader? {
        guard let width = source.littleEndian(at: 6, bytes: 2), let height = source.littleEndian(at: 8, bytes: 2)
        else { return nil }
        return PictureHeader(format: .gif, width: width, height: height)
    }
}
