/// The colour that a drawing asks for. It is adapted to the terminal when the surface is presented.
package enum Color: Hashable, Sendable {
    /// The terminal's default, which may be transparent.
    case standard
    /// A palette entry: 0…7 normal, 8…15 bright, 16…231 the colour cube, 232…255 greys.
    case palette(UInt8)
    case rgb(UInt8, UInt8, UInt8)
}

/// Attributes of the text in a cell. A terminal may ignore any of them.
package struct TextAttributes: OptionSet, Hashable, Sendable {
    /// The bits in the order of the constants; passed to the C shim unchanged.
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Bold, or bright in some terminals.
    package static let bold = TextAttributes(rawValue: 1 << 0)
    /// Less intense.
    package static let dim = TextAttributes(rawValue: 1 << 1)
    /// Italic.
    package static let italic = TextAttributes(rawValue: 1 << 2)
    /// Underlined.
    package static let underline = TextAttributes(rawValue: 1 << 3)
    /// Foreground and background exchanged.
    package static let reverse = TextAttributes(rawValue: 1 << 4)
}

/// Colours and attributes of a cell. The default is the terminal's own colours and no attributes.
package struct Style: Hashable, Sendable {
    /// The colour of the text.
    package var foreground: Color
    /// The colour behind the text.
    package var background: Color
    /// Attributes in addition to the colours.
    package var attributes: TextAttributes

    package init(
        foreground: Color = .standard,
        background: Color = .standard,
        attributes: TextAttributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }
}

/// The characters with which a frame is drawn.
package enum BorderKind: Hashable, Sendable {
    /// Thin lines with round corners: `╭─╮`.
    case light
    /// Thick lines: `┏━┓`. They mark the focus without colour.
    case heavy
    /// `+-+`, for terminals without line-drawing glyphs.
    case ascii
    /// `#=#`, marks the focus where `ascii` is used.
    case heavyASCII

    var glyphs: BorderGlyphs {
        switch self {
        case .light: BorderGlyphs("╭", "╮", "╰", "╯", "─", "│")
        case .heavy: BorderGlyphs("┏", "┓", "┗", "┛", "━", "┃")
        case .ascii: BorderGlyphs("+", "+", "+", "+", "-", "|")
        case .heavyASCII: BorderGlyphs("#", "#", "#", "#", "=", "#")
        }
    }
}

struct BorderGlyphs {
    let topLeft: String
    let topRight: String
    let bottomLeft: String
    let bottomRight: String
    let horizontal: String
    let vertical: String

    init(
        _ topLeft: String,
        _ topRight: String,
        _ bottomLeft: String,
        _ bottomRight: String,
        _ horizontal: String,
        _ vertical: String
    ) {
        self.topLeft = topLeft
        self.topRight = topRight
        self.bottomLeft = bottomLeft
        self.bottomRight = bottomRight
        self.horizontal = horizontal
        self.vertical = vertical
    }
}
