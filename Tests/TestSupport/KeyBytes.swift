/// What xterm sends for a key, by the notation of key maps. Written apart from the program's own tables on purpose.
enum KeyBytes {
    /// Nil for a key that has no bytes.
    static func bytes(_ notation: String) -> [UInt8]? {
        var parts = notation.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
        if notation.hasSuffix("+") { parts = parts.dropLast(2) + ["+"] }
        guard let name = parts.popLast() else { return nil }
        let control = parts.contains("ctrl")
        let alt = parts.contains("alt")
        let shift = parts.contains("shift")
        let modifier = 1 + (shift ? 1 : 0) + (alt ? 2 : 0) + (control ? 4 : 0)
        let prefix = alt ? "\u{1B}" : ""
        if let final = finals[name] {
            return Array((modifier == 1 ? "\u{1B}[\(final)" : "\u{1B}[1;\(modifier)\(final)").utf8)
        }
        if let number = numbers[name] {
            return Array((modifier == 1 ? "\u{1B}[\(number)~" : "\u{1B}[\(number);\(modifier)~").utf8)
        }
        switch name {
        case "tab" where shift: return Array("\u{1B}[Z".utf8)
        case "f1", "f2", "f3", "f4":
            let final = ["f1": "P", "f2": "Q", "f3": "R", "f4": "S"][name] ?? ""
            return Array((modifier == 1 ? "\u{1B}O\(final)" : "\u{1B}[1;\(modifier)\(final)").utf8)
        default: break
        }
        // Only the kitty protocol tells these from the plain keys.
        if control, let code = ["enter": 13, "tab": 9, "escape": 27, "esc": 27, "backspace": 127][name] {
            return Array("\u{1B}[\(code);\(modifier)u".utf8)
        }
        if let plain = named[name] { return Array((prefix + plain).utf8) }
        guard name.count == 1, let character = name.first else { return nil }
        if control {
            guard let code = character.uppercased().utf8.first, (0x3F...0x5F).contains(code) else { return nil }
            return Array(prefix.utf8) + [code ^ 0x40]
        }
        return Array((prefix + (shift ? name.uppercased() : name)).utf8)
    }

    private static let finals = [
        "up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F",
    ]

    private static let numbers = [
        "insert": 2, "delete": 3, "pageup": 5, "pagedown": 6, "f5": 15, "f6": 17, "f7": 18, "f8": 19, "f9": 20,
        "f10": 21, "f11": 23, "f12": 24,
    ]

    private static let named = [
        "enter": "\r", "tab": "\t", "esc": "\u{1B}", "escape": "\u{1B}", "backspace": "\u{7F}", "space": " ",
    ]
}
