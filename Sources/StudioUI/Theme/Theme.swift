import Pixels
package import Terminal

/// Colours by role, for each depth a terminal can have. No colour is the only carrier of a meaning.
package struct Theme: Sendable {
    package let name: String
    private let tones: [Role: Tone]

    /// One role in 24 bits, in the 256-colour palette, and in the 16 colours that every user has chosen for himself.
    private struct Tone: Sendable {
        var direct: Color
        var palette: Color
        var ansi: Color
        var mono: TextAttributes = []
        var background: (direct: Color, palette: Color)?
        /// At every depth but mono: what tells it where the colour is the terminal's own.
        var attributes: TextAttributes = []
    }

    /// For dark terminals.
    package static let darkroom = Theme(
        name: "darkroom",
        tones: [
            .text: tone(0xD8DAE3, 253, .standard),
            .muted: tone(0x9AA0B4, 248, .standard, mono: .dim),
            .faint: tone(0x8289A2, 245, .palette(8), mono: .dim),
            .border: tone(0x434960, 239, .palette(8)),
            .focus: tone(0x7CC0D8, 110, .palette(6), mono: .bold),
            .selection: tone(0xF5F3EC, 255, .standard, mono: .reverse, background: (0x2B3042, 236)),
            .cost: tone(0xF2D08C, 222, .palette(11), mono: .bold),
            .running: tone(0xB79DF0, 147, .palette(5)),
            .ok: tone(0x8FC98B, 114, .palette(2)),
            .warn: tone(0xEB9F5A, 179, .palette(3)),
            .error: tone(0xF07F86, 210, .palette(1), mono: .bold),
        ]
    )

    /// For light terminals.
    package static let lightbox = Theme(
        name: "lightbox",
        tones: [
            .text: tone(0x2A2D38, 236, .standard),
            .muted: tone(0x565C6E, 240, .standard, mono: .dim),
            .faint: tone(0x676D80, 242, .standard, mono: .dim),
            .border: tone(0xB9B4A5, 249, .palette(8)),
            .focus: tone(0x0C6382, 24, .palette(4), mono: .bold),
            .selection: tone(0x1B1D25, 234, .standard, mono: .reverse, background: (0xE6DFCB, 254)),
            .cost: tone(0x765700, 58, .standard, mono: .bold),
            .running: tone(0x6440BA, 55, .palette(5)),
            .ok: tone(0x236B27, 22, .standard),
            .warn: tone(0x994500, 94, .standard),
            .error: tone(0xB3261E, 124, .palette(1), mono: .bold),
        ]
    )

    /// For terminals that do not say what their background is. Text is in the terminal's own colour, which its own
    /// background cannot hide; what has a colour all the same has 4.5:1 on black and on white.
    package static let neutral = Theme(
        name: "neutral",
        tones: [
            .text: own(),
            .muted: own(mono: .dim),
            .faint: own(.dim, mono: .dim),
            .border: tone(0x767676, 243, .standard),
            .focus: tone(0x097FA4, 63, .standard, mono: .bold, attributes: .bold),
            .selection: own(.reverse, mono: .reverse),
            .cost: own(.bold, mono: .bold),
            .running: tone(0x7A5EE8, 98, .standard),
            .ok: tone(0x0F8823, 29, .standard),
            .warn: tone(0xC94E00, nil, .standard, attributes: .bold),
            .error: tone(0xE91320, 131, .standard, mono: .bold, attributes: .bold),
        ]
    )

    /// Those that can be asked for by name.
    package static let all = [darkroom, lightbox]

    /// The theme for a terminal whose background is that, 8 bits a channel.
    package static func fitting(red: UInt8, green: UInt8, blue: UInt8) -> Theme {
        let ground = Contrast.luminance(red, green, blue)
        return Contrast.ratio(ground, 1) >= Contrast.ratio(ground, 0) ? darkroom : lightbox
    }

    /// The theme while the terminal has not said what its background is: rxvt and Konsole leave word in the environment,
    /// and a Linux console is dark.
    package static func guessed(environment: [String: String]) -> Theme {
        if environment["TERM"]?.hasPrefix("linux") == true { return darkroom }
        switch environment["COLORFGBG"]?.split(separator: ";").last.flatMap({ Int($0) }) {
        case .some(0...6), .some(8): return darkroom
        case .some(7), .some(15): return lightbox
        default: return neutral
        }
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
        if let rgb = selectionBackground { tones[.selection]?.background = (Self.color(rgb), Self.nearest(rgb)) }
        return Theme(name: name, tones: tones)
    }

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
    private static func tone(
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
            background: background.map { (color($0.0), .palette($0.1)) },
            attributes: attributes
        )
    }

    /// The terminal's own colour.
    private static func own(_ attributes: TextAttributes = [], mono: TextAttributes = []) -> Tone {
        Tone(direct: .standard, palette: .standard, ansi: .standard, mono: mono, attributes: attributes)
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
