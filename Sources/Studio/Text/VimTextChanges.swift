/// How many blanks `>` moves a line in.
private let vimShiftWidth = 2

/// What vim's commands do to the text alone. The caret ends where vim leaves it.
extension TextEditor {
    mutating func delete(_ region: VimRegion) {
        switch region {
        case .characters(let range): replace(range, with: .empty, kind: .whole)
        case .lines(let deleted):
            replace(range(ofLines: deleted, withBreak: true), with: .empty, kind: .whole)
            let line = min(deleted.lowerBound, lines.count - 1)
            place(at: TextPosition(line: line, column: indent(of: line)))
        }
    }

    /// Puts a register `count` times before or behind the caret, or whole lines above or below its line.
    mutating func put(_ text: VimRegister, isAfter: Bool, count: Int) {
        let line = cursor.line
        if text.isLinewise {
            let added = Array(repeatElement(text.text.lines, count: count).joined())
            let start = TextPosition(line: line, column: isAfter ? lines[line].count : 0)
            let fragment = TextFragment(lines: isAfter ? [[]] + added : added + [[]])
            replace(start..<start, with: fitting(fragment), kind: .whole)
            let first = min(isAfter ? line + 1 : line, lines.count - 1)
            place(at: TextPosition(line: first, column: indent(of: first)))
        } else {
            guard !text.text.isEmpty else { return }
            let column = cursor.column + (isAfter && !lines[line].isEmpty ? 1 : 0)
            let start = buffer.clamp(TextPosition(line: line, column: column))
            var fragment = text.text
            for _ in 1..<count { fragment.append(text.text) }
            replace(start..<start, with: fitting(fragment), kind: .whole)
            // Behind several lines the caret stays where they begin.
            place(at: cursor.line > line ? start : position(before: cursor))
        }
    }

    // MARK: Letters

    /// Changes the case of letters and brings the caret to `end`.
    mutating func changeCase(
        of range: Range<TextPosition>,
        endingAt end: TextPosition,
        _ change: (Character) -> String
    ) {
        // At the beginning of a line vim takes nothing for all of it, and for one letter in the first line.
        var changed = range
        if range.isEmpty, range.lowerBound.column == 0 {
            let count = lines[range.lowerBound.line].count
            let end = range.lowerBound.line == 0 ? min(1, count) : count
            changed = range.lowerBound..<TextPosition(line: range.lowerBound.line, column: end)
        }
        replaceCharacters(in: changed) { character in
            let letters = change(character)
            // Some letters become two.
            return letters.count == 1 ? letters.first ?? character : character
        }
        place(at: end)
    }

    private mutating func replaceCharacters(in range: Range<TextPosition>, _ change: (Character) -> Character) {
        let old = buffer.fragment(in: range)
        let new = TextFragment(lines: old.lines.map { $0.map(change) })
        if new == old { addEmptyUndoStep() } else { replace(range, with: new, kind: .whole) }
    }

    /// Swaps the case of `count` letters from the caret on, and moves behind them. False: the line is empty.
    mutating func swapCase(count: Int) -> Bool {
        let start = cursor
        let line = lines[start.line]
        guard start.column < line.count else { return false }
        let end = TextPosition(line: start.line, column: min(line.count, start.column + count))
        changeCase(of: start..<end, endingAt: end, \.caseSwapped)
        return true
    }

    /// Replaces `count` characters from the caret on. False: the line has fewer, and none is replaced.
    mutating func replace(by character: Character, count: Int) -> Bool {
        let start = cursor
        let end = TextPosition(line: start.line, column: start.column + count)
        guard end.column <= lines[start.line].count else { return false }
        // A line break stands for all of them.
        let isBreak = character == "\n"
        let text = isBreak ? "\n" : String(repeating: character, count: count)
        replace(start..<end, with: TextFragment(cleaning: text, isMultiline: true), kind: .whole)
        if !isBreak { place(at: TextPosition(line: start.line, column: end.column - 1)) }
        return true
    }

    /// Replaces every selected character but the line breaks.
    mutating func replace(_ selected: VimSelection, by character: Character) {
        place(at: selected.start)
        guard !character.isNewline else { return }
        var replaced = range(of: region(of: selected, byLines: false))
        // A break stays.
        if replaced.upperBound.column == 0, replaced.lowerBound < replaced.upperBound {
            replaced = replaced.lowerBound..<position(before: replaced.upperBound)
        }
        replaceCharacters(in: replaced) { _ in character }
        place(at: selected.isLinewise ? TextPosition(line: selected.start.line, column: 0) : selected.start)
    }

    // MARK: Lines

    /// Moves lines in by `steps`, or out where it is negative.
    mutating func shift(_ range: Range<TextPosition>, by steps: Int) {
        let old = buffer.fragment(in: range)
        let new = old.lines.map { line in
            let blanks = line.prefix(while: \.isWhitespace).count
            guard !line.isEmpty else { return line }
            let indent = max(0, blanks + steps * vimShiftWidth)
            return Array(repeating: " ", count: indent) + line.dropFirst(blanks)
        }
        let line = range.lowerBound.line
        if new == old.lines {
            addEmptyUndoStep()
        } else {
            replace(range, with: fitting(TextFragment(lines: new), in: range), kind: .whole)
        }
        place(at: TextPosition(line: line, column: indent(of: line)))
    }

    /// Joins the selected lines; without any, `count` of them from the caret's on, and two at least. False: there is no line to
    /// join.
    mutating func join(_ selected: ClosedRange<Int>?, count: Int, withBlank: Bool) -> Bool {
        let line = selected?.lowerBound ?? cursor.line
        let asked = selected.map { max(2, $0.count) } ?? max(count, 2)
        let last = min(line + asked - 1, lines.count - 1)
        guard last > line else { return false }
        var joined = lines[line]
        var column = joined.count
        var piece = joined
        for next in lines[(line + 1)...last] {
            column = joined.count
            let rest = withBlank ? Array(next.drop(while: \.isWhitespace)) : next
            if withBlank, let first = rest.first, first != ")", !joined.isEmpty, piece.last != " " {
                joined.append(" ")
            }
            joined += rest
            piece = rest
        }
        let replaced = TextPosition(line: line, column: 0)..<TextPosition(line: last, column: lines[last].count)
        replace(replaced, with: TextFragment(lines: [joined]), kind: .whole)
        place(at: TextPosition(line: line, column: column))
        return true
    }
}

extension Character {
    /// The upper case of a lower case letter, and the other way round; of some letters it is two.
    var caseSwapped: String { isUppercase ? lowercased() : uppercased() }
}
