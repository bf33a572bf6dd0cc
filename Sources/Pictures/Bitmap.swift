import CImageCodecs

/// A decoded picture in memory.
package struct Bitmap: Sendable, Equatable {
    /// In pixels, at least 1.
    package let width: Int
    /// In pixels, at least 1.
    package let height: Int
    /// 8-bit RGBA with unassociated alpha (a colour is not yet darkened by its transparency), rows top to bottom,
    /// without padding: `width` × `height` × 4 bytes.
    package let pixels: [UInt8]

    /// - Precondition: both sides are at least 1 and `pixels` holds exactly `width` × `height` × 4 bytes.
    package init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0, "a bitmap of \(width)×\(height) has no pixels")
        precondition(pixels.count == width * height * 4, "\(pixels.count) bytes are not \(width)×\(height) RGBA")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// Lets `draw` fill the pixels in place; nil when `draw` returns false.
    init?(width: Int, height: Int, draw: (image_codecs_canvas) -> Bool) {
        var drawn = false
        let pixels = [UInt8](unsafeUninitializedCapacity: width * height * 4) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            buffer.initialize(repeating: 0)
            drawn = draw(image_codecs_canvas(pixels: start, width: Int32(width), height: Int32(height)))
            count = buffer.count
        }
        guard drawn, pixels.count == width * height * 4 else { return nil }
        self.init(width: width, height: height, pixels: pixels)
    }

    /// The picture at exactly `width` × `height` pixels; both must be at least 1. Every pixel is the mean of the area
    /// that it covers; transparent pixels add no colour. Enlarging repeats pixels. The mean is that of the stored sRGB
    /// values, as in libwebp and libjpeg.
    package func resized(width: Int, height: Int) -> Bitmap {
        if width == self.width, height == self.height { return self }
        let resized = Bitmap(width: width, height: height) { canvas in
            pixels.withUnsafeBufferPointer {
                image_codecs_resize($0.baseAddress, Int32(self.width), Int32(self.height), canvas)
            }
        }
        guard let resized else { preconditionFailure("no memory for one row of \(width) pixels") }
        return resized
    }

    /// Enlarged to exactly `width` × `height` pixels, neither of them smaller than before; colours change evenly between
    /// the centres of pixels.
    func enlarged(width: Int, height: Int) -> Bitmap {
        if width == self.width, height == self.height { return self }
        let enlarged = Bitmap(width: width, height: height) { canvas in
            pixels.withUnsafeBufferPointer {
                image_codecs_enlarge($0.baseAddress, Int32(self.width), Int32(self.height), canvas)
            }
            return true
        }
        guard let enlarged else { preconditionFailure("a canvas of \(width)×\(height) was not filled") }
        return enlarged
    }

    /// Whether no pixel is transparent.
    var isOpaque: Bool {
        pixels.withUnsafeBufferPointer { image_codecs_is_opaque($0.baseAddress, width * height) }
    }

    /// Three bytes a pixel, mixed with `background` where it is transparent.
    func flattened(over background: (UInt8, UInt8, UInt8)) -> [UInt8] {
        let count = width * height
        let under = [background.0, background.1, background.2]
        return [UInt8](unsafeUninitializedCapacity: count * 3) { target, initialized in
            pixels.withUnsafeBufferPointer { image_codecs_flatten($0.baseAddress, count, under, target.baseAddress) }
            initialized = count * 3
        }
    }
}
