package import Studio
package import Terminal

/// Turns keys into actions by the one binding table. Remembers the first half of a two-key binding.
package struct Keymap: Sendable {
    private var commands: [Context: [[Key]: Command]] = [:]
    private var prefixes: [Context: Set<Key>] = [:]
    private var pending: Key?

    /// Traps when the table names a key that does not exist: a test presses each of them.
    package init(_ table: KeyTable = .standard) {
        for binding in table.bindings {
            for notation in binding.keys {
                let keys = notation.split(separator: " ").compactMap { Key(String($0)) }
                precondition(!keys.isEmpty, "the binding table names no key: \(notation)")
                commands[binding.context, default: [:]][keys] = binding.command
                if keys.count > 1 { prefixes[binding.context, default: []].insert(keys[0]) }
            }
        }
    }

    /// Whether the first half of a two-key binding was pressed.
    var isWaiting: Bool { pending != nil }

    /// The character that `key` adds to a text that is being typed, a line break included; nil where it does anything
    /// else.
    func text(for key: Key, contexts: [Context]) -> Character? {
        guard pending == nil else { return nil }
        for context in contexts {
            if let command = commands[context]?[[key]] { return command == .newline ? "\n" : nil }
            if prefixes[context]?.contains(key) == true { return nil }
            if let character = key.typed, context.takes(character) { return character }
        }
        return nil
    }

    /// What `key` means where `contexts` are looked up in order; nil: nothing.
    package mutating func action(for key: Key, contexts: [Context]) -> StudioAction? {
        let keys = [pending, key].compactMap { $0 }
        pending = nil
        for context in contexts {
            if let command = commands[context]?[keys] { return .command(command) }
            if keys.count == 1, prefixes[context]?.contains(key) == true {
                pending = key
                return nil
            }
            if keys.count == 1, let character = key.typed, context.takes(character) { return .typed(String(character)) }
        }
        return nil
    }
}
