import Synchronization

/// Keys as people read them: `alt+enter` is shown as `alt+⏎`, `ctrl+p` as `^P`.
package enum KeyName {
    /// - Parameter notation: as in ``Binding/keys``; several keys of a sequence are separated by spaces.
    package static func shown(_ notation: String) -> String {
        known.withLock { known in
            if let name = known[notation] { return name }
            let name = notation.split(separator: " ").map { key($0) }.joined(separator: " ")
            known[notation] = name
            return name
        }
    }

    /// Asked for with every frame, for the same few dozen keys.
    private static let known = Mutex<[String: String]>([:])

    private static func key(_ notation: Substring) -> String {
        if notation.hasPrefix("ctrl+"), notation.count == 6 { return "^" + notation.dropFirst(5).uppercased() }
        var parts = notation.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
        if notation.hasSuffix("++") { parts = Array(parts.dropLast(2)) + ["+"] }
        let last = parts.removeLast()
        let isFunction = last.count > 1 && last.hasPrefix("f") && last.dropFirst().allSatisfy(\.isNumber)
        return (parts + [isFunction ? last.uppercased() : names[last] ?? last]).joined(separator: "+")
    }

    private static let names = [
        "enter": "⏎", "escape": "esc", "esc": "esc", "backspace": "⌫", "delete": "del", "up": "↑", "down": "↓",
        "left": "←",
        "right": "→", "pageup": "pgup", "pagedown": "pgdn",
    ]
}
