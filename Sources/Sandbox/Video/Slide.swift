/// A picture, cut to the shape of the video and a fifth larger than it, so that a camera can travel over it.
///
/// Immutable after `init`, which makes it safe to read from several threads.
struct Slide: Sendable {
    private let width: Int
    private let height: Int
    /// `0x00RRGGBB`
    private let pixels: [UInt32]

    /// The middle of `picture`, filling the frame.
    init(_ picture: PixelCanvas, width: Int, height: Int) {
        self.width = width * 6 / 5
        self.height = height * 6 / 5
        let scale = min(Double(picture.width) / Double(self.width), Double(picture.height) / Double(self.height))
        let left = (Double(picture.width) - Double(self.width) * scale) / 2
        let top = (Double(picture.height) - Double(self.height) * scale) / 2
        let columns = (0..<self.width).map { min(picture.width - 1, Int(left + (Double($0) + 0.5) * scale)) * 3 }
        let (across, down) = (self.width, self.height)
        pixels = [UInt32](unsafeUninitializedCapacity: across * down) { buffer, count in
            columns.withUnsafeBufferPointer { columns in
                for y in 0..<down {
                    let row = min(picture.height - 1, Int(top + (Double(y) + 0.5) * scale))
                    let source = picture.pixels + row * picture.width * 3
                    var x = 0
                    while x < across {
                        let p = source + columns[x]
                        buffer[y &* across &+ x] = UInt32(p[0]) << 16 | UInt32(p[1]) << 8 | UInt32(p[2])
                        x &+= 1
                    }
                }
            }
            count = across * down
        }
    }

    /// Draws the view at `progress` (0…1, slightly below 0 while fading in) of a zoom that also drifts sideways.
    /// `alpha` 256 replaces what is there.
    func draw(on canvas: PixelCanvas, progress: Double, direction: Int, alpha: Int) {
        let zoom = direction % 2 == 0 ? 1.18 - 0.14 * progress : 1.03 + 0.14 * progress
        let drift = (direction / 2 % 2 == 0 ? progress : 1 - progress) * 0.8 + 0.1
        let stepX = Double(canvas.width) * zoom / Double(canvas.width)
        let left = max(0, (Double(width) - Double(canvas.width) * zoom) * drift)
        let top = max(0, (Double(height) - Double(canvas.height) * zoom) / 2)
        // 8 bits of fraction; the last pixel is left out so that its right and lower neighbours exist.
        let columns = (0..<canvas.width).map { min((width - 1) * 256 - 1, Int((left + Double($0) * stepX) * 256)) }
        pixels.withUnsafeBufferPointer { pixels in
            columns.withUnsafeBufferPointer { columns in
                for y in 0..<canvas.height {
                    let place = min((height - 1) * 256 - 1, Int((top + Double(y) * stepX) * 256))
                    let row = (place >> 8) * width
                    sampleRow(pixels, columns, row, UInt32(place & 255), canvas.pixels + y * canvas.width * 3, alpha)
                }
            }
        }
    }

    /// Bilinear sampling of two packed channels at a time.
    private func sampleRow(
        _ pixels: UnsafeBufferPointer<UInt32>,
        _ columns: UnsafeBufferPointer<Int>,
        _ row: Int,
        _ v: UInt32,
        _ target: UnsafeMutablePointer<UInt8>,
        _ alpha: Int
    ) {
        guard let base = pixels.baseAddress else { return }
        var p = target
        var x = 0
        while x < columns.count {
            let place = columns[x]
            let u = UInt32(truncatingIfNeeded: place & 255)
            let q = base + (row &+ place >> 8)
            let top = mix(q[0], q[1], u)
            let value = mix(top, mix(q[width], q[width &+ 1], u), v)
            let (r, g, b) = (
                Int(truncatingIfNeeded: value >> 16 & 255), Int(truncatingIfNeeded: value >> 8 & 255),
                Int(truncatingIfNeeded: value & 255)
            )
            if alpha == 256 {
                p[0] = UInt8(truncatingIfNeeded: r)
                p[1] = UInt8(truncatingIfNeeded: g)
                p[2] = UInt8(truncatingIfNeeded: b)
            } else {
                p[0] = UInt8(truncatingIfNeeded: Int(p[0]) &+ ((r &- Int(p[0])) &* alpha) >> 8)
                p[1] = UInt8(truncatingIfNeeded: Int(p[1]) &+ ((g &- Int(p[1])) &* alpha) >> 8)
                p[2] = UInt8(truncatingIfNeeded: Int(p[2]) &+ ((b &- Int(p[2])) &* alpha) >> 8)
            }
            p += 3
            x &+= 1
        }
    }

    /// `share` 0…255 of `b`.
    private func mix(_ a: UInt32, _ b: UInt32, _ share: UInt32) -> UInt32 {
        let rest = 256 &- share
        let redBlue = ((a & 0xff00ff) &* rest &+ (b & 0xff00ff) &* share) >> 8 & 0xff00ff
        let green = ((a & 0xff00) &* rest &+ (b & 0xff00) &* share) >> 8 & 0xff00
        return redBlue | green
    }
}
