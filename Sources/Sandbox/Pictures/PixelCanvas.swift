/// Pixels to paint on: 8-bit RGB, rows top to bottom without padding.
///
/// The inner loops are written with pointers and `while`, because the sandbox also has to be quick when it is built
/// without optimisation. Not for use by two threads at once.
final class PixelCanvas {
    let width: Int
    let height: Int
    let pixels: UnsafeMutablePointer<UInt8>

    var count: Int { width * height * 3 }

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        pixels = .allocate(capacity: width * height * 3)
        pixels.initialize(repeating: 0, count: width * height * 3)
    }

    deinit { pixels.deallocate() }

    /// Fills rows `top..<bottom` with a gradient of evenly spaced stops.
    func fill(_ stops: [RGB], top: Int, bottom: Int) {
        let first = max(top, 0)
        let last = min(bottom, height)
        guard first < last else { return }
        for y in first..<last {
            let colour = RGB.gradient(stops, at: (Double(y - top) + 0.5) / Double(bottom - top))
            let row = pixels + y * width * 3
            row[0] = UInt8(colour.red)
            row[1] = UInt8(colour.green)
            row[2] = UInt8(colour.blue)
            // Doubling copies fill a row far quicker than a loop over its pixels.
            var filled = 3
            while filled < width * 3 {
                let chunk = min(filled, width * 3 - filled)
                (row + filled).update(from: row, count: chunk)
                filled += chunk
            }
        }
    }

    /// Mixes `colour` into one pixel; `alpha` 0…256. Outside the canvas nothing happens.
    func blend(_ x: Int, _ y: Int, _ colour: RGB, _ alpha: Int) {
        guard x >= 0, y >= 0, x < width, y < height else { return }
        let p = pixels + (y * width + x) * 3
        p[0] = UInt8(truncatingIfNeeded: Int(p[0]) &+ ((Int(colour.red) &- Int(p[0])) &* alpha) >> 8)
        p[1] = UInt8(truncatingIfNeeded: Int(p[1]) &+ ((Int(colour.green) &- Int(p[1])) &* alpha) >> 8)
        p[2] = UInt8(truncatingIfNeeded: Int(p[2]) &+ ((Int(colour.blue) &- Int(p[2])) &* alpha) >> 8)
    }

    /// An ellipse whose opacity follows `profile` from the centre to the rim.
    func ellipse(
        x: Double,
        y: Double,
        radiusX: Double,
        radiusY: Double,
        _ colour: RGB,
        _ alpha: Double,
        _ profile: Profile
    ) {
        guard radiusX > 0.3, radiusY > 0.3 else { return }
        let left = max(0, Int(x - radiusX))
        let right = min(width, Int(x + radiusX) + 2)
        let top = max(0, Int(y - radiusY))
        let bottom = min(height, Int(y + radiusY) + 2)
        guard left < right, top < bottom else { return }
        let (red, green, blue) = (Int(colour.red), Int(colour.green), Int(colour.blue))
        let scale = Int(alpha * 256)
        // Squared distances in units where the rim is at 2²⁰.
        let unitX = 1_048_576 / (radiusX * radiusX)
        let squaresX = (left..<right).map { column in
            let distance = Double(column) + 0.5 - x
            return Int(distance * distance * unitX)
        }
        profile.table.withUnsafeBufferPointer { table in
            squaresX.withUnsafeBufferPointer { squares in
                var row = top
                while row < bottom {
                    let distance = Double(row) + 0.5 - y
                    let squareY = Int(distance * distance * 1_048_576 / (radiusY * radiusY))
                    var p = pixels + (row &* width &+ left) &* 3
                    var column = 0
                    while column < squares.count {
                        let square = squares[column] &+ squareY
                        if square < 1_048_576 {
                            let a = (table[square >> 10] &* scale) >> 8
                            p[0] = UInt8(truncatingIfNeeded: Int(p[0]) &+ ((red &- Int(p[0])) &* a) >> 8)
                            p[1] = UInt8(truncatingIfNeeded: Int(p[1]) &+ ((green &- Int(p[1])) &* a) >> 8)
                            p[2] = UInt8(truncatingIfNeeded: Int(p[2]) &+ ((blue &- Int(p[2])) &* a) >> 8)
                        }
                        p += 3
                        column &+= 1
                    }
                    row &+= 1
                }
            }
        }
    }

    /// How the opacity of an ellipse runs from its centre to its rim: 1,024 steps over the squared distance, 0…256.
    struct Profile: Sendable {
        let table: [Int]

        init(_ opacity: (_ distance: Double) -> Double) {
            table = (0..<1024).map { Int(min(max(opacity((Double($0) / 1024).squareRoot()), 0), 1) * 256) }
        }

        static let glow = Profile { distance in
            let left = 1 - distance
            return left * left * left
        }
        static let soft = Profile { distance in
            let left = 1 - distance * distance
            return left * left
        }
        static let disc = Profile { min(1, (1 - $0) * 24) }
        static let lens = Profile { $0 > 0.9 ? min(1, (1 - $0) * 14) : 0.5 + $0 * $0 * 0.35 }
    }
}
