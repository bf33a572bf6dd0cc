/// Converts any text to a form that is safe to show on a terminal.
///
/// ncurses advances by libc's width of each spacing scalar, and terminals disagree about larger clusters. So text is
/// broken into *display clusters*: one spacing scalar with at most four marks. An emoji sequence shows its first emoji,
/// a flag its two letters, a control character a visible replacement. Every `Character` takes at least one column, so
/// that a caret can stand on it. Text in files and requests is not changed by this.
package enum DisplayText {
    /// The text as it is shown, on one line: without control characters, escapes, bidi overrides and invisible scalars.
    package static func sanitise(_ text: String) -> String {
        if isPlainASCII(text) { return text }
        var safe = ""
        forEachCluster(in: text) { cluster, _ in
            safe += cluster
            return true
        }
        return safe
    }

    /// Drawn instead of a scalar that must not be shown.
    static let replacement = "\u{FFFD}"
    static let replacementScalar: UInt32 = 0xFFFD

    /// The printable ASCII characters as strings, by code. Control characters have visible replacements.
    static let ascii: [String] = (0..<128).map { code in
        switch code {
        case 0x09: " "
        case 0x0A: "↵"
        case 0x7F: "␡"
        case ..<0x20: String(Character(Unicode.Scalar(UInt32(0x2400 + code)) ?? " "))
        default: String(Character(Unicode.Scalar(UInt8(code))))
        }
    }

    static func isPlainASCII(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }

    /// The first display cluster; a blank for an empty text.
    static func firstCluster(of text: String) -> (text: String, columns: Int) {
        if text.utf8.count == 1, isPlainASCII(text) { return (text, 1) }
        var first = (text: " ", columns: 1)
        forEachCluster(in: text) { cluster, columns in
            first = (cluster, columns)
            return false
        }
        return first
    }

    /// Calls `body` with each display cluster and its columns (1 or 2) until `body` returns false.
    static func forEachCluster(in text: String, _ body: (String, Int) -> Bool) {
        for character in text where !forEachCluster(of: character, body) {
            return
        }
    }

    /// Returns false when `body` has returned false.
    @discardableResult
    static func forEachCluster(of character: Character, _ body: (String, Int) -> Bool) -> Bool {
        if let code = character.asciiValue {
            // The character CR LF counts as a line feed.
            return body(ascii[Int(code)], 1)
        }
        let scalars = character.unicodeScalars
        let isSequence = scalars.contains { $0 == "\u{200D}" } && (scalars.first?.isPictograph ?? false)
        var base: Unicode.Scalar?
        var cluster = ""
        var marks = 0
        for scalar in scalars {
            switch scalar.displayClass {
            case .mark:
                if base == nil {
                    base = "◌"
                    cluster = "◌"
                }
                if marks < 4 {
                    cluster.unicodeScalars.append(scalar)
                    marks += 1
                }
            case .joiner where base != nil:
                continue
            case let kind:
                if let done = base {
                    guard body(cluster, done.columns) else { return false }
                }
                let shown = kind.text(for: scalar)
                base = shown.unicodeScalars.first
                cluster = shown
                marks = 0
            }
            if isSequence, base != nil { break }
        }
        return base.map { body(cluster, $0.columns) } ?? true
    }
}

private enum DisplayClass {
    case spacing
    case blank
    case mark
    /// Changes the scalar before it and is not drawn itself: joiners, variation selectors, skin tones, tags.
    case joiner
    case lineBreak
    case flagLetter
    case control
    case hidden

    func text(for scalar: Unicode.Scalar) -> String {
        switch self {
        case .spacing, .mark: String(Character(scalar))
        case .blank: " "
        case .lineBreak: "↵"
        case .flagLetter: DisplayText.ascii[Int(scalar.value - 0x1F1E6) + 0x41]
        case .control: DisplayText.ascii[Int(scalar.value)]
        case .joiner where scalar.isSkinTone: String(Character(scalar))
        case .joiner, .hidden: DisplayText.replacement
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isSkinTone: Bool { (0x1F3FB...0x1F3FF).contains(value) }

    fileprivate var isPictograph: Bool { value > 0xFF && properties.isEmoji }

    fileprivate var displayClass: DisplayClass {
        switch value {
        case 0x20...0x7E: return .spacing
        case 0x00...0x1F, 0x7F: return .control
        case 0x80...0x9F: return .hidden
        case 0x200C, 0x200D, 0x20E3, 0xFE00...0xFE0F, 0xE0020...0xE007F, 0xE0100...0xE01EF: return .joiner
        case 0x1F1E6...0x1F1FF: return .flagLetter
        case 0x1F3FB...0x1F3FF: return .joiner
        case 0x2500...0x25FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3: return .spacing
        default: break
        }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return .mark
        case .otherLetter where isCombiningJamo: return .mark
        case .control, .format, .surrogate, .unassigned: return .hidden
        case .lineSeparator, .paragraphSeparator: return .lineBreak
        case .spaceSeparator where columns == 1: return .blank
        default: return .spacing
        }
    }

    private var isCombiningJamo: Bool { (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) }

    /// The columns of a spacing scalar: 1 or 2.
    var columns: Int {
        if value < 0x1100 { return 1 }
        return WideScalars.contains(value) ? 2 : 1
    }
}
