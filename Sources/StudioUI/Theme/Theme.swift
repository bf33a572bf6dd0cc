import Pictures
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
    }

    /// For dark terminals.
    package static let darkroom = Theme(
        name: "darkroom",
        tones: [
            .text: tone(0xD8DAE3, 253, .standard),
            .muted: tone(0x9AA0B4, 248, .standard, mono: .dim),
            .faint: tone(0x70778F, 244, .palette(8), mono: .dim),
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
            .muted: tone(0x5B6174, 241, .standard, mono: .dim),
            .faint: tone(0x777D90, 244, .palette(8), mono: .dim),
            .border: tone(0xB9B4A5, 249, .palette(8)),
            .focus: tone(0x0F6A8B, 24, .palette(6), mono: .bold),
            .selection: tone(0x1B1D25, 234, .standard, mono: .reverse, background: (0xE6DFCB, 253)),
            .cost: tone(0x7A5A00, 94, .palette(3), mono: .bold),
            .running: tone(0x6A45C2, 61, .palette(5)),
            .ok: tone(0x2F7D32, 29, .palette(2)),
            .warn: tone(0xA34A00, 130, .palette(3)),
            .error: tone(0xB3261E, 124, .palette(1), mono: .bold),
        ]
    )

    package static let all = [darkroom, lightbox]

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

    private static func tone(
        _ rgb: UInt32,
        _ palette: UInt8,
        _ ansi: Color,
        mono: TextAttributes = [],
        background: (UInt32, UInt8)? = nil
    ) -> Tone {
        Tone(
            direct: color(rgb),
            palette: .palette(palette),
            ansi: ansi,
            mono: mono,
            background: background.map { (color($0.0), .palette($0.1)) }
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
