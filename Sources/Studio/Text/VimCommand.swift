/// One command of vim's normal mode, read from its keys.
struct VimCommand: Hashable {
    enum Motion: Hashable {
        case left, right, up, down
        case wordForward, wordBackward, wordEnd
        case lineStart, firstNonBlank, lineEnd
        case top, bottom
        /// To the first character of a line below.
        case nextLine
        /// Over the rows of the screen; never after an operator.
        case rowDown, rowUp
        /// Only after an operator.
        case innerWord
    }

    enum Verb: Hashable { case delete, change, copy }

    enum Place: Hashable { case here, after, lineStart, lineEnd, below, above }

    enum Action: Hashable {
        case move(Motion)
        case apply(Verb, Motion)
        case applyToLines(Verb)
        case insert(Place)
        case put(isAfter: Bool)
        case join
        case replace(Character)
        case undo
    }

    enum Reading: Hashable {
        case incomplete
        case invalid
        case command(VimCommand)
    }

    /// How often: 1…999.
    let count: Int
    /// Whether a count was typed.
    let hasCount: Bool
    let action: Action

    static func read(_ keys: String) -> Reading {
        var rest = Substring(keys)
        let first = number(&rest)
        guard let key = rest.popFirst() else { return .incomplete }
        func command(_ action: Action, times second: Int? = nil) -> Reading {
            let count = min((first ?? 1) * (second ?? 1), 999)
            return .command(VimCommand(count: count, hasCount: first != nil || second != nil, action: action))
        }
        if let verb = verbs[key] {
            let second = number(&rest)
            guard let next = rest.first else { return .incomplete }
            if next == key { return command(.applyToLines(verb), times: second) }
            if rest == "i" { return .incomplete }
            if rest == "iw" { return command(.apply(verb, .innerWord), times: second) }
            return motion(rest).map { command(.apply(verb, $0), times: second) }
                ?? (rest == "g" ? .incomplete : .invalid)
        }
        if key == "r" { return rest.first.map { command(.replace($0)) } ?? .incomplete }
        if key == "g" {
            guard let next = rest.first else { return .incomplete }
            return farMotions[next].map { command(.move($0)) } ?? .invalid
        }
        if let action = short[key] { return command(action) }
        return motions[key].map { command(.move($0)) } ?? .invalid
    }

    /// A count; `0` alone is a motion.
    private static func number(_ keys: inout Substring) -> Int? {
        guard let first = keys.first, ("1"..."9").contains(first) else { return nil }
        let digits = keys.prefix { ("0"..."9").contains($0) }
        keys = keys.dropFirst(digits.count)
        return min(Int(digits) ?? 999, 999)
    }

    private static func motion(_ keys: Substring) -> Motion? {
        keys == "gg" ? .top : keys.count == 1 ? keys.first.flatMap { motions[$0] } : nil
    }

    private static let verbs: [Character: Verb] = ["d": .delete, "c": .change, "y": .copy]

    private static let motions: [Character: Motion] = [
        "h": .left, "l": .right, " ": .right, "j": .down, "k": .up, "w": .wordForward, "b": .wordBackward,
        "e": .wordEnd, "\n": .nextLine, "0": .lineStart, "^": .firstNonBlank, "$": .lineEnd, "G": .bottom,
    ]

    /// After `g`.
    private static let farMotions: [Character: Motion] = ["g": .top, "j": .rowDown, "k": .rowUp]

    private static let short: [Character: Action] = [
        "i": .insert(.here), "a": .insert(.after), "I": .insert(.lineStart), "A": .insert(.lineEnd),
        "o": .insert(.below), "O": .insert(.above), "x": .apply(.delete, .right), "X": .apply(.delete, .left),
        "D": .apply(.delete, .lineEnd), "C": .apply(.change, .lineEnd), "s": .apply(.change, .right),
        "S": .applyToLines(.change), "Y": .applyToLines(.copy), "p": .put(isAfter: true), "P": .put(isAfter: false),
        "J": .join, "u": .undo,
    ]
}
