import CImageCodecs
import Foundation

/// Decodes with libwebp, which scales while it decodes.
enum WebPDecoder {
    /// Nil when the file is damaged. `stored` is the size in its header, `target` the wanted size.
    static func decode(_ data: Data, stored: PixelSize, target: PixelSize) -> Bitmap? {
        let features = data.withUnsafeBytes { bytes in
            var features = WebPBitstreamFeatures()
            let status = WebPGetFeatures(bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, &features)
            return status == VP8_STATUS_OK ? features : nil
        }
        guard let features, Int(features.width) == stored.width, Int(features.height) == stored.height else {
            return nil
        }
        if features.has_animation != 0 {
            return firstFrame(data, canvas: stored)?.resized(width: target.width, height: target.height)
        }
        return data.withUnsafeBytes { decode($0, isScaled: target != stored, target) }
    }

    private static func decode(_ bytes: UnsafeRawBufferPointer, isScaled: Bool, _ target: PixelSize) -> Bitmap? {
        Bitmap(width: target.width, height: target.height) { canvas in
            var config = WebPDecoderConfig()
            guard WebPInitDecoderConfig(&config) != 0 else { return false }
            // Scaling to the same size would change the last bits of the colours of transparent pixels.
            config.options.use_scaling = isScaled ? 1 : 0
            config.options.scaled_width = canvas.width
            config.options.scaled_height = canvas.height
            config.output.colorspace = MODE_RGBA
            config.output.is_external_memory = 1
            config.output.u.RGBA.rgba = canvas.pixels
            config.output.u.RGBA.stride = canvas.width * 4
            config.output.u.RGBA.size = target.width * target.height * 4
            return WebPDecode(bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, &config) == VP8_STATUS_OK
        }
    }

    /// The first frame on a transparent canvas; it may cover only a part of the canvas.
    private static func firstFrame(_ data: Data, canvas size: PixelSize) -> Bitmap? {
        data.withUnsafeBytes { bytes in
            var whole = WebPData(bytes: bytes.bindMemory(to: UInt8.self).baseAddress, size: bytes.count)
            guard let demuxer = WebPDemux(&whole) else { return nil }
            defer { WebPDemuxDelete(demuxer) }
            var iterator = WebPIterator()
            guard WebPDemuxGetFrame(demuxer, 1, &iterator) != 0 else { return nil }
            defer { WebPDemuxReleaseIterator(&iterator) }
            let part = PixelSize(width: Int(iterator.width), height: Int(iterator.height))
            let (left, top) = (Int(iterator.x_offset), Int(iterator.y_offset))
            guard part.width > 0, part.height > 0, left >= 0, top >= 0, left + part.width <= size.width,
                top + part.height <= size.height,
                let frame = decode(
                    UnsafeRawBufferPointer(start: iterator.fragment.bytes, count: iterator.fragment.size),
                    isScaled: false,
                    part
                )
            else { return nil }
            if part == size { return frame }
            return Bitmap(width: size.width, height: size.height) { canvas in
                frame.pixels.withUnsafeBytes { pixels in
                    for row in 0..<part.height {
                        let target = canvas.pixels + ((top + row) * size.width + left) * 4
                        memcpy(target, pixels.baseAddress! + row * part.width * 4, part.width * 4)
                    }
                }
                return true
            }
        }
    }
}
