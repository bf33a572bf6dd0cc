extension VimCommand {
    /// Reads the keys typed since the last command.
    static func read(_ keys: String, isVisual: Bool) -> Reading {
        var rest = Substring(keys)
        var count: Int?
        var register: Character?
        func number() {
            guard let first = rest.first, ("1"..."9").contains(first) else { return }
            let digits = rest.prefix { ("0"..."9").contains($0) }
            rest = rest.dropFirst(digits.count)
            count = min((count ?? 1) * min(Int(digits) ?? mostTimes, mostTimes), mostTimes)
        }
        number()
        while rest.first == "\"" {
            rest.removeFirst()
            guard let name = rest.popFirst() else { return .incomplete(isPattern: false) }
            guard VimRegisters.hasRegister(name) else { return .invalid }
            register = name
            number()
        }
        guard !rest.isEmpty else { return .incomplete(isPattern: false) }
        func command(_ part: Part<Action>) -> Reading {
            switch part {
            case .incomplete(let isPattern): .incomplete(isPattern: isPattern)
            case .invalid: .invalid
            case .whole(let action):
                .command(VimCommand(register: register, count: count ?? 1, hasCount: count != nil, action: action))
            }
        }
        if isVisual { return command(visual(rest)) }
        // Filters and indenting by syntax are not known; the motion behind the key belongs to it.
        let isUnknown = rest.first == "!" || rest.first == "="
        if isUnknown { rest = "d" + rest.dropFirst() }
        guard let (verb, keys) = verb(&rest) else { return command(plain(rest)) }
        number()
        guard let next = rest.first else { return .incomplete(isPattern: false) }
        if isUnknown, next == "!" || next == "=" { return .invalid }
        if keys.contains(String(rest)) { return command(.whole(.applyToLines(verb))) }
        if next == "g", keys.contains(where: { $0.hasPrefix(rest) }) { return .incomplete(isPattern: false) }
        let part =
            object(rest)?.map { Action.applyToObject(verb, $0) } ?? motion(rest).map { Action.apply(verb, $0) }
        if isUnknown, case .whole = part { return .invalid }
        return command(part)
    }

    private static let mostTimes = 999

    /// What keys mean that are part of a command.
    private enum Part<Value> {
        case incomplete(isPattern: Bool)
        case invalid
        case whole(Value)

        func map<Other>(_ change: (Value) -> Other) -> Part<Other> {
            switch self {
            case .incomplete(let isPattern): .incomplete(isPattern: isPattern)
            case .invalid: .invalid
            case .whole(let value): .whole(change(value))
            }
        }
    }

    /// Takes an operator off the keys, with the keys that, typed behind it, mean whole lines.
    private static func verb(_ keys: inout Substring) -> (Verb, Set<String>)? {
        guard let first = keys.first else { return nil }
        if let verb = verbs[first] {
            keys.removeFirst()
            return (verb, [String(first)])
        }
        guard first == "g", let second = keys.dropFirst().first, let verb = farVerbs[second] else { return nil }
        keys.removeFirst(2)
        return (verb, [String(second), "g\(second)"])
    }

    private static let verbs: [Character: Verb] = [
        "d": .delete, "c": .change, "y": .copy, ">": .indent, "<": .outdent,
    ]
    private static let farVerbs: [Character: Verb] = ["u": .lower, "U": .upper, "~": .swapCase]

    private static func plain(_ keys: Substring) -> Part<Action> {
        guard let key = keys.first else { return .incomplete(isPattern: false) }
        let next = keys.dropFirst().first
        switch key {
        case "r": return next.map { .whole(.replace($0)) } ?? .incomplete(isPattern: false)
        case "g":
            guard let next else { return .incomplete(isPattern: false) }
            if let action = farActions[next] { return .whole(action) }
        default: if let action = actions[key] { return .whole(action) }
        }
        return motion(keys).map { .move($0) }
    }

    private static func visual(_ keys: Substring) -> Part<Action> {
        guard let key = keys.first else { return .incomplete(isPattern: false) }
        let next = keys.dropFirst().first
        if let object = object(keys) { return object.map { .selectObject($0) } }
        switch key {
        case "r": return next.map { .whole(.replace($0)) } ?? .incomplete(isPattern: false)
        case "g":
            guard let next else { return .incomplete(isPattern: false) }
            if let verb = farVerbs[next] { return .whole(.applyToSelection(verb, isLinewise: false)) }
            if next == "J" { return .whole(.join(withBlank: false)) }
            if next == "v" { return .whole(.selectAgain) }
        default: if let action = visualActions[key] { return .whole(action) }
        }
        return motion(keys).map { .move($0) }
    }

    private static func object(_ keys: Substring) -> Part<Object>? {
        guard let key = keys.first, key == "i" || key == "a" else { return nil }
        guard let name = keys.dropFirst().first else { return .incomplete(isPattern: false) }
        return objects[name].map { .whole(Object(kind: $0, isWhole: key == "a")) } ?? .invalid
    }

    private static let objects: [Character: Object.Kind] = [
        "w": .word(isBig: false), "W": .word(isBig: true), "p": .paragraph,
        "\"": .quotes("\""), "'": .quotes("'"), "`": .quotes("`"),
        "(": .block(open: "(", close: ")"), ")": .block(open: "(", close: ")"), "b": .block(open: "(", close: ")"),
        "[": .block(open: "[", close: "]"), "]": .block(open: "[", close: "]"),
        "{": .block(open: "{", close: "}"), "}": .block(open: "{", close: "}"), "B": .block(open: "{", close: "}"),
        "<": .block(open: "<", close: ">"), ">": .block(open: "<", close: ">"),
    ]

    private static func motion(_ keys: Substring) -> Part<Motion> {
        guard let key = keys.first else { return .incomplete(isPattern: false) }
        let next = keys.dropFirst().first
        switch key {
        case "f", "F", "t", "T":
            guard let next else { return .incomplete(isPattern: false) }
            guard !next.isNewline else { return .invalid }
            let isForward = key == "f" || key == "t"
            return .whole(.find(Find(character: next, isForward: isForward, isTill: key == "t" || key == "T")))
        case "g":
            guard let next else { return .incomplete(isPattern: false) }
            return farMotions[next].map { .whole($0) } ?? .invalid
        case "/", "?", ":":
            guard keys.last == "\n" else { return .incomplete(isPattern: true) }
            // There is no command line: what is typed there has no meaning.
            guard key != ":" else { return .invalid }
            return .whole(.search(String(keys.dropFirst().dropLast()), isForward: key == "/"))
        // Marks, macros and folds are not known; the key behind belongs to them.
        case "m", "'", "`", "q", "@", "z", "Z", "[", "]": return next == nil ? .incomplete(isPattern: false) : .invalid
        default: return motions[key].map { .whole($0) } ?? .invalid
        }
    }

    private static let motions: [Character: Motion] = [
        "h": .left, "l": .right, " ": .rightOn, "\u{8}": .leftOn, "j": .down, "k": .up,
        "w": .word(isBig: false), "W": .word(isBig: true), "b": .wordBack(isBig: false), "B": .wordBack(isBig: true),
        "e": .wordEnd(isBig: false), "E": .wordEnd(isBig: true),
        "\n": .nextLine, "+": .nextLine, "-": .previousLine, "_": .thisLine,
        "0": .lineStart, "^": .firstNonBlank, "$": .lineEnd, "|": .column, "G": .bottom,
        "{": .paragraph(isForward: false), "}": .paragraph(isForward: true), "%": .match,
        ";": .findAgain(isReversed: false), ",": .findAgain(isReversed: true),
        "n": .searchAgain(isReversed: false), "N": .searchAgain(isReversed: true),
    ]

    /// After `g`.
    private static let farMotions: [Character: Motion] = [
        "g": .top, "j": .rowDown, "k": .rowUp, "_": .lastNonBlank,
        "e": .wordEndBack(isBig: false), "E": .wordEndBack(isBig: true),
    ]

    private static let actions: [Character: Action] = [
        "i": .insert(.here), "a": .insert(.after), "I": .insert(.lineStart), "A": .insert(.lineEnd),
        "o": .insert(.below), "O": .insert(.above), "x": .apply(.delete, .right), "X": .apply(.delete, .left),
        "D": .apply(.delete, .lineEnd), "C": .apply(.change, .lineEnd), "s": .apply(.change, .right),
        "S": .applyToLines(.change), "Y": .applyToLines(.copy), "p": .put(isAfter: true), "P": .put(isAfter: false),
        "J": .join(withBlank: true), "~": .swapCase, "u": .undo, "\u{12}": .redo, ".": .again,
        "v": .select(isLinewise: false), "V": .select(isLinewise: true),
    ]

    /// After `g`.
    private static let farActions: [Character: Action] = [
        "J": .join(withBlank: false), "i": .insert(.last), "I": .insert(.firstColumn), "v": .selectAgain,
    ]

    private static let visualActions: [Character: Action] = [
        "d": .applyToSelection(.delete, isLinewise: false), "x": .applyToSelection(.delete, isLinewise: false),
        "D": .applyToSelection(.delete, isLinewise: true), "X": .applyToSelection(.delete, isLinewise: true),
        "c": .applyToSelection(.change, isLinewise: false), "s": .applyToSelection(.change, isLinewise: false),
        "C": .applyToSelection(.change, isLinewise: true), "S": .applyToSelection(.change, isLinewise: true),
        "R": .applyToSelection(.change, isLinewise: true), "y": .applyToSelection(.copy, isLinewise: false),
        "Y": .applyToSelection(.copy, isLinewise: true), ">": .applyToSelection(.indent, isLinewise: true),
        "<": .applyToSelection(.outdent, isLinewise: true), "u": .applyToSelection(.lower, isLinewise: false),
        "U": .applyToSelection(.upper, isLinewise: false), "~": .applyToSelection(.swapCase, isLinewise: false),
        "J": .join(withBlank: true), "p": .put(isAfter: true), "P": .put(isAfter: false),
        "o": .otherEnd, "O": .otherEnd, "v": .select(isLinewise: false), "V": .select(isLinewise: true),
    ]
}
