import Foundation

extension PixelCanvas {
    struct Point: Sendable {
        var x: Double
        var y: Double

        init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// Fills a closed outline with soft edges (four scan lines a row, exact ends).
    func fill(_ outline: [Point], _ colour: RGB, alpha: Double = 1) {
        guard outline.count > 2, let top = outline.map(\.y).min(), let bottom = outline.map(\.y).max() else { return }
        let first = max(0, Int(top.rounded(.down)))
        let last = min(height - 1, Int(bottom))
        guard first <= last else { return }
        var coverage = [Double](repeating: 0, count: width)
        for y in first...last {
            var (left, right) = (width, -1)
            for part in 0..<4 {
                let crossings = crossings(of: outline, at: Double(y) + (Double(part) + 0.5) / 4)
                for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
                    let start = max(0, crossings[pair])
                    let end = min(Double(width), crossings[pair + 1])
                    guard start < end else { continue }
                    let (a, b) = (Int(start), min(width - 1, Int(end)))
                    left = min(left, a)
                    right = max(right, b)
                    for x in a...b {
                        coverage[x] += (min(end, Double(x + 1)) - max(start, Double(x))) / 4
                    }
                }
            }
            guard left <= right else { continue }
            for x in left...right where coverage[x] > 0 {
                blend(x, y, colour, Int(min(1, coverage[x]) * alpha * 256))
                coverage[x] = 0
            }
        }
    }

    private func crossings(of outline: [Point], at y: Double) -> [Double] {
        var found: [Double] = []
        var previous = outline[outline.count - 1]
        for point in outline {
            if (previous.y <= y) != (point.y <= y) {
                found.append(previous.x + (y - previous.y) / (point.y - previous.y) * (point.x - previous.x))
            }
            previous = point
        }
        return found.sorted()
    }

    /// A closed curve through the points (Catmull-Rom).
    static func smooth(_ points: [Point], steps: Int = 6) -> [Point] {
        let count = points.count
        var curve: [Point] = []
        for index in 0..<count {
            let (a, b) = (points[(index + count - 1) % count], points[index])
            let (c, d) = (points[(index + 1) % count], points[(index + 2) % count])
            for step in 0..<steps {
                let t = Double(step) / Double(steps)
                curve.append(
                    Point(spline(a.x, b.x, c.x, d.x, t), spline(a.y, b.y, c.y, d.y, t))
                )
            }
        }
        return curve
    }

    private static func spline(_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ t: Double) -> Double {
        let linear = c - a
        let square = 2 * a - 5 * b + 4 * c - d
        let cube = 3 * b - a - 3 * c + d
        return 0.5 * (2 * b + linear * t + square * t * t + cube * t * t * t)
    }
}
