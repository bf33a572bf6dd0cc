/// What a motion goes to, and what an operator takes with it.
struct VimSpan {
    var target: TextPosition
    var range: Range<TextPosition>
    /// Whole lines; nil: ``range``.
    var lines: ClosedRange<Int>?

    init(target: TextPosition, range: Range<TextPosition>) {
        (self.target, self.range) = (target, range)
    }

    init(target: TextPosition, lines: ClosedRange<Int>) {
        (self.target, range, self.lines) = (target, target..<target, lines)
    }
}

extension TextEditor {
    /// The column of a line's first character that is no blank.
    func indent(of line: Int) -> Int {
        lines[line].firstIndex { !$0.isWhitespace } ?? max(0, lines[line].count - 1)
    }

    func range(ofLines rows: ClosedRange<Int>, withBreak: Bool = false) -> Range<TextPosition> {
        let start = TextPosition(line: rows.lowerBound, column: 0)
        let end = TextPosition(line: rows.upperBound, column: lines[rows.upperBound].count)
        guard withBreak else { return start..<end }
        if rows.upperBound + 1 < lines.count { return start..<TextPosition(line: rows.upperBound + 1, column: 0) }
        return position(before: start)..<end
    }

    /// What `motion` takes under an operator; nil when it goes nowhere.
    func span(of motion: VimCommand.Motion, _ verb: VimCommand.Verb, _ command: VimCommand) -> VimSpan? {
        guard let span = plainSpan(of: motion, verb, command) else { return nil }
        guard span.lines == nil, span.range.lowerBound.line < span.range.upperBound.line else { return span }
        return adjusted(span, isInclusive: motion == .wordEnd || motion == .lineEnd, verb)
    }

    private func plainSpan(of motion: VimCommand.Motion, _ verb: VimCommand.Verb, _ command: VimCommand) -> VimSpan? {
        func to(_ end: TextPosition) -> VimSpan {
            VimSpan(target: min(end, cursor), range: min(end, cursor)..<max(end, cursor))
        }
        switch motion {
        case .wordForward:
            let isBlank = cursor.column >= lines[cursor.line].count || lines[cursor.line][cursor.column].isWhitespace
            // On a word cw changes no blanks behind it.
            if verb == .change, !isBlank { return to(wordEnd(command.count, staysInWord: true)) }
            return to(nextWord(command.count, stopsAtLineEnd: true))
        case .wordEnd: return to(wordEnd(command.count, staysInWord: false))
        case .wordBackward:
            let place = previousWord(command.count)
            return place == cursor ? nil : to(place)
        case .lineEnd:
            let last = lines.count - 1
            guard command.count == 1 || cursor.line < last else { return nil }
            let line = min(last, cursor.line + command.count - 1)
            return to(TextPosition(line: line, column: lines[line].count))
        case .innerWord: return innerWord(command.count)
        case .down, .up, .nextLine:
            guard let line = line(after: motion, command) else { return nil }
            let target = motion == .up ? TextPosition(line: line, column: cursor.column) : cursor
            return VimSpan(target: target, lines: min(line, cursor.line)...max(line, cursor.line))
        case .top, .bottom:
            let line = line(after: motion, command) ?? cursor.line
            let target = line < cursor.line ? TextPosition(line: line, column: indent(of: line)) : cursor
            return VimSpan(target: target, lines: min(line, cursor.line)...max(line, cursor.line))
        case .left, .right, .lineStart, .firstNonBlank: return to(target(of: motion, command, mayPassEnd: true))
        case .rowDown, .rowUp: return nil
        }
    }

    /// What vim makes of a range over several lines: one that ends at the very beginning of a line ends with the line
    /// before; and where nothing but blanks is left of the first and the last line, it is whole lines.
    private func adjusted(_ span: VimSpan, isInclusive: Bool, _ verb: VimCommand.Verb) -> VimSpan {
        var span = span
        var end = span.range.upperBound
        let start = span.range.lowerBound
        let isInIndent = lines[start.line].prefix(start.column).allSatisfy(\.isWhitespace)
        if !isInclusive, end.column == 0 {
            end = TextPosition(line: end.line - 1, column: lines[end.line - 1].count)
            span.range = start..<end
            if isInIndent { return VimSpan(target: span.target, lines: start.line...end.line) }
        }
        let isRestBlank = lines[end.line].dropFirst(end.column).allSatisfy(\.isWhitespace)
        if verb == .delete, start.line < end.line, isInIndent, isRestBlank {
            return VimSpan(target: span.target, lines: start.line...end.line)
        }
        return span
    }

    /// Where a motion goes in a line.
    func target(of motion: VimCommand.Motion, _ command: VimCommand, mayPassEnd: Bool) -> TextPosition {
        let last = lines[cursor.line].count - (mayPassEnd ? 0 : 1)
        return switch motion {
        case .left: TextPosition(line: cursor.line, column: max(0, cursor.column - command.count))
        case .right: TextPosition(line: cursor.line, column: max(0, min(last, cursor.column + command.count)))
        case .firstNonBlank: TextPosition(line: cursor.line, column: indent(of: cursor.line))
        default: TextPosition(line: cursor.line, column: 0)
        }
    }

    /// The line that a motion over lines goes to; nil when it cannot go there.
    func line(after motion: VimCommand.Motion, _ command: VimCommand) -> Int? {
        let last = lines.count - 1
        switch motion {
        case .up: return cursor.line == 0 ? nil : max(0, cursor.line - command.count)
        case .top: return min(last, command.count - 1)
        case .bottom: return command.hasCount ? min(last, command.count - 1) : last
        default: return cursor.line == last ? nil : min(last, cursor.line + command.count)
        }
    }

    // MARK: Words

    func nextWord(_ count: Int, stopsAtLineEnd: Bool) -> TextPosition {
        var walker = VimWalker(lines, at: cursor)
        for left in (0..<count).reversed() {
            guard walker.toNextWord(stopsAtLineEnd: stopsAtLineEnd && left == 0) else { break }
        }
        return walker.place
    }

    func previousWord(_ count: Int) -> TextPosition {
        var walker = VimWalker(lines, at: cursor)
        for _ in 0..<count {
            guard walker.toWordStart() else { break }
        }
        return walker.place
    }

    /// Behind the last character of the word.
    func wordEnd(_ count: Int, staysInWord: Bool) -> TextPosition {
        var walker = VimWalker(lines, at: cursor)
        for index in 0..<count {
            guard walker.toWordEnd(staysInWord: staysInWord && index == 0) else { return walker.place }
        }
        let place = walker.place
        return TextPosition(line: place.line, column: min(place.column + 1, lines[place.line].count))
    }

    /// Runs of one kind, blanks among them, as many as `count`.
    private func innerWord(_ count: Int) -> VimSpan? {
        let line = lines[cursor.line]
        guard !line.isEmpty else { return nil }
        let column = min(cursor.column, line.count - 1)
        let kind = CharacterClass(line[column])
        let start = line[..<column].lastIndex { CharacterClass($0) != kind }.map { $0 + 1 } ?? 0
        var end = TextPosition(line: cursor.line, column: column)
        for _ in 0..<count {
            // The end of a line is no run; an empty line is one.
            if end.column >= lines[end.line].count {
                guard end.line + 1 < lines.count else { return nil }
                end = TextPosition(line: end.line + 1, column: 0)
                if lines[end.line].isEmpty { continue }
            }
            let line = lines[end.line]
            let run = CharacterClass(line[end.column])
            end.column = line[end.column...].firstIndex { CharacterClass($0) != run } ?? line.count
        }
        let from = TextPosition(line: cursor.line, column: start)
        return VimSpan(target: from, range: from..<end)
    }
}
