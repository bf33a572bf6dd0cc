/// What a stranger could write who wants to steer a terminal: title, clipboard, screen, device strings, C1, bidi.
package enum HostileText {
    /// Sets the title, writes the clipboard (OSC 52), clears the screen, opens a DCS, and turns the writing
    /// direction.
    package static let sample =
        "\u{1B}]0;OWNED\u{7}\u{1B}]52;c;T1dORUQ=\u{7}\u{1B}[2J\u{9B}5m\u{9D}0;x\u{9C}\u{1B}P1;1|p\u{1B}\\\u{202E}live\u{2066}\u{8}\u{7F}"

    /// Texts that people write get it at their end; names, addresses, dates and whatever else is read by programs stay.
    static func added(to json: JSON, key: String = "") -> JSON {
        switch json {
        case .string(let text):
            let isAddress = ["http://", "https://", "data:"].contains { text.hasPrefix($0) }
            return isAddress || !texts.contains(key) ? json : .string(text + sample)
        case .array(let elements): return .array(elements.map { added(to: $0, key: key) })
        case .object(let members):
            return .object(members.reduce(into: [:]) { $0[$1.key] = added(to: $1.value, key: $1.key) })
        case .null, .bool, .integer, .number: return json
        }
    }

    private static let texts: Set<String> = [
        "description", "title", "detail", "error", "logs", "output", "prompt", "text", "caption", "transcription",
        "username", "readme", "msg", "message", "negative_prompt", "system_prompt", "code",
    ]
}
