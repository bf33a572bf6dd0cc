/// A piece of text as lines of characters; never without a line. Line breaks lie between the lines.
struct TextFragment: Hashable, Sendable {
    var lines: [[Character]]

    static let empty = TextFragment(lines: [[]])

    init(lines: [[Character]]) { self.lines = lines }

    /// Foreign text made fit for an editor: CRLF, CR and the Unicode line breaks become one break, a tab two spaces,
    /// other control characters vanish. Where breaks are not wanted they become spaces, and those at the end vanish.
    init(cleaning text: String, isMultiline: Bool) {
        var cleaned: [String] = [""]
        var followsReturn = false
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A where followsReturn: break
            case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: cleaned.append("")
            case 0x09: cleaned[cleaned.count - 1] += "  "
            case 0..<0x20, 0x7F..<0xA0: break
            default: cleaned[cleaned.count - 1].unicodeScalars.append(scalar)
            }
            followsReturn = scalar == "\r"
        }
        if !isMultiline {
            while cleaned.count > 1, cleaned.last == "" { cleaned.removeLast() }
            cleaned = [cleaned.joined(separator: " ")]
        }
        lines = cleaned.map(Array.init)
    }

    var isEmpty: Bool { lines.count == 1 && lines[0].isEmpty }
    var hasBreak: Bool { lines.count > 1 }

    /// Characters, a line break counting as one.
    var count: Int { lines.reduce(lines.count - 1) { $0 + $1.count } }

    var text: String {
        var text = ""
        for (index, line) in lines.enumerated() {
            if index > 0 { text += "\n" }
            text.append(characters: line[...])
        }
        return text
    }

    func prefix(_ limit: Int) -> TextFragment {
        var rest = limit
        var kept: [[Character]] = []
        for line in lines {
            guard rest >= 0 else { break }
            kept.append(Array(line.prefix(rest)))
            rest -= line.count + 1
        }
        return TextFragment(lines: kept.isEmpty ? [[]] : kept)
    }

    /// Where the fragment ends when it begins at `start`.
    func end(from start: TextPosition) -> TextPosition {
        let last = lines[lines.count - 1].count
        return hasBreak
            ? TextPosition(line: start.line + lines.count - 1, column: last)
            : TextPosition(line: start.line, column: start.column + last)
    }

    mutating func append(_ other: TextFragment) {
        lines[lines.count - 1] += other.lines[0]
        lines += other.lines.dropFirst()
    }
}
