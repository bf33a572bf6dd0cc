import Pixels

extension TerminalTraits {
    /// The finest characters that the terminal draws by itself, so that they fill their cells without gaps. Those of a font
    /// often do not: a terminal that is not known gets halves.
    ///
    /// The versions are those in which the terminals' own release notes first name these characters, or later ones.
    var symbolSet: SymbolSet {
        guard multiplexer == nil, let known = Self.drawing.first(where: { $0.name == name }) else { return .halves }
        if knowsSextants, isVersion(atLeast: known.sextants) { return .sextants }
        return isVersion(atLeast: known.quadrants) ? .quadrants : .halves
    }

    private static let drawing: [(name: String, quadrants: [Int], sextants: [Int])] = [
        ("kitty", [0, 19], [0, 21]),
        ("foot", [1, 2], [1, 8]),
        ("ghostty", [1], [1]),
        // Its number stands for 0.70 and so on: three digits and two.
        ("vte", [5_000], [6_600]),
        ("wezterm", [20_210_502], [20_210_814]),
        ("konsole", [22, 4], [22, 8]),
        ("contour", [0, 3], [0, 3]),
    ]
}
