/// A palette entry and its colour, each part 0 to 255.
package struct PaletteMatch: Hashable, Sendable {
    /// 16…255: the first sixteen are the user's own.
    package var index: UInt8
    /// 0…255.
    package var red: Int
    /// 0…255.
    package var green: Int
    /// 0…255.
    package var blue: Int
}

/// The weight of each part of a colour in the distance between two colours.
package struct ColorWeights: Hashable, Sendable {
    let red: Int
    let green: Int
    let blue: Int

    /// Plain distance in RGB, which the dithering of a picture balances.
    package static let even = ColorWeights(red: 1, green: 1, blue: 1)
    /// The eye's sensitivity to each part, for a colour that stands alone.
    package static let perceived = ColorWeights(red: 3, green: 6, blue: 1)

    func mean(_ red: Int, _ green: Int, _ blue: Int) -> Int {
        (self.red * red + self.green * green + self.blue * blue) / (self.red + self.green + self.blue)
    }

    func distance(_ red: Int, _ green: Int, _ blue: Int) -> Int {
        self.red * red * red + self.green * green * green + self.blue * blue * blue
    }
}

/// The 256 colours of xterm: 16 that themes redefine, a cube of 6×6×6, and 24 greys.
package enum XtermPalette {
    /// The steps of the cube along each axis.
    private static let levels = [0, 95, 135, 175, 215, 255]

    /// The first 16 colours, with xterm's defaults.
    private static let ansi: [(UInt8, UInt8, UInt8)] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
        (255, 255, 255),
    ]

    /// The colour of an entry; for the first 16, xterm's default.
    package static func rgb(_ index: UInt8) -> (UInt8, UInt8, UInt8) {
        switch index {
        case 0..<16:
            return ansi[Int(index)]
        case 16..<232:
            let cube = Int(index) - 16
            return (UInt8(levels[cube / 36]), UInt8(levels[cube / 6 % 6]), UInt8(levels[cube % 6]))
        default:
            let grey = 8 + 10 * (index - 232)
            return (grey, grey, grey)
        }
    }

    /// The entry from 16 to 255 that is nearest to a colour. If a grey of the cube and one of the 24
    /// greys are equally near, it is the cube's.
    package static func nearest(
        _ red: UInt8,
        _ green: UInt8,
        _ blue: UInt8,
        weights: ColorWeights = .even
    ) -> UInt8 {
        nearest(red: Int(red), green: Int(green), blue: Int(blue), weights: weights).index
    }

    /// Parts may be outside of 0 to 255, as they are while dithering.
    package static func nearest(red: Int, green: Int, blue: Int, weights: ColorWeights = .even) -> PaletteMatch {
        // Inside of the cube the axes are independent, so the nearest entry consists of the nearest steps.
        let (r, g, b) = (step(red), step(green), step(blue))
        let (cubeRed, cubeGreen, cubeBlue) = (level(r), level(g), level(b))
        // Among the greys the distance is smallest at the mean, each part counted by its weight.
        let grey = min(max((weights.mean(red, green, blue) - 3) / 10, 0), 23)
        let value = 8 + 10 * grey
        func distance(_ r: Int, _ g: Int, _ b: Int) -> Int {
            weights.distance(red - r, green - g, blue - b)
        }
        if distance(value, value, value) < distance(cubeRed, cubeGreen, cubeBlue) {
            return PaletteMatch(index: UInt8(232 + grey), red: value, green: value, blue: value)
        }
        return PaletteMatch(index: UInt8(16 + 36 * r + 6 * g + b), red: cubeRed, green: cubeGreen, blue: cubeBlue)
    }

    /// The entry from 0 to 15 nearest to a colour.
    package static func nearestANSI(
        red: Int,
        green: Int,
        blue: Int,
        weights: ColorWeights = .even
    ) -> PaletteMatch {
        var best = PaletteMatch(index: 0, red: 0, green: 0, blue: 0)
        var shortest = Int.max
        for (index, color) in ansi.enumerated() {
            let candidate = PaletteMatch(
                index: UInt8(index),
                red: Int(color.0),
                green: Int(color.1),
                blue: Int(color.2)
            )
            let distance = weights.distance(red - candidate.red, green - candidate.green, blue - candidate.blue)
            if distance < shortest { (best, shortest) = (candidate, distance) }
        }
        return best
    }

    /// The step nearest to a part: the borders lie half-way between the levels.
    private static func step(_ part: Int) -> Int {
        part < 48 ? 0 : part < 115 ? 1 : min((part - 35) / 40, 5)
    }

    private static func level(_ step: Int) -> Int {
        step == 0 ? 0 : 55 + 40 * step
    }
}
