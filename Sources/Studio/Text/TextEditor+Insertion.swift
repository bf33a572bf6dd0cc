extension TextEditor {
    /// Types `text` over the selection. Typing that goes on without another command is one undo step; a line break
    /// begins a new one.
    ///
    /// Returns how many characters found no room below ``limit``.
    @discardableResult
    package mutating func insert(_ text: String) -> Int {
        let fragment = TextFragment(cleaning: text, isMultiline: isMultiline)
        if fragment.isEmpty { return 0 }
        if selection != nil || fragment.hasBreak { history.seal() }
        return put(fragment, kind: .typing)
    }

    /// Inserts `text` over the selection as one undo step; returns how many characters found no room.
    @discardableResult
    package mutating func paste(_ text: String) -> Int {
        put(TextFragment(cleaning: text, isMultiline: isMultiline), kind: .whole)
    }

    /// Inserts what was killed last; the caret ends behind it.
    @discardableResult
    package mutating func yank() -> Int { paste(killBuffer) }

    /// Exchanges everything as one undo step, as after a visit to another editor; the caret ends at the end.
    @discardableResult
    package mutating func replaceAll(_ text: String) -> Int {
        beginCommand()
        let fragment = TextFragment(cleaning: text, isMultiline: isMultiline)
        let fitting = fragment.count > limit ? fragment.prefix(limit) : fragment
        if fitting.lines == buffer.lines {
            (cursor, anchor) = (buffer.end, nil)
        } else {
            replace(.start..<buffer.end, with: fitting, kind: .whole)
        }
        return fragment.count - fitting.count
    }

    private mutating func put(_ fragment: TextFragment, kind: EditHistory.Kind) -> Int {
        let range = selection ?? cursor..<cursor
        let replaced = selection.map { buffer.fragment(in: $0).count } ?? 0
        let room = max(0, limit - (characterCount - replaced))
        let fitting = fragment.count > room ? fragment.prefix(room) : fragment
        replace(range, with: fitting, kind: kind)
        return fragment.count - fitting.count
    }
}

extension TextEditor {
    /// Moves the lines of the selection, or the caret's line, above the line before; false on the first line.
    @discardableResult
    package mutating func moveLineUp() -> Bool { moveLines(by: -1) }

    /// Moves the lines of the selection, or the caret's line, below the line after; false on the last line.
    @discardableResult
    package mutating func moveLineDown() -> Bool { moveLines(by: 1) }

    private mutating func moveLines(by step: Int) -> Bool {
        beginCommand()
        let moved = (selection?.lowerBound.line ?? cursor.line)...(selection?.upperBound.line ?? cursor.line)
        let other = step < 0 ? moved.lowerBound - 1 : moved.upperBound + 1
        guard lines.indices.contains(other) else { return false }

        let block = Array(lines[moved])
        let passed = lines[other]
        let top = min(other, moved.lowerBound)
        let bottom = max(other, moved.upperBound)
        let range = TextPosition(line: top, column: 0)..<TextPosition(line: bottom, column: lines[bottom].count)
        let before = caret
        let edit = TextEdit(
            start: range.lowerBound,
            removed: buffer.fragment(in: range),
            inserted: TextFragment(lines: step < 0 ? block + [passed] : [passed] + block)
        )
        buffer.apply(edit)
        cursor.line += step
        anchor?.line += step
        history.record(edit, kind: .whole, before: before, after: caret)
        return true
    }
}
