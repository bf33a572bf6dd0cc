/// Goes over a text character by character as vim's word motions do: the end of each line is a place of its own that
/// counts as blank, and an empty line is a word.
struct VimWalker {
    private let lines: [[Character]]
    private(set) var place: TextPosition

    init(_ lines: [[Character]], at place: TextPosition) {
        self.lines = lines
        self.place = place
    }

    private enum Step {
        case inside
        /// Onto the end of a line, or over it.
        case toEnd
        case overEnd
        case none
    }

    private var kind: CharacterClass {
        let line = lines[place.line]
        return place.column < line.count ? CharacterClass(line[place.column]) : .space
    }

    private var isOnEmptyLine: Bool { lines[place.line].isEmpty }

    private mutating func forward() -> Step {
        let count = lines[place.line].count
        if place.column < count {
            place.column += 1
            return place.column < count ? .inside : .toEnd
        }
        guard place.line + 1 < lines.count else { return .none }
        place = TextPosition(line: place.line + 1, column: 0)
        return .overEnd
    }

    private mutating func back() -> Step {
        if place.column > 0 {
            place.column -= 1
            return .inside
        }
        guard place.line > 0 else { return .none }
        place = TextPosition(line: place.line - 1, column: lines[place.line - 1].count)
        return .overEnd
    }

    /// `w`. Under an operator the last of several words ends with its line.
    ///
    /// False when there is no further word: the place is the end of the text then.
    mutating func toNextWord(stopsAtLineEnd: Bool) -> Bool {
        let start = kind
        let isLastLine = place.line == lines.count - 1
        switch forward() {
        case .none: return false
        case .toEnd, .overEnd:
            if isLastLine { return false }
            if stopsAtLineEnd { return true }
        case .inside: break
        }
        if start != .space {
            while kind == start {
                switch forward() {
                case .none: return true
                case .toEnd, .overEnd: if stopsAtLineEnd { return true }
                case .inside: break
                }
            }
        }
        while kind == .space {
            if place.column == 0, isOnEmptyLine { return true }
            switch forward() {
            case .none: return true
            case .overEnd where stopsAtLineEnd:
                _ = back()
                return true
            case .toEnd, .overEnd: if isLastLine { return true }
            case .inside: break
            }
        }
        return true
    }

    /// `e`. With `staysInWord` the end of the word under it is where it stays, as for `cw`.
    mutating func toWordEnd(staysInWord: Bool) -> Bool {
        let start = kind
        if forward() == .none { return false }
        if kind == start, start != .space {
            guard skip(start) else { return false }
        } else if !staysInWord || start == .space {
            while kind == .space {
                if forward() == .none { return false }
            }
            guard skip(kind) else { return false }
        }
        _ = back()
        return true
    }

    /// `b`.
    mutating func toWordStart() -> Bool {
        guard back() != .none else { return false }
        while kind == .space {
            if place.column == 0, isOnEmptyLine { return true }
            if back() == .none { return true }
        }
        let word = kind
        while kind == word {
            if back() == .none { return true }
        }
        _ = forward()
        return true
    }

    private mutating func skip(_ word: CharacterClass) -> Bool {
        while kind == word {
            if forward() == .none { return false }
        }
        return true
    }
}
