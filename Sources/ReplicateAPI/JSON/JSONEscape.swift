/// Which characters of a JSON document are escaped although JSON does not ask for it.
package enum JSONEscape {
    /// C1 controls, DEL, line separators, and everything that changes the direction of text.
    static func isNeeded(for scalar: UInt32) -> Bool {
        switch scalar {
        case 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// `\\u202e`.
    static func of(_ scalar: UInt32) -> String {
        let digits = String(scalar, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    /// A document that another encoder wrote, with these characters escaped: they stand in strings only.
    package static func apply(to document: String) -> String {
        guard document.unicodeScalars.contains(where: { isNeeded(for: $0.value) }) else { return document }
        return document.unicodeScalars.reduce(into: "") { text, scalar in
            if isNeeded(for: scalar.value) { text += of(scalar.value) } else { text.unicodeScalars.append(scalar) }
        }
    }
}
