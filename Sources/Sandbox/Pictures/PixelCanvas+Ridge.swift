import Foundation

/// The upper edge of a hill, a wave or a sheet of paper, and how it is coloured below that edge.
struct Ridge {
    /// For every column, the row of the edge, with fraction.
    var edge: [Double]
    /// From the edge downwards.
    var colours: [RGB]
    /// Rows from the highest point of the edge until the last colour is reached.
    var depth: Double
    /// Rows of shadow that the edge throws on what lies behind it.
    var shadow = 0
    /// Light from the left on slopes; 0 is flat.
    var relief = 0.0
}

extension PixelCanvas {
    func paint(_ ridge: Ridge) {
        let highest = ridge.edge.min() ?? 0
        let rows = Int(ridge.depth) + 1
        var table: [Int] = []
        table.reserveCapacity(rows * 3)
        for row in 0..<rows {
            let colour = RGB.gradient(ridge.colours, at: Double(row) / max(1, ridge.depth))
            table += [Int(colour.red), Int(colour.green), Int(colour.blue)]
        }
        for x in 0..<width {
            let edge = ridge.edge[x]
            let light = ridge.relief == 0 ? 256 : illumination(ridge, at: x)
            if ridge.shadow > 0 { castShadow(x, Int(edge), ridge.shadow) }
            let first = Int(edge.rounded(.down))
            if first >= 0, first < height {
                let index = min(rows - 1, max(0, first - Int(highest))) * 3
                let colour = RGB(Double(table[index]), Double(table[index + 1]), Double(table[index + 2]))
                blend(x, first, colour.scaled(Double(light) / 256), Int((1 - (edge - Double(first))) * 256))
            }
            paintColumn(x, from: max(0, first + 1), origin: Int(highest), table, rows, light)
        }
    }

    private func paintColumn(_ x: Int, from start: Int, origin: Int, _ table: [Int], _ rows: Int, _ light: Int) {
        table.withUnsafeBufferPointer { colours in
            var y = start
            var p = pixels + (start &* width &+ x) &* 3
            let step = width &* 3
            let last = (rows &- 1) &* 3
            while y < height {
                var index = (y &- origin) &* 3
                if index < 0 { index = 0 } else if index > last { index = last }
                if light == 256 {
                    p[0] = UInt8(truncatingIfNeeded: colours[index])
                    p[1] = UInt8(truncatingIfNeeded: colours[index &+ 1])
                    p[2] = UInt8(truncatingIfNeeded: colours[index &+ 2])
                } else {
                    let (r, g, b) = (
                        (colours[index] &* light) >> 8, (colours[index &+ 1] &* light) >> 8,
                        (colours[index &+ 2] &* light) >> 8
                    )
                    p[0] = r > 255 ? 255 : UInt8(truncatingIfNeeded: r)
                    p[1] = g > 255 ? 255 : UInt8(truncatingIfNeeded: g)
                    p[2] = b > 255 ? 255 : UInt8(truncatingIfNeeded: b)
                }
                p += step
                y &+= 1
            }
        }
    }

    /// 256 is neutral; smoothed over a few columns so that shading shows no streaks.
    private func illumination(_ ridge: Ridge, at x: Int) -> Int {
        let reach = max(2, width / 40)
        let left = ridge.edge[max(0, x - reach)]
        let right = ridge.edge[min(width - 1, x + reach)]
        let slope = (left - right) / Double(reach * 2)
        return Int(256 * (1 + max(-1, min(1, slope * 2)) * ridge.relief))
    }

    private func castShadow(_ x: Int, _ edge: Int, _ length: Int) {
        var distance = 0
        while distance < length {
            let y = edge &- distance
            if y >= 0, y < height {
                let left = length &- distance
                let keep = 256 &- 90 &* left &* left / (length &* length)
                let p = pixels + (y &* width &+ x) &* 3
                p[0] = UInt8(truncatingIfNeeded: (Int(p[0]) &* keep) >> 8)
                p[1] = UInt8(truncatingIfNeeded: (Int(p[1]) &* keep) >> 8)
                p[2] = UInt8(truncatingIfNeeded: (Int(p[2]) &* keep) >> 8)
            }
            distance &+= 1
        }
    }
}

/// Smooth noise along a line.
struct LineNoise {
    private var values: [Double]

    init(_ random: inout SeededRandom) { values = (0..<256).map { _ in random.unit() * 2 - 1 } }

    /// -1…1, with features one unit long.
    func value(_ position: Double) -> Double {
        let whole = position.rounded(.down)
        let part = position - whole
        let index = Int(whole)
        let ease = part * part * (3 - 2 * part)
        let (a, b) = (values[index & 255], values[(index + 1) & 255])
        return a + (b - a) * ease
    }

    /// Octaves of noise, each half as strong as the one before when `roughness` is 0.5.
    func fractal(_ position: Double, octaves: Int, roughness: Double) -> Double {
        var (sum, strength, frequency, total) = (0.0, 1.0, 1.0, 0.0)
        for octave in 0..<octaves {
            sum += value(position * frequency + Double(octave) * 37.3) * strength
            total += strength
            strength *= roughness
            frequency *= 2.03
        }
        return sum / total
    }
}
