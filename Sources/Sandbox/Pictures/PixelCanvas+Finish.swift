extension PixelCanvas {
    /// Darkens the corners a little and lays fine grain over everything, which also hides banding.
    func finish(seed: UInt64, vignette: Double = 0.22, grain: Int = 5) {
        var random = SeededRandom(seed: seed)
        let noise = (0..<8192).map { _ in Int(random.next() % UInt64(2 * grain + 1)) - grain }
        let columns = (0..<width).map { x in
            let offset = (Double(x) + 0.5) / Double(width) * 2 - 1
            return Int(offset * offset * vignette * 512)
        }
        noise.withUnsafeBufferPointer { noise in
            columns.withUnsafeBufferPointer { columns in
                var p = pixels
                for y in 0..<height {
                    let offset = (Double(y) + 0.5) / Double(height) * 2 - 1
                    let row = 1024 - Int(offset * offset * vignette * 512)
                    var place = Int(random.next() & 8191)
                    var x = 0
                    while x < width {
                        let keep = row &- columns[x]
                        let add = noise[place & 8191]
                        place &+= 1
                        let r = (Int(p[0]) &* keep) >> 10 &+ add
                        let g = (Int(p[1]) &* keep) >> 10 &+ add
                        let b = (Int(p[2]) &* keep) >> 10 &+ add
                        p[0] = r < 0 ? 0 : r > 255 ? 255 : UInt8(truncatingIfNeeded: r)
                        p[1] = g < 0 ? 0 : g > 255 ? 255 : UInt8(truncatingIfNeeded: g)
                        p[2] = b < 0 ? 0 : b > 255 ? 255 : UInt8(truncatingIfNeeded: b)
                        p += 3
                        x &+= 1
                    }
                }
            }
        }
    }
}
