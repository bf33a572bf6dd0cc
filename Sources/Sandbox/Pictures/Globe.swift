import Foundation

/// A planet: a lit ball with bands, and rings around it.
struct Globe {
    let centre: PixelCanvas.Point
    /// In pixels.
    let radius: Double
    let palette: Palette

    /// - Parameter noise: decides how the bands lie.
    func drawBall(on canvas: PixelCanvas, noise: LineNoise) {
        let bottom = min(canvas.height, Int(centre.y + radius) + 1)
        for y in stride(from: max(0, Int(centre.y - radius)), to: bottom, by: 1) {
            let v = (Double(y) + 0.5 - centre.y) / radius
            guard abs(v) < 1 else { continue }
            let half = (1 - v * v).squareRoot()
            let stripe = 0.5 + 0.5 * noise.fractal(v * 4, octaves: 3, roughness: 0.55)
            let band = palette.far.mixed(with: palette.accent, stripe)
            let right = min(canvas.width, Int(centre.x + half * radius) + 1)
            for x in stride(from: max(0, Int(centre.x - half * radius)), to: right, by: 1) {
                let u = (Double(x) + 0.5 - centre.x) / radius
                let depth = max(0, 1 - u * u - v * v).squareRoot()
                let lit = max(0.06, -0.62 * u - 0.45 * v + 0.64 * depth)
                let edge = min(1, depth * 8)
                canvas.blend(x, y, band.scaled(lit * 1.25), Int(edge * 256))
            }
        }
    }

    /// - Parameter unit: the shorter side of the picture, in pixels.
    func drawRings(on canvas: PixelCanvas, unit: Double) {
        let colour = palette.light.mixed(with: palette.accent, 0.4)
        for ring in 0..<3 {
            let reach = radius * (1.5 + 0.16 * Double(ring))
            for step in 0..<420 {
                // The far half of a ring passes behind the planet.
                let angle = Double(step) / 420 * 2 * .pi
                let (across, down) = (cos(angle) * reach, sin(angle) * reach * 0.24 + cos(angle) * reach * 0.16)
                if sin(angle) < 0, (across * across + down * down).squareRoot() < radius { continue }
                let (x, y) = (centre.x + across, centre.y + down)
                canvas.ellipse(x: x, y: y, radiusX: unit * 0.009, radiusY: unit * 0.005, colour, 0.4, .soft)
            }
        }
    }
}
