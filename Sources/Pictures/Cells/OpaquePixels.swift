import Pixels

/// A picture mixed with a background, as numbers that dithering may move outside of 0…255.
struct OpaquePixels {
    let size: PixelSize
    /// Red, green, blue of each pixel.
    private(set) var values: [Int16]
    /// For each pixel whether it was fully transparent.
    let isTransparent: [Bool]

    init(_ bitmap: Bitmap, over background: (UInt8, UInt8, UInt8)) {
        let count = bitmap.width * bitmap.height
        let under = [Int(background.0), Int(background.1), Int(background.2)]
        size = PixelSize(width: bitmap.width, height: bitmap.height)
        isTransparent = (0..<count).map { bitmap.pixels[$0 * 4 + 3] == 0 }
        values = [Int16](unsafeUninitializedCapacity: count * 3) { values, initialized in
            bitmap.pixels.withUnsafeBufferPointer { pixels in
                for pixel in 0..<count {
                    let alpha = Int(pixels[pixel * 4 + 3])
                    for channel in 0..<3 {
                        let over = Int(pixels[pixel * 4 + channel])
                        let mixed = (over * alpha + under[channel] * (255 - alpha) + 127) / 255
                        values.initializeElement(at: pixel * 3 + channel, to: Int16(mixed))
                    }
                }
            }
            initialized = count * 3
        }
    }

    var directColors: [PixelColor] {
        stride(from: 0, to: values.count, by: 3).map { (start: Int) -> PixelColor in
            .rgb(UInt8(values[start]), UInt8(values[start + 1]), UInt8(values[start + 2]))
        }
    }

    /// Brightness of the pixel, 0 to 255; nil below the last row.
    func luma(column: Int, row: Int) -> Int? {
        guard row < size.height else { return nil }
        let start = (row * size.width + column) * 3
        return Self.luma((UInt8(values[start]), UInt8(values[start + 1]), UInt8(values[start + 2])))
    }

    /// Perceived brightness, 0 to 255 (BT.601 weights).
    static func luma(_ color: (UInt8, UInt8, UInt8)) -> Int {
        (Int(color.0) * 299 + Int(color.1) * 587 + Int(color.2) * 114) / 1000
    }

    /// Replaces every pixel by a palette entry, and adds the error to the neighbours that come later, in the shares of
    /// Floyd and Steinberg (7, 3, 5 and 1 sixteenth). Every other row goes from right to left, so that no diagonal
    /// pattern is visible. Afterwards the values are no longer a picture.
    mutating func dither(_ nearest: (Int, Int, Int) -> PaletteMatch) -> [UInt8] {
        let (width, height) = (size.width, size.height)
        // A colour outside of the palette's hull would add up errors without a limit. Limits of exactly 0 and 255 would
        // lose errors that the hull can still balance.
        func bounded(_ value: Int16) -> Int { min(max(Int(value), -96), 351) }
        return [UInt8](unsafeUninitializedCapacity: width * height) { indices, initialized in
            values.withUnsafeMutableBufferPointer { values in
                for y in 0..<height {
                    let forward = y % 2 == 0 ? 1 : -1
                    for step in 0..<width {
                        let x = forward > 0 ? step : width - 1 - step
                        let pixel = y * width + x
                        let red = bounded(values[pixel * 3])
                        let green = bounded(values[pixel * 3 + 1])
                        let blue = bounded(values[pixel * 3 + 2])
                        let match = nearest(red, green, blue)
                        indices.initializeElement(at: pixel, to: match.index)
                        let errors = (red - match.red, green - match.green, blue - match.blue)
                        if errors == (0, 0, 0) { continue }
                        func spread(_ sixteenths: Int, _ dx: Int, _ dy: Int) {
                            guard (0..<width).contains(x + dx), y + dy < height else { return }
                            let at = (pixel + dy * width + dx) * 3
                            values[at] += Int16(errors.0 * sixteenths / 16)
                            values[at + 1] += Int16(errors.1 * sixteenths / 16)
                            values[at + 2] += Int16(errors.2 * sixteenths / 16)
                        }
                        spread(7, forward, 0)
                        spread(3, -forward, 1)
                        spread(5, 0, 1)
                        spread(1, forward, 1)
                    }
                }
            }
            initialized = width * height
        }
    }
}
