/// A colour as a drawing asks for it; what the terminal can show of it is decided when it is presented.
package enum Color: Hashable, Sendable {
    /// The terminal's own default, which may be transparent.
    case standard
    /// A palette entry: 0…7 normal, 8…15 bright, 16…231 the colour cube, 232…255 greys.
    case palette(UInt8)
    case rgb(UInt8, UInt8, UInt8)
}

package struct TextAttributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let bold = TextAttributes(rawValue: 1 << 0)
    package static let dim = TextAttributes(rawValue: 1 << 1)
    package static let italic = TextAttributes(rawValue: 1 << 2)
    package static let underline = TextAttributes(rawValue: 1 << 3)
    package static let reverse = TextAttributes(rawValue: 1 << 4)
}

/// How a cell looks. The default is the terminal's own colours and no attributes.
package struct Style: Hashable, Sendable {
    package var foreground: Color
    package var background: Color
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

/// The outline a frame is drawn with.
package enum BorderKind: Hashable, Sendable {
    /// Thin lines with round corners: `╭─╮`.
    case light
    /// Thick lines: `┏━┓`; marks focus without colour.
    case heavy
    /// `+-+`, for terminals without line-drawing glyphs.
    case ascii
    /// `#=#`, where `ascii` has to mark focus.
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
