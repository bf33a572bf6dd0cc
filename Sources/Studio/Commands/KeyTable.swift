/// Which keys do what: the program's own bindings, with the ones that a person's settings put in their place.
package struct KeyTable: Hashable, Sendable {
    /// In the order of the help.
    package private(set) var bindings: [Binding] { didSet { index() } }
    /// Looked up for every frame, so not searched for.
    private var own: [Context: [Binding]] = [:]
    private var taken: [Context: Set<String>] = [:]
    /// What a person types where there are no keys.
    private var words: [Command: String]?

    /// Without changes by settings.
    package static let standard = KeyTable(Binding.all)

    /// Where one key has two meanings in a context, the first of them holds.
    package init(_ bindings: [Binding]) {
        self.bindings = bindings
        index()
    }

    private mutating func index() {
        own = Dictionary(grouping: bindings, by: \.context)
        taken = own.mapValues { Set($0.flatMap(\.keys)) }
    }

    /// The bindings of these contexts, in the order in which keys are looked up, with the keys that get as far.
    package func bindings(in contexts: [Context], where isWanted: (Binding) -> Bool = { _ in true }) -> [Binding] {
        contexts.indices.flatMap { place in
            (own[contexts[place]] ?? []).compactMap { binding in
                guard isWanted(binding) else { return nil }
                let keys = binding.keys.filter { reaches($0, contexts[..<place]) }
                return keys.isEmpty ? nil : keys.count == binding.keys.count ? binding : binding.with(keys: keys)
            }
        }
    }

    /// The key that is shown for `command` where `contexts` are looked up in order, as people read it; nil when it has
    /// none there.
    package func key(for command: Command, in contexts: [Context]) -> String? {
        for place in contexts.indices {
            for binding in own[contexts[place]] ?? [] where binding.command == command {
                if let key = binding.keys.first(where: { reaches($0, contexts[..<place]) }) {
                    return KeyName.shown(key)
                }
            }
        }
        return nil
    }

    /// Whether a key gets past the contexts that are looked up before.
    private func reaches(_ key: String, _ before: ArraySlice<Context>) -> Bool {
        !before.contains { taken[$0]?.contains(key) == true || $0.takes(notation: key) }
    }

    /// A word for `command` in a sentence: its key wherever it has one, else what the palette calls it.
    package func name(of command: Command) -> String {
        if let words { return words[command] ?? "“\(command.entry.hint)” on the full screen" }
        let key = bindings.lazy.compactMap { $0.command == command ? $0.keys.first : nil }.first
        return key.map(KeyName.shown) ?? "“\(command.entry.hint)”"
    }

    /// The same where no keys are pressed: ``name(of:)`` gives what is typed, or says that the full screen has it.
    package func spoken(_ words: [Command: String]) -> KeyTable {
        var table = self
        table.words = words
        return table
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
