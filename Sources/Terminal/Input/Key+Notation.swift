extension Key {
    /// Reads the notation of key maps: modifiers and a key joined by `+`, such as `alt+enter`, `ctrl+x`, `f5`,
    /// `shift+tab`, `space`, `?`, `ctrl++`. Names are read in any case; the case of a single letter counts.
    ///
    /// Nil when the text names no key.
    package init?(_ notation: String) {
        var rest = Substring(notation)
        var modifiers: KeyModifiers = []
        while let plus = rest.dropFirst().firstIndex(of: "+"), rest.index(after: plus) != rest.endIndex {
            guard let modifier = Self.modifierNames[rest[..<plus].lowercased()] else { return nil }
            modifiers.insert(modifier)
            rest = rest[rest.index(after: plus)...]
        }
        if rest.count == 1, let character = rest.first {
            self.init(.character(character), modifiers: modifiers)
        } else if let code = Self.codesByName[rest.lowercased()] {
            self.init(code, modifiers: modifiers)
        } else if rest.lowercased() == "backtab" {
            self.init(.tab, modifiers: modifiers.union(.shift))
        } else if rest.first == "f" || rest.first == "F", let number = Int(rest.dropFirst()), (1...35).contains(number)
        {
            self.init(.function(number), modifiers: modifiers)
        } else {
            return nil
        }
    }

    /// The notation that `init(_:)` reads, with modifiers in the order ctrl, alt, shift.
    package var notation: String {
        modifierPrefix + name
    }

    private var modifierPrefix: String {
        (modifiers.contains(.control) ? "ctrl+" : "")
            + (modifiers.contains(.alt) ? "alt+" : "")
            + (modifiers.contains(.shift) ? "shift+" : "")
    }

    private var name: String {
        switch code {
        case .character(" "): "space"
        case .character(let character): String(character)
        case .function(let number): "f\(number)"
        default: Self.names[code] ?? ""
        }
    }

    private static let modifierNames: [String: KeyModifiers] = [
        "ctrl": .control, "control": .control, "alt": .alt, "meta": .alt, "shift": .shift,
    ]

    private static let names: [KeyCode: String] = [
        .enter: "enter", .tab: "tab", .escape: "esc", .backspace: "backspace", .delete: "delete", .insert: "insert",
        .up: "up", .down: "down", .left: "left", .right: "right", .home: "home", .end: "end",
        .pageUp: "pageup", .pageDown: "pagedown",
    ]

    private static let codesByName: [String: KeyCode] = {
        var codes: [String: KeyCode] = [
            "space": .character(" "), "plus": .character("+"), "return": .enter, "escape": .escape, "del": .delete,
            "ins": .insert, "pgup": .pageUp, "pgdn": .pageDown,
        ]
        for (code, name) in names { codes[name] = code }
        return codes
    }()
}
