/// How many blanks `>` moves a line in.
private let vimShiftWidth = 2

/// What vim's commands do to the text alone. The caret ends where vim leaves it.
enum VimTextChanges {
    static func delete(_ region: VimRegion, _ editor: inout TextEditor) {
        switch region {
        case .characters(let range): editor.replace(range, with: .empty, kind: .whole)
        case .lines(let deleted):
            editor.replace(editor.range(ofLines: deleted, withBreak: true), with: .empty, kind: .whole)
            let line = min(deleted.lowerBound, editor.lines.count - 1)
            editor.place(at: TextPosition(line: line, column: editor.indent(of: line)))
        }
    }

    /// Puts a register `count` times before or behind the caret, or whole lines above or below its line.
    static func put(_ text: VimRegister, isAfter: Bool, count: Int, _ editor: inout TextEditor) {
        let line = editor.cursor.line
        if text.isLinewise {
            let added = Array(repeatElement(text.text.lines, count: count).joined())
            let start = TextPosition(line: line, column: isAfter ? editor.lines[line].count : 0)
            let fragment = TextFragment(lines: isAfter ? [[]] + added : added + [[]])
            editor.replace(start..<start, with: editor.fitting(fragment), kind: .whole)
            let first = min(isAfter ? line + 1 : line, editor.lines.count - 1)
            editor.place(at: TextPosition(line: first, column: editor.indent(of: first)))
        } else {
            guard !text.text.isEmpty else { return }
            let column = editor.cursor.column + (isAfter && !editor.lines[line].isEmpty ? 1 : 0)
            let start = editor.buffer.clamp(TextPosition(line: line, column: column))
            var fragment = text.text
            for _ in 1..<count { fragment.append(text.text) }
            editor.replace(start..<start, with: editor.fitting(fragment), kind: .whole)
            // Behind several lines the caret stays where they begin.
            editor.place(at: editor.cursor.line > line ? start : editor.position(before: editor.cursor))
        }
    }

    // MARK: Letters

    /// Changes the case of letters and brings the caret to `end`.
    static func changeCase(
        of range: Range<TextPosition>,
        endingAt end: TextPosition,
        _ editor: inout TextEditor,
        _ change: (Character) -> String
    ) {
        // At the beginning of a line vim takes nothing for all of it, and for one letter in the first line.
        var changed = range
        if range.isEmpty, range.lowerBound.column == 0 {
            let count = editor.lines[range.lowerBound.line].count
            let end = range.lowerBound.line == 0 ? min(1, count) : count
            changed = range.lowerBound..<TextPosition(line: range.lowerBound.line, column: end)
        }
        replaceCharacters(in: changed, &editor) { character in
            let letters = change(character)
            // Some letters become two.
            return letters.count == 1 ? letters.first ?? character : character
        }
        editor.place(at: end)
    }

    private static func replaceCharacters(
        in range: Range<TextPosition>,
        _ editor: inout TextEditor,
        _ change: (Character) -> Character
    ) {
        let old = editor.buffer.fragment(in: range)
        let new = TextFragment(lines: old.lines.map { $0.map(change) })
        if new == old { editor.addEmptyUndoStep() } else { editor.replace(range, with: new, kind: .whole) }
    }

    /// Swaps the case of `count` letters from the caret on, and moves behind them. False: the line is empty.
    static func swapCase(count: Int, _ editor: inout TextEditor) -> Bool {
        let start = editor.cursor
        let line = editor.lines[start.line]
        guard start.column < line.count else { return false }
        let end = TextPosition(line: start.line, column: min(line.count, start.column + count))
        changeCase(of: start..<end, endingAt: end, &editor, \.caseSwapped)
        return true
    }

    /// Replaces `count` characters from the caret on. False: the line has fewer, and none is replaced.
    static func replace(by character: Character, count: Int, _ editor: inout TextEditor) -> Bool {
        let start = editor.cursor
        let end = TextPosition(line: start.line, column: start.column + count)
        guard end.column <= editor.lines[start.line].count else { return false }
        // A line break stands for all of them.
        let isBreak = character == "\n"
        let text = isBreak ? "\n" : String(repeating: character, count: count)
        editor.replace(start..<end, with: TextFragment(cleaning: text, isMultiline: true), kind: .whole)
        if !isBreak { editor.place(at: TextPosition(line: start.line, column: end.column - 1)) }
        return true
    }

    /// Replaces every selected character but the line breaks.
    static func replace(_ selected: VimSelection, by character: Character, _ editor: inout TextEditor) {
        editor.place(at: selected.start)
        guard !character.isNewline else { return }
        var replaced = VimRegion(selected, byLines: false, in: editor).range(in: editor)
        // A break stays.
        if replaced.upperBound.column == 0, replaced.lowerBound < replaced.upperBound {
            replaced = replaced.lowerBound..<editor.position(before: replaced.upperBound)
        }
        replaceCharacters(in: replaced, &editor) { _ in character }
        editor.place(at: selected.isLinewise ? TextPosition(line: selected.start.line, column: 0) : selected.start)
    }

    // MARK: Lines

    /// Moves lines in by `steps`, or out where it is negative.
    static func shift(_ range: Range<TextPosition>, by steps: Int, _ editor: inout TextEditor) {
        let old = editor.buffer.fragment(in: range)
        let new = old.lines.map { line in
            let blanks = line.prefix(while: \.isWhitespace).count
            guard !line.isEmpty else { return line }
            let indent = max(0, blanks + steps * vimShiftWidth)
            return Array(repeating: " ", count: indent) + line.dropFirst(blanks)
        }
        let line = range.lowerBound.line
        if new == old.lines {
            editor.addEmptyUndoStep()
        } else {
            editor.replace(range, with: editor.fitting(TextFragment(lines: new), in: range), kind: .whole)
        }
        editor.place(at: TextPosition(line: line, column: editor.indent(of: line)))
    }

    /// Joins the selected lines; without any, `count` of them from the caret's on, and two at least. False: there is no line to
    /// join.
    static func join(
        _ selected: ClosedRange<Int>?,
        count: Int,
        withBlank: Bool,
        _ editor: inout TextEditor
    ) -> Bool {
        let line = selected?.lowerBound ?? editor.cursor.line
        let asked = selected.map { max(2, $0.count) } ?? max(count, 2)
        let last = min(line + asked - 1, editor.lines.count - 1)
        guard last > line else { return false }
        var joined = editor.lines[line]
        var column = joined.count
        var piece = joined
        for next in editor.lines[(line + 1)...last] {
            column = joined.count
            let rest = withBlank ? Array(next.drop(while: \.isWhitespace)) : next
            if withBlank, let first = rest.first, first != ")", !joined.isEmpty, piece.last != " " {
                joined.append(" ")
            }
            joined += rest
            piece = rest
        }
        let replaced = TextPosition(line: line, column: 0)..<TextPosition(line: last, column: editor.lines[last].count)
        editor.replace(replaced, with: TextFragment(lines: [joined]), kind: .whole)
        editor.place(at: TextPosition(line: line, column: column))
        return true
    }
}

extension Character {
    /// The upper case of a lower case letter, and the other way round; of some letters it is two.
    var caseSwapped: String { isUppercase ? lowercased() : uppercased() }
}
