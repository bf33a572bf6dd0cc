import CImageCodecs
package import Foundation

/// Decodes WebP, PNG, JPEG and GIF to pixels. All methods block; call them off the main thread.
package enum PictureDecoder {
    /// The longest side that is decoded, in pixels. libwebp's own limit is 16383.
    package static let longestSide = 16384
    /// The most pixels that are decoded, 64 × 2²⁰: 256 MiB when decoded in full. Decoding never allocates more for
    /// pixels at once.
    package static let mostPixels = 64 << 20
    /// The longest file that is decoded, in bytes.
    package static let longestFile = 256 << 20

    /// Decodes a picture.
    ///
    /// With `fitting` the result is the largest that keeps the proportions and lies within that many pixels. It is
    /// scaled while it is decoded, which is many times faster and holds a few rows instead of the whole picture. A
    /// smaller picture is not enlarged. An EXIF orientation in a JPEG is applied. Of an animated WebP or GIF the first
    /// frame is decoded.
    ///
    /// - Throws: `notAPicture`, `unsupported` (SVG, video), `damaged` (also when the file is cut off), `tooLarge`,
    ///   `fileTooLong`.
    package static func decode(_ data: Data, fitting: (width: Int, height: Int)? = nil) throws(PictureError) -> Bitmap {
        let source = ByteSource(data)
        return try decode(data, source, try header(of: source), fitting: fitting)
    }

    /// What the header says; throws where it says already that the picture cannot be decoded.
    private static func header(of source: ByteSource) throws(PictureError) -> PictureHeader {
        guard source.count <= longestFile else { throw .fileTooLong(bytes: source.count) }
        let format = PictureFormat.detect(source.prefix(PictureFormat.headLength))
        guard format != .unknown else { throw .notAPicture }
        guard [.webp, .png, .jpeg, .gif].contains(format) else { throw .unsupported(format) }
        guard let header = PictureHeaderReader.read(source) else { throw .damaged(format) }
        guard header.width <= longestSide, header.height <= longestSide, header.width * header.height <= mostPixels
        else { throw .tooLarge(width: header.width, height: header.height) }
        // Of a large one that is cut off, all that is there would be decoded for nothing.
        if format == .png, !PictureHeader.isWholePNG(source) { throw .damaged(format) }
        return header
    }

    private static func decode(
        _ data: Data,
        _ source: ByteSource,
        _ header: PictureHeader,
        fitting: (width: Int, height: Int)?
    ) throws(PictureError) -> Bitmap {
        let format = header.format
        let shown = PixelSize(width: header.width, height: header.height)
        let fitted = fitting.map { shown.fitted(in: PixelSize(width: $0.width, height: $0.height)) } ?? shown
        let isTransposed = header.orientation.isTransposed
        let stored = isTransposed ? shown.transposed : shown
        let target = isTransposed ? fitted.transposed : fitted
        let bitmap =
            switch format {
            case .gif: try GIFFrames(source, header, fitting: target).frame(at: 0)
            case .webp: WebPDecoder.decode(data, stored: stored, target: target)
            case .png: Bitmap(data, stored: stored, target: target, decode: image_codecs_decode_png)
            default: Bitmap(data, stored: stored, target: target, decode: image_codecs_decode_jpeg)
            }
        guard let bitmap else { throw .damaged(format) }
        return bitmap.turned(header.orientation)
    }

    /// The same for a file. Its header is read first, and where that is enough to refuse it, nothing else is.
    ///
    /// - Throws: also `unreadable`.
    package static func decode(
        contentsOf url: URL,
        fitting: (width: Int, height: Int)? = nil
    ) throws(PictureError) -> Bitmap {
        let source = try ByteSource(contentsOf: url)
        let header = try header(of: source)
        // The file is not mapped: a mapped file that becomes shorter ends the process.
        guard let data = source.all() else { throw .unreadable(reason: "it changed while it was read") }
        return try decode(data, ByteSource(data), header, fitting: fitting)
    }
}

extension Bitmap {
    /// Runs one of the C decoders.
    fileprivate init?(
        _ data: Data,
        stored: PixelSize,
        target: PixelSize,
        decode: (UnsafePointer<UInt8>?, Int, Int32, Int32, image_codecs_canvas) -> Bool
    ) {
        self.init(width: target.width, height: target.height) { canvas in
            data.withUnsafeBytes { bytes in
                let start = bytes.bindMemory(to: UInt8.self).baseAddress
                return decode(start, bytes.count, Int32(stored.width), Int32(stored.height), canvas)
            }
        }
    }
}
