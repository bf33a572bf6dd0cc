extension TextEditor {
    /// Deletes what is selected, else the character before the caret.
    package mutating func deleteBackward() {
        if deleteSelection() { return }
        replace(position(before: cursor)..<cursor, with: .empty, kind: .deletingBackward)
    }

    /// Deletes what is selected, else the character after the caret.
    package mutating func deleteForward() {
        if deleteSelection() { return }
        replace(cursor..<position(after: cursor), with: .empty, kind: .deletingForward)
    }

    /// Kills back to the beginning of the word. Kills in a row gather in ``killBuffer``.
    package mutating func deleteWordBackward() {
        kill(wordStart(before: cursor)..<cursor, isForward: false)
    }

    /// Kills on to the end of the word.
    package mutating func deleteWordForward() {
        kill(cursor..<wordEnd(after: cursor), isForward: true)
    }

    /// Kills to the end of the line; at the end of a line, its break.
    package mutating func deleteToLineEnd() {
        let end = TextPosition(line: cursor.line, column: lines[cursor.line].count)
        kill(cursor..<(cursor == end ? position(after: cursor) : end), isForward: true)
    }

    /// Kills to the beginning of the line; at the beginning of a line, the break before it.
    package mutating func deleteToLineStart() {
        let start = TextPosition(line: cursor.line, column: 0)
        kill((cursor == start ? position(before: cursor) : start)..<cursor, isForward: false)
    }

    /// Deletes everything as one undo step, into ``killBuffer``.
    package mutating func clear() {
        isKilling = false
        anchor = nil
        history.endGroup()
        kill(.start..<buffer.end, isForward: true)
    }

    /// Kills what is selected; false: nothing is.
    @discardableResult
    package mutating func cut() -> Bool {
        guard let selection else { return false }
        isKilling = false
        kill(selection, isForward: true)
        isKilling = false
        return true
    }

    private mutating func deleteSelection() -> Bool {
        guard let selection else { return false }
        replace(selection, with: .empty, kind: .whole)
        return true
    }

    /// Kills `range`, or what is selected in its place.
    private mutating func kill(_ range: Range<TextPosition>, isForward: Bool) {
        let range = selection ?? range
        guard !range.isEmpty else {
            beginCommand()
            return
        }
        let killed = buffer.fragment(in: range).text
        killBuffer = isKilling ? (isForward ? killBuffer + killed : killed + killBuffer) : killed
        replace(range, with: .empty, kind: .whole)
        isKilling = true
    }
}
