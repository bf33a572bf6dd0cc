import CImageCodecs
import Foundation

/// The frames of an animated WebP, which libwebp lays one over the other.
final class WebPFrames: FilmFrames {
    /// Pixels of the canvas: the decoder holds two of them.
    static let mostPixels = 4 << 20
    static let longestFile = 64 << 20

    private let size: PixelSize
    private let canvas: PixelSize
    /// What the decoder reads from for as long as it lives.
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private let decoder: OpaquePointer
    private var shown: Bitmap?
    /// When the frame that is shown gives way, in seconds.
    private var end = 0.0
    private var start = 0.0

    init(_ source: ByteSource, _ header: PictureHeader, fitting size: PixelSize) throws(PictureError) {
        guard header.duration != nil else { throw .unsupported(.webp) }
        canvas = PixelSize(width: header.width, height: header.height)
        guard canvas.width * canvas.height <= Self.mostPixels else {
            throw .tooLarge(width: canvas.width, height: canvas.height)
        }
        guard source.count <= Self.longestFile, let file = source.bytes(at: 0, count: source.count) else {
            throw .fileTooLong(bytes: source.count)
        }
        bytes = .allocate(capacity: file.count)
        _ = bytes.initialize(from: file)
        self.size = size
        var data = WebPData(bytes: bytes.baseAddress, size: bytes.count)
        var options = WebPAnimDecoderOptions()
        var info = WebPAnimInfo()
        guard WebPAnimDecoderOptionsInit(&options) != 0 else {
            bytes.deallocate()
            throw .damaged(.webp)
        }
        options.color_mode = MODE_RGBA
        guard let decoder = WebPAnimDecoderNew(&data, &options) else {
            bytes.deallocate()
            throw .damaged(.webp)
        }
        guard WebPAnimDecoderGetInfo(decoder, &info) != 0, Int(info.canvas_width) == canvas.width,
            Int(info.canvas_height) == canvas.height
        else {
            WebPAnimDecoderDelete(decoder)
            bytes.deallocate()
            throw .damaged(.webp)
        }
        self.decoder = decoder
    }

    deinit {
        WebPAnimDecoderDelete(decoder)
        bytes.deallocate()
    }

    func frame(at second: Double) throws(PictureError) -> Bitmap? {
        if second < start {
            WebPAnimDecoderReset(decoder)
            (start, end, shown) = (0, 0, nil)
        }
        while second >= end {
            guard WebPAnimDecoderHasMoreFrames(decoder) != 0 else { return nil }
            var pixels: UnsafeMutablePointer<UInt8>?
            var milliseconds: Int32 = 0
            guard WebPAnimDecoderGetNext(decoder, &pixels, &milliseconds) != 0, let pixels else {
                throw .damaged(.webp)
            }
            start = end
            // A frame of no time is passed by.
            end = max(Double(milliseconds) / 1_000, start)
            guard second < end else { continue }
            let frame = Bitmap(width: canvas.width, height: canvas.height) { target in
                memcpy(target.pixels, pixels, canvas.width * canvas.height * 4)
                return true
            }
            shown = frame?.resized(width: size.width, height: size.height)
        }
        return shown
    }
}
