package import Studio
import Terminal

extension KeyTable {
    /// Why a setting of keys cannot be followed.
    package struct Mistake: Error, Hashable, Sendable {
        /// The action that it is about, as the settings name it.
        package let action: String
        /// A sentence that names the key.
        package let reason: String
    }

    /// The standard table with other keys for some actions. An action keeps its own keys where the given ones would be
    /// text, and none at all takes its keys away.
    package init(rebinding changes: [(action: String, keys: [String])]) throws(Mistake) {
        self = .standard
        var changed: Set<Command> = []
        for (action, notations) in changes {
            guard let command = Command(rawValue: action) else {
                throw Mistake(action: action, reason: "keys has no action \(action)")
            }
            try rebind(command, to: notations)
            changed.insert(command)
        }
        try check(changed)
    }

    private mutating func rebind(_ command: Command, to notations: [String]) throws(Mistake) {
        func mistake(_ reason: String) -> Mistake { Mistake(action: command.rawValue, reason: reason) }
        var keys: [[Key]] = []
        for notation in notations {
            let parts = notation.split(separator: " ").map(String.init)
            let read = parts.compactMap { Key($0) }
            guard (1...2).contains(parts.count), read.count == parts.count else {
                throw mistake("\(notation) is no key: write it as alt+enter, ctrl+x ctrl+e, f5 or ?")
            }
            // Where both keys do the same, nothing is lost.
            let isOwn = Binding.all.contains { $0.command == command && $0.keys.contains(notation) }
            if !isOwn, let reason = read.lazy.compactMap(\.impossibility).first {
                throw mistake("\(notation): \(reason)")
            }
            keys.append(read)
        }
        if command == .run, let unsafe = keys.first(where: { !$0[0].isDeliberate }) {
            throw mistake(
                "\(Self.notation(unsafe)) would spend money by one touch: run needs ctrl, alt or a function key"
            )
        }
        let contexts = bindings.filter { $0.command == command }.map(\.context)
        if keys.isEmpty, [.back, .choose, .confirm, .switchButton, .palette].contains(command) {
            throw mistake("\(command.rawValue) needs a key: nothing else does it")
        }
        var isReachable = keys.isEmpty
        for context in contexts {
            let fitting = keys.filter { context.canBind($0[0]) }
            guard keys.isEmpty || !fitting.isEmpty else { continue }
            isReachable = true
            set(fitting.map(Self.notation), for: command, in: context)
        }
        if !isReachable { throw mistake("\(Self.notation(keys[0])) is text where \(command.rawValue) is used") }
    }

    /// A key must not mean two things in one place, and what was asked for must not be hidden by what is nearer.
    private func check(_ changed: Set<Command>) throws(Mistake) {
        for command in changed.sorted(by: { $0.rawValue < $1.rawValue }) {
            for binding in bindings where binding.command == command {
                for key in binding.keys {
                    let other = bindings.first { other in
                        other.command != command && binding.context.isCovered(by: other.context)
                            && other.keys.contains { Self.collide($0, key) }
                    }
                    guard let other else { continue }
                    throw Mistake(
                        action: command.rawValue,
                        reason: "\(key) is the key of \(other.command.rawValue) \(other.context.place): "
                            + "give that another, or take another here"
                    )
                }
            }
        }
    }

    /// Whether both are the same, or one is the beginning of the other.
    private static func collide(_ one: String, _ other: String) -> Bool {
        let one = one.split(separator: " ").compactMap { Key(String($0)) }
        let other = other.split(separator: " ").compactMap { Key(String($0)) }
        return zip(one, other).allSatisfy { $0 == $1 }
    }

    private static func notation(_ keys: [Key]) -> String { keys.map(\.notation).joined(separator: " ") }
}

extension Key {
    /// Why a terminal cannot send it, as far as every terminal is meant; nil when it can.
    fileprivate var impossibility: String? {
        guard case .character(let character) = code else { return nil }
        if modifiers.subtracting(.alt) == .control, let twin = Self.twins[character] {
            return "terminals send the same for \(notation) and for \(modifiers.contains(.alt) ? "alt+" : "")\(twin)"
        }
        if modifiers == .alt, character == "[" || character == "O" {
            return "terminals begin other keys with what they send for \(notation)"
        }
        return nil
    }

    /// What control makes of a character is another key's byte.
    private static let twins: [Character: String] = [
        "m": "enter", "i": "tab", "[": "escape", "h": "backspace", "?": "backspace", "8": "backspace", "3": "escape",
        "@": "ctrl+space", "2": "ctrl+space", "4": "ctrl+\\", "5": "ctrl+]", "6": "ctrl+^", "7": "ctrl+_",
        "/": "ctrl+_",
    ]

    /// Nobody presses it while typing, or by leaning on the keyboard.
    fileprivate var isDeliberate: Bool {
        if case .function = code { return true }
        return !modifiers.isDisjoint(with: [.control, .alt])
    }
}

extension Context {
    fileprivate var isDialog: Bool { [.picker, .confirmation, .guide, .spend].contains(self) }

    /// Letters and signs are text wherever one can type.
    fileprivate func canBind(_ key: Key) -> Bool {
        guard key.typed != nil else { return true }
        return switch self {
        case .text, .prompt, .field, .picker, .guide, .insert, .normal: false
        default: true
        }
    }

    /// Whether a key of `other` is looked up before the same key of this context, or together with it.
    fileprivate func isCovered(by other: Context) -> Bool {
        if self == other { return true }
        return switch self {
        // In vim's normal mode vim's keys come first whatever they are elsewhere; in a path and behind a name, Tab goes on with it.
        case .everywhere: !other.isDialog && ![.normal, .address, .libraryName].contains(other)
        case .list: [.model, .images, .inputs, .predictions, .detail].contains(other)
        case .text: [.prompt, .field, .address, .libraryName, .picker, .guide, .insert].contains(other)
        case .field: other == .address
        case .prompt: [.insert, .libraryName].contains(other)
        default: false
        }
    }

    fileprivate var place: String { self == .everywhere ? "everywhere" : "(\(title.lowercased()))" }
}
