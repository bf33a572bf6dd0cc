import Terminal
import TestSupport

/// Drawing operations for the probe, and the surface that they should make.
struct Drawing {
    struct Stroke: Encodable {
        var column: Int
        var row: Int
        var text: String
        var foreground: [UInt8]
        var background: [UInt8]
        var attributes: UInt8
    }

    let strokes: [Stroke]
    let surface: Surface

    static func random(columns: Int, rows: Int, using random: inout SeededGenerator) -> Drawing {
        var strokes: [Stroke] = []
        var surface = Surface(size: Size(columns: columns, rows: rows))
        for _ in 0..<Int.random(in: 1...30, using: &random) {
            let text = (0..<Int.random(in: 1...12, using: &random)).map { _ in pieces.randomElement(using: &random)! }
            let stroke = Stroke(
                column: Int.random(in: -4...columns, using: &random),
                row: Int.random(in: -1...rows, using: &random),
                text: text.joined(),
                foreground: color(&random),
                background: color(&random),
                attributes: UInt8.random(in: 0..<32, using: &random) & ~TextAttributes.dim.rawValue
            )
            strokes.append(stroke)
            surface.write(
                stroke.text,
                at: Point(column: stroke.column, row: stroke.row),
                style: Style(
                    foreground: Self.color(stroke.foreground),
                    background: Self.color(stroke.background),
                    attributes: TextAttributes(rawValue: stroke.attributes)
                )
            )
        }
        return Drawing(strokes: strokes, surface: surface)
    }

    static let pieces = [
        "a", "b", " ", "xyz", "…", "╭─╮", "┃", "漢", "字", "한", "é", "e\u{301}", "o\u{302}\u{323}", "🦊", "👍🏽", "👨‍👩‍👧", "❤️",
        "🇩🇪", "\u{1B}[31m", "\u{7}", "\u{202E}", "\n", "\r\n", "\t", "ﬁ", "क्षि", "\u{9B}", "◐", "▀", "█",
    ]

    private static func color(_ random: inout SeededGenerator) -> [UInt8] {
        let counts = [0, 0, 1, 3]
        return (0..<counts.randomElement(using: &random)!).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    private static func color(_ parts: [UInt8]) -> Color {
        switch parts.count {
        case 1: .palette(parts[0])
        case 3: .rgb(parts[0], parts[1], parts[2])
        default: .standard
        }
    }

    /// The cells in which the terminal differs. Of a blank cell only the visible attributes are compared.
    func differences(from frame: TerminalFrame) -> [String] {
        var found: [String] = []
        for row in 0..<surface.size.rows {
            for column in 0..<surface.size.columns {
                let wanted = surface[column, row]
                if wanted.text.isEmpty { continue }
                let shown = frame[column, row]
                let style = wanted.style
                let isSame =
                    wanted.text.unicodeScalars.elementsEqual(shown.text.unicodeScalars)
                    && Self.expected(style.background) == shown.background
                    && style.attributes.contains(.reverse) == shown.isReversed
                    && style.attributes.contains(.underline) == shown.isUnderlined
                    && (wanted.text == " "
                        || (Self.expected(style.foreground) == shown.foreground
                            && style.attributes.contains(.bold) == shown.isBold
                            && style.attributes.contains(.italic) == shown.isItalic))
                if !isSame { found.append("\(column),\(row): wanted \(wanted), shown \(shown)") }
            }
        }
        return found
    }

    private static func expected(_ color: Color) -> TerminalFrame.Color {
        switch color {
        case .standard: .standard
        case .palette(let entry): .indexed(entry)
        case .rgb(0, 0, let blue): .rgb(0, 1, blue)
        case .rgb(let red, let green, let blue): .rgb(red, green, blue)
        }
    }
}
