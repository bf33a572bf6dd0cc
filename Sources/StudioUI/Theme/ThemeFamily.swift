package import Pixels

/// The themes that stand for one name: which of them is drawn goes by the terminal's background.
package struct ThemeFamily: Sendable {
    /// As the config file and the palette call it; of a person's own theme the file's path.
    package let name: String
    /// For the palette: a few words.
    package let summary: String
    private let dark: Theme
    private let light: Theme
    private let unknown: Theme

    /// One theme, whatever the background is.
    package init(_ theme: Theme, summary: String = "your own") {
        self.init(name: theme.name, summary: summary, dark: theme, light: theme, unknown: theme)
    }

    private init(name: String, summary: String, dark: Theme, light: Theme, unknown: Theme) {
        self.name = name
        self.summary = summary
        self.dark = dark
        self.light = light
        self.unknown = unknown
    }

    /// What fits the background.
    package static let auto = ThemeFamily(
        name: "auto",
        summary: "what fits the background",
        dark: .darkroom,
        light: .lightbox,
        unknown: .neutral
    )

    /// Those that can be asked for by name.
    package static let all = [
        auto, ThemeFamily(.darkroom, summary: "for dark terminals"),
        ThemeFamily(.lightbox, summary: "for light terminals"),
        ThemeFamily(.terminal, summary: "the sixteen colours of the terminal"),
        ThemeFamily(
            name: "contrast",
            summary: "as much contrast as there is",
            dark: .darkContrast,
            light: .lightContrast,
            unknown: .ownContrast
        ),
    ]

    /// The same with other colours for some roles, on every background.
    package func replacing(_ colors: [Role: UInt32], selectionBackground: UInt32?, name: String) -> ThemeFamily {
        func replaced(_ theme: Theme) -> Theme {
            theme.replacing(colors, selectionBackground: selectionBackground, name: name)
        }
        return ThemeFamily(
            name: name,
            summary: "your own",
            dark: replaced(dark),
            light: replaced(light),
            unknown: replaced(unknown)
        )
    }

    /// - Parameters:
    ///   - background: what the terminal has answered; nil: nothing yet.
    ///   - environment: says what the background is where the terminal does not: rxvt and Konsole leave word in it, and a
    ///     Linux console is dark.
    package func theme(on background: PixelColor?, environment: [String: String]) -> Theme {
        if case .rgb(let red, let green, let blue) = background {
            let ground = Contrast.luminance(red, green, blue)
            return Contrast.ratio(ground, 1) >= Contrast.ratio(ground, 0) ? dark : light
        }
        if environment["TERM"]?.hasPrefix("linux") == true { return dark }
        switch environment["COLORFGBG"]?.split(separator: ";").last.flatMap({ Int($0) }) {
        case .some(0...6), .some(8): return dark
        case .some(7), .some(15): return light
        default: return unknown
        }
    }
}
