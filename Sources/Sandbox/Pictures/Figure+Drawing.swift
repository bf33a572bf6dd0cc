extension Figure {
    /// Draws the silhouette with its foot at a point, `size` pixels high.
    ///
    /// - Parameter light: the colour of the scene's light, which windows and the lamp take on.
    func draw(on canvas: PixelCanvas, x: Double, foot: Double, size: Double, colour: RGB, light: RGB) {
        func placed(_ outline: [Point]) -> [Point] { outline.map { Point(x + $0.x * size, foot + $0.y * size) } }
        for outline in outlines { canvas.fill(placed(outline), colour) }
        for outline in lights { canvas.fill(placed(outline), light.mixed(with: RGB(0xffd27a), 0.6)) }
        guard self == .lighthouse else { return }
        let lamp = Point(x, foot - 0.845 * size)
        for side in [-1.0, 1.0] {
            let beam = [
                lamp, Point(x + side * size * 1.6, lamp.y - size * 0.2),
                Point(x + side * size * 1.6, lamp.y + size * 0.12),
            ]
            canvas.fill(beam, light, alpha: 0.16)
        }
        canvas.ellipse(x: x, y: lamp.y, radiusX: size * 0.22, radiusY: size * 0.22, light, 0.8, .glow)
    }
}

/// Four to seven birds, near one another.
struct Flock {
    private let outlines: [[PixelCanvas.Point]]

    /// Somewhere in the upper half of a picture of this size; `unit` is its shorter side.
    init(_ random: inout SeededRandom, width: Double, height: Double, unit: Double) {
        let (x, y) = (random.within(0.25...0.75) * width, random.within(0.14...0.36) * height)
        var outlines: [[PixelCanvas.Point]] = []
        for _ in 0..<random.index(below: 4) + 4 {
            let size = unit * random.within(0.012...0.026)
            let (bx, by) = (x + random.within(-0.16...0.16) * unit, y + random.within(-0.07...0.07) * unit)
            outlines.append([
                .init(bx - size, by - size * 0.45), .init(bx - size * 0.4, by - size * 0.5), .init(bx, by),
                .init(bx + size * 0.4, by - size * 0.5), .init(bx + size, by - size * 0.45),
                .init(bx + size * 0.4, by - size * 0.28), .init(bx, by + size * 0.25),
                .init(bx - size * 0.4, by - size * 0.28),
            ])
        }
        self.outlines = outlines
    }

    func draw(on canvas: PixelCanvas, colour: RGB) {
        for outline in outlines { canvas.fill(outline, colour, alpha: 0.85) }
    }
}
