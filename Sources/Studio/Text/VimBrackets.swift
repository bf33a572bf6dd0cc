/// Brackets and their partners, as vim finds them.
struct VimBrackets {
    private let lines: [[Character]]

    init(_ lines: [[Character]]) { self.lines = lines }

    private static let pairs: [(open: Character, close: Character)] = [("(", ")"), ("[", "]"), ("{", "}")]

    /// The partner of the first bracket in the line at or behind `place`; nil: there is none.
    func partner(from place: TextPosition) -> TextPosition? {
        let line = lines[place.line]
        guard !line.isEmpty else { return nil }
        for column in min(place.column, line.count - 1)..<line.count {
            let start = TextPosition(line: place.line, column: column)
            for pair in Self.pairs {
                if line[column] == pair.open {
                    return closing(pair, from: start, heedsQuotes: true, isEscaped: isEscaped(start))
                }
                if line[column] == pair.close {
                    return opening(pair, from: start, heedsQuotes: true, isEscaped: isEscaped(start))
                }
            }
        }
        return nil
    }

    /// The opening bracket of the block that `place` is in.
    func opening(
        _ pair: (open: Character, close: Character),
        from place: TextPosition,
        heedsQuotes: Bool,
        isEscaped: Bool = false
    ) -> TextPosition? {
        search(find: pair.open, skip: pair.close, from: place, isForward: false, heedsQuotes, isEscaped)
    }

    /// The opening bracket of the next block.
    func next(_ pair: (open: Character, close: Character), from place: TextPosition) -> TextPosition? {
        search(find: pair.open, skip: pair.close, from: place, isForward: true, false, false)
    }

    func closing(
        _ pair: (open: Character, close: Character),
        from place: TextPosition,
        heedsQuotes: Bool,
        isEscaped: Bool = false
    ) -> TextPosition? {
        search(find: pair.close, skip: pair.open, from: place, isForward: true, heedsQuotes, isEscaped)
    }

    /// Whether an odd number of backslashes stands before the character.
    private func isEscaped(_ place: TextPosition) -> Bool {
        lines[place.line][..<place.column].reversed().prefix { $0 == "\\" }.count % 2 == 1
    }

    /// Brackets in quotes do not count, in lines that have quotes in pairs.
    private func search(
        find: Character,
        skip: Character,
        from start: TextPosition,
        isForward: Bool,
        _ heedsQuotes: Bool,
        _ isEscaped: Bool
    ) -> TextPosition? {
        var place = start
        var depth = 0
        var pairsQuotes: Bool?
        var isInQuotes = false
        while true {
            if isForward {
                if place.column < lines[place.line].count {
                    place.column += 1
                } else {
                    guard place.line + 1 < lines.count else { return nil }
                    place = TextPosition(line: place.line + 1, column: 0)
                    pairsQuotes = nil
                }
            } else if place.column > 0 {
                place.column -= 1
            } else {
                guard place.line > 0 else { return nil }
                place = TextPosition(line: place.line - 1, column: lines[place.line - 1].count)
                pairsQuotes = nil
            }
            let line = lines[place.line]
            if heedsQuotes, pairsQuotes == nil { pairsQuotes = quotes(in: line) % 2 == 0 }
            guard place.column < line.count else {
                isInQuotes = false
                continue
            }
            let character = line[place.column]
            if heedsQuotes, character == "\"" {
                if pairsQuotes == true, !self.isEscaped(place) { isInQuotes.toggle() }
                continue
            }
            if heedsQuotes, character == "'", let next = overQuoted(place, isForward) {
                place.column = next
                continue
            }
            guard !isInQuotes, character == find || character == skip,
                self.isEscaped(place) == isEscaped
            else { continue }
            if character == skip {
                depth += 1
            } else if depth == 0 {
                return place
            } else {
                depth -= 1
            }
        }
    }

    /// Double quotes of a line; `\"` and `'"'` are none.
    private func quotes(in line: [Character]) -> Int {
        var count = 0
        var index = 0
        while index < line.count {
            let isAlone =
                index == 0 || line[index - 1] != "'" || index + 1 >= line.count || line[index + 1] != "'"
            if line[index] == "\"", isAlone { count += 1 }
            index += line[index] == "\\" && index + 1 < line.count ? 2 : 1
        }
        return count
    }

    /// Over a single character in single quotes: where it goes on; nil: it is none.
    private func overQuoted(_ place: TextPosition, _ isForward: Bool) -> Int? {
        let (line, column) = (lines[place.line], place.column)
        func has(_ character: Character, at column: Int) -> Bool {
            line.indices.contains(column) && line[column] == character
        }
        if isForward {
            if has("\\", at: column + 1), has("'", at: column + 3) { return column + 3 }
            return column + 2 < line.count && has("'", at: column + 2) ? column + 2 : nil
        }
        if column > 1, has("'", at: column - 2) { return column - 2 }
        return column > 2 && has("\\", at: column - 2) && has("'", at: column - 3) ? column - 3 : nil
    }
}
