import Foundation

extension Painter {
    mutating func paintCity() {
        canvas.fill(palette.sky, top: 0, bottom: canvas.height)
        if scene.isNight { paintStars(count: 160, horizon: 0.7) }
        let x = random.within(0.25...0.75) * width
        canvas.ellipse(x: x, y: height * 0.3, radiusX: unit * 0.5, radiusY: unit * 0.5, palette.light, 0.5, .glow)
        canvas.ellipse(x: x, y: height * 0.3, radiusX: unit * 0.07, radiusY: unit * 0.07, palette.light, 1, .disc)
        let layers = 3
        for layer in 0..<layers {
            let nearness = Double(layer) / Double(layers - 1)
            let colour = palette.far.mixed(with: palette.near, 0.25 + 0.7 * nearness)
            var left = -unit * 0.05
            while left < width {
                let across = unit * random.within(0.06...0.14)
                let top = height * (0.42 + 0.22 * nearness) - unit * random.within(0...0.2)
                paintTower(left, left + across, top, colour.scaled(random.within(0.9...1.05)), nearness)
                left += across + unit * random.within(0...0.015)
            }
        }
        if let figure = scene.figure {
            if figure == .bird { return paintBirds() }
            let roof = (0..<canvas.width).map { _ in height * 0.9 }
            canvas.paint(Ridge(edge: roof, colours: [palette.near.scaled(0.5), palette.near.scaled(0.4)], depth: 40))
            canvas.ellipse(
                x: width * 0.4,
                y: height * 0.72,
                radiusX: unit * 0.36,
                radiusY: unit * 0.3,
                palette.sky[palette.sky.count - 1],
                0.6,
                .soft
            )
            place(figure, x: width * 0.4, foot: height * 0.905, size: unit * 0.42, colour: palette.near.scaled(0.4))
        }
    }

    private mutating func paintTower(_ left: Double, _ right: Double, _ top: Double, _ colour: RGB, _ nearness: Double)
    {
        let outline: [PixelCanvas.Point] = [
            .init(left, height), .init(right, height), .init(right, top), .init(left, top),
        ]
        canvas.fill(outline, colour)
        let lamp = palette.light.mixed(with: RGB(0xffc766), 0.55)
        let pane = unit * (0.007 + 0.005 * nearness)
        var y = top + pane * 2
        while y < height {
            var x = left + pane * 1.4
            while x + pane < right - pane * 0.6 {
                if random.unit() < 0.34 {
                    canvas.fill(
                        [.init(x, y), .init(x + pane, y), .init(x + pane, y + pane * 1.3), .init(x, y + pane * 1.3)],
                        lamp,
                        alpha: random.within(0.35...0.95) * (0.45 + 0.55 * nearness)
                    )
                }
                x += pane * 2.1
            }
            y += pane * 3
        }
    }

    mutating func paintPlanet() {
        canvas.fill([RGB(0x04050f), palette.sky[0].scaled(0.5), RGB(0x060714)], top: 0, bottom: canvas.height)
        for _ in 0..<9 {
            canvas.ellipse(
                x: random.unit() * width,
                y: random.unit() * height,
                radiusX: unit * random.within(0.2...0.6),
                radiusY: unit * random.within(0.12...0.4),
                [palette.sky[1], palette.accent, palette.far][random.index(below: 3)],
                0.2,
                .soft
            )
        }
        paintStars(count: 420, horizon: 1)
        let radius = unit * random.within(0.24...0.32)
        let centre = PixelCanvas.Point(width * random.within(0.42...0.58), height * random.within(0.46...0.56))
        canvas.ellipse(
            x: centre.x,
            y: centre.y,
            radiusX: radius * 1.5,
            radiusY: radius * 1.5,
            palette.accent,
            0.5,
            .glow
        )
        let globe = Globe(centre: centre, radius: radius, palette: palette)
        globe.drawBall(on: canvas, noise: LineNoise(&random))
        if scene.figure == nil { globe.drawRings(on: canvas, unit: unit) }
    }

    /// Sheets of paper, cut in long curves and laid over one another.
    mutating func paintRibbons() {
        let colours = [palette.sky[0], palette.sky[1], palette.accent, palette.light, palette.far, palette.near]
        canvas.fill([palette.sky[0], palette.sky[1]], top: 0, bottom: canvas.height)
        let layers = 9
        let lean = random.within(-0.35...0.35)
        let wave = random.within(0.8...1.7)
        let phase = random.unit() * 6
        for layer in 0..<layers {
            let place = (Double(layer) + 0.6) / Double(layers)
            let swing = height * random.within(0.06...0.12)
            let shift = phase + Double(layer) * random.within(0.25...0.6)
            let edge = self.edge { position in
                height * (place + lean * (position - 0.5)) + swing * sin(position * wave * 2 * .pi + shift)
                    + swing * 0.4 * sin(position * wave * 4.4 + shift * 1.7)
            }
            let colour = RGB.gradient(colours, at: place)
            canvas.paint(
                Ridge(
                    edge: edge,
                    colours: [colour.scaled(1.1), colour.scaled(0.86), colour.scaled(0.7)],
                    depth: height * 0.34,
                    shadow: Int(unit * 0.04)
                )
            )
        }
    }

    mutating func paintBokeh() {
        canvas.fill(
            [palette.near, palette.near.mixed(with: palette.sky[1], 0.35), palette.near.scaled(0.7)],
            top: 0,
            bottom: canvas.height
        )
        let colours = [palette.accent, palette.light, palette.far, palette.sky[palette.sky.count - 1], palette.sky[1]]
        for _ in 0..<6 {
            canvas.ellipse(
                x: random.unit() * width,
                y: random.unit() * height,
                radiusX: unit * 0.55,
                radiusY: unit * 0.45,
                colours[random.index(below: colours.count)],
                0.22,
                .soft
            )
        }
        for index in 0..<74 {
            let size = unit * random.within(0.02...0.05) * (1 + Double(index) / 30)
            canvas.ellipse(
                x: random.unit() * width,
                y: height * (0.1 + 0.85 * (random.unit() + random.unit()) / 2),
                radiusX: size,
                radiusY: size,
                colours[random.index(below: colours.count)],
                random.within(0.12...0.5),
                .lens
            )
        }
        if let figure = scene.figure, figure != .bird {
            place(figure, x: width / 2, foot: height * 0.95, size: unit * 0.5, colour: palette.near.scaled(0.4))
        }
    }
}
