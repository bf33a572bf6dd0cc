package import Foundation

/// Reads what the first bytes of a picture or video say of it.
package enum PictureHeaderReader {
    /// Reads the header from the bytes of a file. Nil when they are not a known picture or video, end before the size,
    /// or contain none (SVG).
    package static func read(_ data: Data) -> PictureHeader? {
        read(ByteSource(data))
    }

    /// The same for a file. Blocks for a few reads, wherever in the file the size is.
    ///
    /// - Throws: `PictureError.unreadable`.
    package static func read(contentsOf url: URL) throws(PictureError) -> PictureHeader? {
        read(try ByteSource(contentsOf: url))
    }

    static func read(_ source: ByteSource) -> PictureHeader? {
        let header: PictureHeader? =
            switch PictureFormat.detect(source.prefix(PictureFormat.headLength)) {
            case .png: PictureHeader.png(source)
            case .jpeg: PictureHeader.jpeg(source)
            case .webp: PictureHeader.webp(source)
            case .gif: PictureHeader.gif(source)
            case .mp4: MP4Movie(source)?.header
            case .webm: WebMHeader.read(source)
            case .svg, .unknown: nil
            }
        guard let header, header.width > 0, header.height > 0 else { return nil }
        return header
    }
}
