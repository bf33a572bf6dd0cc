import Foundation

extension Painter {
    /// Ranges of hills behind one another, paler with distance, mist between them.
    mutating func paintMountains(forested: Bool) {
        _ = paintSky(horizon: 0.86)
        let haze = palette.sky[palette.sky.count - 1]
        let layers = 6
        var foreground: [Double] = []
        for layer in 0..<layers {
            let nearness = Double(layer) / Double(layers - 1)
            let noise = LineNoise(&random)
            let base = height * (0.42 + 0.46 * pow(nearness, 1.15))
            let rise = height * (0.2 - 0.1 * nearness)
            let length = 2.2 + nearness * 1.6
            var edge = self.edge { position in
                base - rise * noise.fractal(position * length, octaves: 6, roughness: 0.47)
            }
            if forested, layer >= 2 { plant(on: &edge, size: unit * (0.02 + 0.11 * pow(nearness, 2))) }
            let colour = haze.mixed(with: palette.far, min(1, nearness * 2 + 0.35))
                .mixed(with: palette.near, max(0, nearness * 1.25 - 0.25))
            let foot = layer == layers - 1 ? colour.scaled(0.75) : colour.mixed(with: haze, 0.5 - 0.25 * nearness)
            canvas.paint(
                Ridge(
                    edge: edge,
                    colours: [colour, foot],
                    depth: height * (0.34 - 0.08 * nearness),
                    relief: forested ? 0 : 0.14 * (1 - nearness)
                )
            )
            if layer < layers - 1 { paintMist(base + rise * 0.6, haze) }
            foreground = edge
        }
        paintForeground(on: foreground)
    }

    private mutating func paintForeground(on ground: [Double]) {
        guard let figure = scene.figure else {
            if random.unit() < 0.6 { paintBirds() }
            return
        }
        guard figure != .bird else { return paintBirds() }
        let x = width * random.within(0.34...0.66)
        let size = unit * (figure == .house ? 0.26 : 0.4)
        let column = min(canvas.width - 1, max(0, Int(x)))
        let foot = min(height * 0.93, max(height * 0.8, ground[column] + unit * 0.03))
        // A clearing of light behind the figure makes it readable even when it is 30 cells high.
        canvas.ellipse(
            x: x,
            y: foot - size * 0.5,
            radiusX: size * 1.1,
            radiusY: size * 0.9,
            palette.sky[palette.sky.count - 1].mixed(with: palette.light, 0.4),
            scene.isNight ? 0.4 : 0.75,
            .soft
        )
        let mound = (0..<canvas.width).map { column in
            let distance = (Double(column) - x) / (unit * 0.75)
            return foot + unit * 0.09 * distance * distance - unit * 0.012
        }
        let earth = palette.near.scaled(0.8)
        canvas.paint(Ridge(edge: mound, colours: [earth, earth.scaled(0.6)], depth: height * 0.2))
        let coat = figure == .fox && !scene.isNight ? RGB(0xb5481d).mixed(with: palette.near, 0.12) : earth.scaled(0.7)
        place(figure, x: x, foot: foot, size: size, colour: coat)
    }

    /// Cuts conifers into an edge.
    private mutating func plant(on edge: inout [Double], size: Double) {
        let ground = edge
        var x = -size
        while x < width + size {
            let tall = size * random.within(0.55...1.25)
            let half = tall * random.within(0.2...0.28)
            let centre = x
            let first = min(max(0, Int(centre - half)), canvas.width)
            for column in first..<max(first, min(canvas.width, Int(centre + half) + 1)) {
                let distance = abs(Double(column) - centre) / half
                guard distance < 1 else { continue }
                // Branch tiers: a saw-tooth on the slope of the cone.
                let tier = (distance * 5).truncatingRemainder(dividingBy: 1) * 0.1
                let top = ground[column] - tall * (1 - distance - tier * (1 - distance))
                if top < edge[column] { edge[column] = top }
            }
            x += size * random.within(0.14...0.5)
        }
    }

    private mutating func paintMist(_ y: Double, _ colour: RGB) {
        for _ in 0..<3 {
            canvas.ellipse(
                x: random.unit() * width,
                y: y + random.within(-0.02...0.04) * height,
                radiusX: width * random.within(0.3...0.6),
                radiusY: height * random.within(0.025...0.06),
                colour,
                0.4,
                .soft
            )
        }
    }

    mutating func paintDunes() {
        _ = paintSky(horizon: 0.62)
        let layers = 5
        for layer in 0..<layers {
            let nearness = Double(layer) / Double(layers - 1)
            let noise = LineNoise(&random)
            let base = height * (0.5 + 0.38 * nearness)
            let tilt = random.within(-0.08...0.08) * height
            let edge = self.edge { position in
                let swell: Double = noise.fractal(position * (1.3 + nearness), octaves: 2, roughness: 0.3)
                return base + tilt * (position - 0.5) * 2 - height * 0.1 * swell
            }
            let colour = palette.sky[palette.sky.count - 1].mixed(with: palette.far, 0.5 + nearness * 0.5)
                .mixed(with: palette.near, nearness * 0.55)
            canvas.paint(
                Ridge(
                    edge: edge,
                    colours: [colour.scaled(1.08), colour.mixed(with: palette.near, 0.35)],
                    depth: height * 0.32,
                    relief: 0.42
                )
            )
        }
        if let figure = scene.figure, figure != .bird {
            place(figure, x: width * 0.5, foot: height * 0.88, size: unit * 0.34, colour: palette.near.scaled(0.7))
        }
    }

    mutating func paintMeadow() {
        _ = paintSky(horizon: 0.7)
        for layer in 0..<4 {
            let nearness = Double(layer) / 3
            let noise = LineNoise(&random)
            let edge = self.edge { position in
                height * (0.5 + 0.17 * nearness)
                    - height * 0.07 * noise.fractal(position * 2, octaves: 3, roughness: 0.4)
            }
            let grass = RGB(0x6f9a52).mixed(with: palette.near, 0.3 * nearness).mixed(
                with: palette.far,
                0.6 * (1 - nearness)
            )
            canvas.paint(
                Ridge(edge: edge, colours: [grass.scaled(1.12), grass.scaled(0.7)], depth: height * 0.4, relief: 0.1)
            )
        }
        if let figure = scene.figure, figure != .bird {
            place(
                figure,
                x: width * random.within(0.3...0.7),
                foot: height * 0.78,
                size: unit * 0.3,
                colour: palette.near.scaled(0.7)
            )
        }
        let petals = [palette.accent, palette.light, RGB(0xe8576f), RGB(0xf6c445), RGB(0xb07cd8), RGB(0xffffff)]
        for index in 0..<520 {
            let nearness = Double(index) / 520
            let y = height * (0.66 + 0.36 * nearness * nearness) + random.within(0...0.02) * height
            let size = unit * (0.003 + 0.017 * nearness * nearness) * random.within(0.6...1.3)
            canvas.ellipse(
                x: random.unit() * width,
                y: y,
                radiusX: size,
                radiusY: size * 0.8,
                petals[random.index(below: petals.count)].scaled(0.85 + 0.15 * nearness),
                0.92,
                .disc
            )
        }
        if scene.figure == .bird { paintBirds() }
    }
}
