import CImageCodecs
import Foundation

/// The file types pictures come in.
enum PictureFormat: String, Sendable {
    case webp, jpg, png

    init?(name: String) { self.init(rawValue: name == "jpeg" ? "jpg" : name) }

    var contentType: String { self == .jpg ? "image/jpeg" : "image/\(rawValue)" }
}

extension PixelCanvas {
    /// `quality` 0…100, which PNG ignores. nil when the codec refuses.
    func encoded(_ format: PictureFormat, quality: Int) -> Data? {
        var buffer: UnsafeMutablePointer<UInt8>?
        var size = 0
        switch format {
        case .webp:
            size = WebPEncodeRGB(pixels, Int32(width), Int32(height), Int32(width * 3), Float(quality), &buffer)
            defer { WebPFree(buffer) }
            return buffer.flatMap { size > 0 ? Data(bytes: $0, count: size) : nil }
        case .jpg:
            guard image_codecs_encode_jpeg(pixels, Int32(width), Int32(height), Int32(quality), &buffer, &size) else {
                return nil
            }
        case .png:
            guard image_codecs_encode_png(pixels, Int32(width), Int32(height), &buffer, &size) else { return nil }
        }
        defer { image_codecs_free(buffer) }
        return buffer.map { Data(bytes: $0, count: size) }
    }

    /// Reads WebP, JPEG or PNG, told apart by their first bytes. nil when `data` is none of them or larger than
    /// 8,192 pixels on a side.
    static func decoded(_ data: Data) -> PixelCanvas? {
        data.withUnsafeBytes { bytes -> PixelCanvas? in
            guard let base = bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count > 12 else { return nil }
            if data.starts(with: Data("RIFF".utf8)) { return webp(base, bytes.count) }
            let isPNG = data.starts(with: [0x89, 0x50, 0x4e, 0x47])
            guard isPNG || data.starts(with: [0xff, 0xd8]) else { return nil }
            var (width, height) = (Int32(0), Int32(0))
            guard image_codecs_measure(base, bytes.count, &width, &height), width <= 8192, height <= 8192
            else { return nil }
            let rgba = UnsafeMutablePointer<UInt8>.allocate(capacity: Int(width) * Int(height) * 4)
            defer { rgba.deallocate() }
            let target = image_codecs_canvas(pixels: rgba, width: width, height: height)
            let isDecoded =
                isPNG
                ? image_codecs_decode_png(base, bytes.count, width, height, target)
                : image_codecs_decode_jpeg(base, bytes.count, width, height, target)
            guard isDecoded else { return nil }
            let canvas = PixelCanvas(width: Int(width), height: Int(height))
            canvas.copy(rgba: rgba)
            return canvas
        }
    }

    private static func webp(_ base: UnsafePointer<UInt8>, _ count: Int) -> PixelCanvas? {
        var (width, height) = (Int32(0), Int32(0))
        guard WebPGetInfo(base, count, &width, &height) != 0, width <= 8192, height <= 8192 else { return nil }
        let canvas = PixelCanvas(width: Int(width), height: Int(height))
        guard WebPDecodeRGBInto(base, count, canvas.pixels, canvas.count, width * 3) != nil else { return nil }
        return canvas
    }

    private func copy(rgba: UnsafePointer<UInt8>) {
        var (from, to) = (rgba, pixels)
        let end = pixels + count
        while to < end {
            to[0] = from[0]
            to[1] = from[1]
            to[2] = from[2]
            to += 3
            from += 4
        }
    }
}
