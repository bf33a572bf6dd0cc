import Foundation

extension Painter {
    mutating func paintSea() {
        let horizon = random.within(0.5...0.6)
        let line = horizon * height
        let light = paintSky(horizon: horizon) * width
        paintIslands(line)
        let shallow = palette.sky[palette.sky.count - 1].mixed(with: palette.far, 0.45)
        canvas.fill(
            [shallow, palette.far.mixed(with: palette.near, 0.35), palette.near],
            top: Int(line),
            bottom: canvas.height
        )
        paintWaves(line)
        paintGlitter(line, light)
        switch scene.figure {
        case .lighthouse: paintLighthouse(line)
        case .boat, nil:
            let x = width * (light > width / 2 ? random.within(0.2...0.42) : random.within(0.58...0.8))
            place(
                .boat,
                x: x,
                foot: line + height * 0.07,
                size: unit * (scene.figure == nil ? 0.13 : 0.26),
                colour: palette.near.scaled(0.55)
            )
        case .bird: paintBirds()
        case .some(let figure):
            let rock = (0..<canvas.width).map { column in
                let distance = (Double(column) - width * 0.5) / (unit * 0.55)
                return height * 0.86 + unit * 0.12 * distance * distance
            }
            canvas.paint(
                Ridge(edge: rock, colours: [palette.near.scaled(0.6), palette.near.scaled(0.4)], depth: height * 0.15)
            )
            place(figure, x: width * 0.5, foot: height * 0.875, size: unit * 0.38, colour: palette.near.scaled(0.45))
        }
    }

    private mutating func paintIslands(_ line: Double) {
        for layer in 0..<2 {
            let noise = LineNoise(&random)
            let centre = random.unit()
            let edge = self.edge { position in
                let body = max(0, 1 - abs(position - centre) * (2.2 + Double(layer)))
                return line + 2 - height * (0.12 - 0.03 * Double(layer)) * body
                    * (0.7 + 0.5 * noise.fractal(position * 6, octaves: 4, roughness: 0.5))
            }
            let colour = palette.sky[palette.sky.count - 1].mixed(with: palette.far, 0.55 + 0.3 * Double(layer))
                .mixed(with: palette.near, 0.18 * Double(layer))
            canvas.paint(
                Ridge(
                    edge: edge,
                    colours: [colour, colour.mixed(with: palette.sky[palette.sky.count - 1], 0.4)],
                    depth: height * 0.13
                )
            )
        }
    }

    private mutating func paintWaves(_ line: Double) {
        for _ in 0..<340 {
            let depth = random.unit()
            let y = line + depth * depth * (height - line)
            let isBright = random.unit() < 0.5
            canvas.ellipse(
                x: random.unit() * width,
                y: y,
                radiusX: unit * (0.02 + 0.13 * depth),
                radiusY: 0.7 + depth * unit * 0.006,
                isBright ? palette.sky[palette.sky.count - 2] : palette.near,
                0.16 + 0.14 * depth,
                .soft
            )
        }
    }

    private mutating func paintGlitter(_ line: Double, _ x: Double) {
        for _ in 0..<260 {
            let depth = random.unit()
            let y = line + 1 + depth * depth * (height - line)
            let spread = unit * (0.03 + 0.16 * depth)
            let offset = (random.unit() + random.unit() + random.unit() - 1.5) * spread
            canvas.ellipse(
                x: x + offset,
                y: y,
                radiusX: unit * (0.008 + 0.03 * depth),
                radiusY: 0.8 + depth * unit * 0.0045,
                palette.light,
                0.75 - 0.35 * depth,
                .soft
            )
        }
    }

    private mutating func paintLighthouse(_ line: Double) {
        let x = width * random.within(0.66...0.76)
        let noise = LineNoise(&random)
        let cliff = (0..<canvas.width).map { column in
            let position = (Double(column) - x) / unit
            let rise = 0.2 * max(0, 1 - abs(position + (position < 0 ? 0 : -0.1)) * (position < 0 ? 2.4 : 1.1))
            return rise <= 0.002
                ? height + 2
                : line + height * 0.12 - unit * rise - unit * 0.015
                    * noise.fractal(position * 9, octaves: 4, roughness: 0.5)
        }
        let stone = palette.near.scaled(0.75)
        canvas.paint(Ridge(edge: cliff, colours: [stone, stone.scaled(0.6)], depth: height * 0.3, relief: 0.2))
        place(
            .lighthouse,
            x: x,
            foot: line + height * 0.12 - unit * 0.19,
            size: unit * 0.36,
            colour: palette.near.scaled(0.55)
        )
    }
}
