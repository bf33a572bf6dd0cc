import Terminal

extension Theme {
    /// For dark terminals.
    package static let darkroom = Theme(
        name: "darkroom",
        tones: [
            .text: tone(0xD8DAE3, 253, .standard),
            .muted: tone(0x9AA0B4, 248, .standard, mono: .dim),
            .faint: tone(0x8289A2, 245, .palette(8), mono: .dim),
            .border: tone(0x62698C, 242, .palette(8)),
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
            .border: tone(0x918A77, 244, .palette(8)),
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

    /// In the terminal's own sixteen colours, whatever they are.
    package static let terminal = Theme(
        name: "terminal",
        tones: [
            .text: own(),
            .muted: own(mono: .dim),
            .faint: own(.dim, mono: .dim),
            .border: own(.dim),
            .focus: ansi(6, .bold),
            .selection: own(.reverse, mono: .reverse),
            .cost: own(.bold, mono: .bold),
            .running: ansi(5),
            .ok: ansi(2),
            .warn: ansi(3, .bold),
            .error: ansi(1, .bold),
        ]
    )

    /// 7:1 and more on dark grounds.
    static let darkContrast = Theme(
        name: "contrast",
        tones: [
            .text: strong(0xFFFFFF),
            .muted: strong(0xE4E4E4),
            .faint: strong(0xD0D0D0),
            .border: strong(0xBCBCBC),
            .focus: strong(0x87FFFF, .bold),
            .selection: strong(0xFFFFFF, background: 0x3A3A3A),
            .cost: strong(0xFFFF87, .bold),
            .running: strong(0xD7AFFF),
            .ok: strong(0x87FF87),
            .warn: strong(0xFFAF5F, .bold),
            .error: strong(0xFFAFAF, .bold),
        ]
    )

    /// 7:1 and more on light grounds.
    static let lightContrast = Theme(
        name: "contrast",
        tones: [
            .text: strong(0x000000),
            .muted: strong(0x1C1C1C),
            .faint: strong(0x303030),
            .border: strong(0x444444),
            .focus: strong(0x00005F, .bold),
            .selection: strong(0x000000, background: 0xE4E4E4),
            .cost: strong(0x3A3000, .bold),
            .running: strong(0x5F00AF),
            .ok: strong(0x004A00),
            .warn: strong(0x5F2600, .bold),
            .error: strong(0x7A0000, .bold),
        ]
    )

    /// For grounds that nobody knows: no colour at all.
    static let ownContrast = Theme(
        name: "contrast",
        tones: [
            .text: own(),
            .muted: own(),
            .faint: own(),
            .border: own(),
            .focus: own(.bold, mono: .bold),
            .selection: own(.reverse, mono: .reverse),
            .cost: own(.bold, mono: .bold),
            .running: own(.underline, mono: .underline),
            .ok: own(),
            .warn: own(.bold, mono: .bold),
            .error: own([.bold, .underline], mono: [.bold, .underline]),
        ]
    )
}
