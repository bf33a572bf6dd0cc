/// Escapes characters of a JSON document that could steer a terminal or change the direction of text. JSON itself does
/// not require it.
package enum JSONEscape {
    /// True for DEL, C1 controls, line and paragraph separators, and every character that changes the direction of
    /// text.
    static func isNeeded(for scalar: UInt32) -> Bool {
        switch scalar {
        case 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// The escape sequence of a scalar of at most four hexadecimal digits, such as `\\u202e`.
    static func sequence(for scalar: UInt32) -> String {
        let digits = String(scalar, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    /// Escapes these characters in a document that another encoder wrote. The result is the same document, because the
    /// characters can stand in strings only.
    package static func apply(to document: String) -> String {
        guard document.unicodeScalars.contains(where: { isNeeded(for: $0.value) }) else { return document }
        return document.unicodeScalars.reduce(into: "") { text, scalar in
            if isNeeded(for: scalar.value) {
                text += sequence(for: scalar.value)
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
    }
}
