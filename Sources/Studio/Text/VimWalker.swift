/// Goes over a text character by character as vim does: the end of each line is a place of its own that counts as blank,
/// and an empty line is a word.
struct VimWalker {
    let lines: [[Character]]
    var place: TextPosition
    /// Whether only blanks part words.
    let isBig: Bool

    init(_ lines: [[Character]], at place: TextPosition, isBig: Bool = false) {
        self.lines = lines
        self.place = place
        self.isBig = isBig
    }

    enum Step {
        case inside
        /// Onto the end of a line, or over it.
        case toEnd
        case overEnd
        case none

        var isAtEnd: Bool { self == .toEnd || self == .overEnd }
    }

    var kind: CharacterClass {
        let line = lines[place.line]
        guard place.column < line.count else { return .space }
        let kind = CharacterClass(line[place.column])
        return isBig && kind != .space ? .word : kind
    }

    var isOnEmptyLine: Bool { lines[place.line].isEmpty }

    mutating func forward() -> Step {
        let count = lines[place.line].count
        if place.column < count {
            place.column += 1
            return place.column < count ? .inside : .toEnd
        }
        guard place.line + 1 < lines.count else { return .none }
        place = TextPosition(line: place.line + 1, column: 0)
        return .overEnd
    }

    mutating func back() -> Step {
        if place.column > 0 {
            place.column -= 1
            return .inside
        }
        guard place.line > 0 else { return .none }
        place = TextPosition(line: place.line - 1, column: lines[place.line - 1].count)
        return .overEnd
    }

    /// To the next character, over the ends of lines that are not empty.
    @discardableResult
    mutating func forwardOverEnd() -> Step {
        let step = forward()
        return step.isAtEnd && place.column > 0 ? forward() : step
    }

    @discardableResult
    mutating func backOverEnd() -> Step {
        let step = back()
        return step == .overEnd && place.column > 0 ? back() : step
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
    mutating func toWordEnd(staysInWord: Bool, stopsOnEmptyLine: Bool = false) -> Bool {
        let start = kind
        if forward() == .none { return false }
        if kind == start, start != .space {
            guard skip(start) else { return false }
        } else if !staysInWord || start == .space {
            while kind == .space {
                if stopsOnEmptyLine, place.column == 0, isOnEmptyLine { return true }
                if forward() == .none { return false }
            }
            guard skip(kind) else { return false }
        }
        _ = back()
        return true
    }

    /// `b`. With `staysInWord` the start of the word under it is where it stays.
    mutating func toWordStart(staysInWord: Bool = false) -> Bool {
        let start = kind
        guard back() != .none else { return false }
        if !staysInWord || start == kind || start == .space {
            while kind == .space {
                if place.column == 0, isOnEmptyLine { return true }
                if back() == .none { return true }
            }
            let word = kind
            while kind == word {
                if back() == .none { return true }
            }
        }
        _ = forward()
        return true
    }

    /// `ge`.
    mutating func toEarlierWordEnd(stopsAtLineEnd: Bool = false) -> Bool {
        let start = kind
        switch back() {
        case .none: return false
        case .overEnd where stopsAtLineEnd: return true
        case .overEnd, .toEnd, .inside: break
        }
        if start != .space {
            while kind == start {
                let step = back()
                if step == .none || (stopsAtLineEnd && step == .overEnd) { return true }
            }
        }
        while kind == .space {
            if place.column == 0, isOnEmptyLine { return true }
            let step = back()
            if step == .none || (stopsAtLineEnd && step == .overEnd) { return true }
        }
        return true
    }

    /// To the first character of the run that the place is in.
    mutating func toRunStart() {
        let start = kind
        while place.column > 0 {
            place.column -= 1
            if kind != start {
                place.column += 1
                return
            }
        }
    }

    private mutating func skip(_ word: CharacterClass) -> Bool {
        while kind == word {
            if forward() == .none { return false }
        }
        return true
    }
}
