import Foundation

/// Paints a scene. The same scene, size and random sequence always give the same picture.
struct Painter {
    let canvas: PixelCanvas
    let scene: Scene
    var random: SeededRandom

    var width: Double { Double(canvas.width) }
    var height: Double { Double(canvas.height) }
    /// What sizes are measured in, so that wide pictures do not get huge suns.
    var unit: Double { min(width, height) }
    var palette: Palette { scene.palette }

    static func paint(prompt: String, seed: Int, width: Int, height: Int) -> PixelCanvas {
        var random = SeededRandom(seed: seed, text: prompt)
        let scene = Scene(prompt: prompt, random: &random)
        var painter = Painter(canvas: PixelCanvas(width: width, height: height), scene: scene, random: random)
        painter.paint()
        return painter.canvas
    }

    private mutating func paint() {
        switch scene.kind {
        case .mountains: paintMountains(forested: scene.isForested)
        case .forest: paintMountains(forested: true)
        case .sea: paintSea()
        case .dunes: paintDunes()
        case .meadow: paintMeadow()
        case .city: paintCity()
        case .planet: paintPlanet()
        case .ribbons: paintRibbons()
        case .bokeh: paintBokeh()
        }
        if scene.isSnowing { paintSnow() }
        canvas.finish(seed: random.next())
    }

    /// A row for every column; `shape` gets the place of the column, 0 at the left and 1 at the right.
    func edge(_ shape: (_ position: Double) -> Double) -> [Double] {
        (0..<canvas.width).map { shape(Double($0) / width) }
    }

    /// Sky, stars, sun or moon. Returns where the light stands, as a share of the width.
    mutating func paintSky(horizon: Double) -> Double {
        canvas.fill(palette.sky, top: 0, bottom: Int(horizon * height))
        if horizon < 1 {
            canvas.fill(
                [palette.sky[palette.sky.count - 1], palette.far],
                top: Int(horizon * height),
                bottom: canvas.height
            )
        }
        if scene.isNight { paintStars(count: 260, horizon: horizon) }
        let x = random.unit() < 0.5 ? random.within(0.2...0.4) : random.within(0.6...0.8)
        let y = scene.isNight ? random.within(0.14...0.3) : random.within(0.3...0.62)
        let radius = unit * random.within(0.05...0.085)
        let centreY = y * horizon * height
        let strength = scene.isNight ? 0.45 : 0.8
        canvas.ellipse(
            x: x * width,
            y: centreY,
            radiusX: unit * 0.62,
            radiusY: unit * 0.55,
            palette.light,
            strength,
            .glow
        )
        canvas.ellipse(x: x * width, y: centreY, radiusX: radius, radiusY: radius, palette.light, 1, .disc)
        if scene.isNight {
            for _ in 0..<5 {
                let (dx, dy) = (random.within(-0.5...0.5) * radius, random.within(-0.5...0.5) * radius)
                let size = radius * random.within(0.1...0.25)
                canvas.ellipse(
                    x: x * width + dx,
                    y: centreY + dy,
                    radiusX: size,
                    radiusY: size,
                    palette.far,
                    0.25,
                    .soft
                )
            }
        } else {
            paintClouds(horizon: horizon)
        }
        return x
    }

    mutating func paintStars(count: Int, horizon: Double) {
        for _ in 0..<count {
            let brightness = random.unit()
            canvas.ellipse(
                x: random.unit() * width,
                y: random.unit() * random.unit() * horizon * height,
                radiusX: 0.6 + brightness * brightness * 1.7,
                radiusY: 0.6 + brightness * brightness * 1.7,
                RGB(0xffffff).mixed(with: palette.accent, random.unit() * 0.4),
                0.3 + 0.7 * brightness,
                .soft
            )
        }
    }

    private mutating func paintClouds(horizon: Double) {
        for _ in 0..<random.index(below: 4) + 2 {
            let (x, y) = (random.unit() * width, random.within(0.12...0.6) * horizon * height)
            let colour = palette.sky[palette.sky.count - 1].mixed(with: palette.light, 0.6)
            for _ in 0..<6 {
                canvas.ellipse(
                    x: x + random.within(-0.12...0.12) * unit,
                    y: y + random.within(-0.012...0.012) * unit,
                    radiusX: unit * random.within(0.06...0.2),
                    radiusY: unit * random.within(0.01...0.028),
                    colour,
                    0.3,
                    .soft
                )
            }
        }
    }

    private mutating func paintSnow() {
        for _ in 0..<240 {
            let size = random.within(0.8...3.2) * unit / 700
            canvas.ellipse(
                x: random.unit() * width,
                y: random.unit() * height,
                radiusX: size,
                radiusY: size,
                RGB(0xffffff),
                random.within(0.4...0.95),
                .soft
            )
        }
    }

    mutating func paintBirds() {
        Flock(&random, width: width, height: height, unit: unit).draw(on: canvas, colour: palette.near)
    }

    /// Puts the figure with its foot at the given point.
    func place(_ figure: Figure, x: Double, foot: Double, size: Double, colour: RGB) {
        figure.draw(on: canvas, x: x, foot: foot, size: size, colour: colour, light: palette.light)
    }
}
