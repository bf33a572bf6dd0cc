/// A colour; channels 0…255.
struct RGB: Sendable, Equatable {
    var red: Double
    var green: Double
    var blue: Double

    init(_ red: Double, _ green: Double, _ blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// From `0xRRGGBB`.
    init(_ hex: UInt32) {
        self.init(Double(hex >> 16 & 255), Double(hex >> 8 & 255), Double(hex & 255))
    }

    /// `share` 0 is this colour, 1 the other one.
    func mixed(with other: RGB, _ share: Double) -> RGB {
        RGB(
            red + (other.red - red) * share,
            green + (other.green - green) * share,
            blue + (other.blue - blue) * share
        )
    }

    func scaled(_ factor: Double) -> RGB {
        RGB(min(255, red * factor), min(255, green * factor), min(255, blue * factor))
    }

    /// The colour at `position` 0…1 of a gradient of evenly spaced stops.
    static func gradient(_ stops: [RGB], at position: Double) -> RGB {
        let place = min(max(position, 0), 1) * Double(stops.count - 1)
        let index = min(Int(place), stops.count - 2)
        return stops[index].mixed(with: stops[index + 1], place - Double(index))
    }
}
