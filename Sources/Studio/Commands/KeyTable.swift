/// Which keys do what: the program's own bindings, with the ones that a person's settings put in their place.
package struct KeyTable: Hashable, Sendable {
    package private(set) var bindings: [Binding]

    package static let standard = KeyTable(Binding.all)

    package init(_ bindings: [Binding]) { self.bindings = bindings }

    /// The bindings of these contexts, in the order in which keys are looked up, with the keys that get as far.
    package func bindings(in contexts: [Context]) -> [Binding] {
        var taken: Set<String> = []
        var reachable: [Binding] = []
        for (index, context) in contexts.enumerated() {
            let own = bindings.filter { $0.context == context }
            for binding in own {
                let keys = binding.keys.filter { key in
                    !taken.contains(key) && !contexts[..<index].contains { $0.takes(notation: key) }
                }
                if !keys.isEmpty { reachable.append(binding.with(keys: keys)) }
            }
            taken.formUnion(own.flatMap(\.keys))
        }
        return reachable
    }

    /// The key that is shown for `command` where `contexts` are looked up in order, as people read it; nil when it has
    /// none there.
    package func key(for command: Command, in contexts: [Context]) -> String? {
        bindings(in: contexts).first { $0.command == command }.map { KeyName.shown($0.keys[0]) }
    }

    /// A word for `command` in a sentence: its key wherever it has one, else what the palette calls it.
    package func name(of command: Command) -> String {
        let binding = bindings.first { $0.command == command }
        return binding.map { KeyName.shown($0.keys[0]) } ?? "“\(command.entry.hint)”"
    }

    /// Gives `command` other keys in one context; none take it away there.
    package mutating func set(_ keys: [String], for command: Command, in context: Context) {
        bindings = bindings.compactMap { binding in
            guard binding.context == context, binding.command == command else { return binding }
            return keys.isEmpty ? nil : binding.with(keys: keys)
        }
    }
}

extension Context {
    /// Whether a key that types a character is text here.
    fileprivate func takes(notation: String) -> Bool {
        guard notation.count == 1 || notation == "space" else { return false }
        return takes(notation == "space" ? " " : Character(notation))
    }
}
