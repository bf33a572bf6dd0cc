import Pixels
package import Terminal

/// Colours by role, for each depth a terminal can have. No colour is the only carrier of a meaning.
package struct Theme: Hashable, Sendable {
    package let name: String
    private let tones: [Role: Tone]

    init(name: String, tones: [Role: Tone]) {
        self.name = name
        self.tones = tones
    }

    /// One role in 24 bits, in the 256-colour palette, and in the 16 colours that every user has chosen for himself.
    struct Tone: Hashable, Sendable {
        var direct: Color
        var palette: Color
        var ansi: Color
        var mono: TextAttributes = []
        var background: Ground?
        /// At every depth but mono: what tells it where the colour is the terminal's own.
        var attributes: TextAttributes = []
    }

    /// What lies behind text, in 24 bits and in the 256-colour palette.
    struct Ground: Hashable, Sendable {
        var direct: Color
        var palette: Color
    }

    /// The grey that pictures fade into behind a dialog: white where the text is dark, else black.
    var ground: UInt8 {
        guard case .rgb(let red, let green, let blue)? = tones[.text]?.direct else { return 0 }
        return Contrast.luminance(red, green, blue) < 0.2 ? 255 : 0
    }

    /// This theme with other colours, `0xRRGGBB`. In 256 colours the nearest of the palette stand for them; where there are
    /// only the terminal's own sixteen, those stay.
    ///
    /// - Parameter selectionBackground: what the selected row lies on; nil: as it is.
    package func replacing(_ colors: [Role: UInt32], selectionBackground: UInt32?, name: String) -> Theme {
        var tones = tones
        for (role, rgb) in colors {
            tones[role]?.direct = Self.color(rgb)
            tones[role]?.palette = Self.nearest(rgb)
        }
        if let rgb = selectionBackground {
            tones[.selection]?.background = Ground(direct: Self.color(rgb), palette: Self.nearest(rgb))
        }
        return Theme(name: name, tones: tones)
    }

    /// The colours and attributes of a role, as near as `depth` comes to them.
    package func style(_ role: Role, depth: ColorDepth, adding attributes: TextAttributes = []) -> Style {
        guard let tone = tones[role] else { return Style(attributes: attributes) }
        let attributes = depth == .mono ? attributes : attributes.union(tone.attributes)
        switch depth {
        case .direct:
            return Style(
                foreground: tone.direct,
                background: tone.background?.direct ?? .standard,
                attributes: attributes
            )
        case .palette256:
            return Style(
                foreground: tone.palette,
                background: tone.background?.palette ?? .standard,
                attributes: attributes
            )
        case .ansi16:
            let reversed: TextAttributes = tone.background == nil ? [] : .reverse
            return Style(foreground: tone.ansi, attributes: attributes.union(reversed))
        case .mono:
            return Style(attributes: attributes.union(tone.mono))
        }
    }

    /// - Parameter palette: nil: the terminal's own colour.
    static func tone(
        _ rgb: UInt32,
        _ palette: UInt8?,
        _ ansi: Color,
        mono: TextAttributes = [],
        background: (UInt32, UInt8)? = nil,
        attributes: TextAttributes = []
    ) -> Tone {
        Tone(
            direct: color(rgb),
            palette: palette.map { .palette($0) } ?? .standard,
            ansi: ansi,
            mono: mono,
            background: background.map { Ground(direct: color($0.0), palette: .palette($0.1)) },
            attributes: attributes
        )
    }

    /// The terminal's own colour.
    static func own(_ attributes: TextAttributes = [], mono: TextAttributes = []) -> Tone {
        Tone(direct: .standard, palette: .standard, ansi: .standard, mono: mono, attributes: attributes)
    }

    /// One of the terminal's sixteen colours at every depth.
    static func ansi(_ number: UInt8, _ attributes: TextAttributes = []) -> Tone {
        let color = Color.palette(number)
        return Tone(direct: color, palette: color, ansi: color, mono: attributes, attributes: attributes)
    }

    /// A colour where there are enough of them; among sixteen, whose looks nobody knows, the terminal's own.
    static func strong(
        _ rgb: UInt32,
        _ attributes: TextAttributes = [],
        background: UInt32? = nil
    ) -> Tone {
        Tone(
            direct: color(rgb),
            palette: nearest(rgb),
            ansi: .standard,
            mono: background == nil ? attributes : .reverse,
            background: background.map { Ground(direct: color($0), palette: nearest($0)) },
            attributes: attributes
        )
    }

    private static func color(_ rgb: UInt32) -> Color {
        let (red, green, blue) = parts(rgb)
        return .rgb(red, green, blue)
    }

    private static func nearest(_ rgb: UInt32) -> Color {
        let (red, green, blue) = parts(rgb)
        return .palette(XtermPalette.nearest(red, green, blue))
    }

    private static func parts(_ rgb: UInt32) -> (red: UInt8, green: UInt8, blue: UInt8) {
        (UInt8(rgb >> 16 & 0xFF), UInt8(rgb >> 8 & 0xFF), UInt8(rgb & 0xFF))
    }
}
