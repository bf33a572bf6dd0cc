extension TextEditor {
    /// Types `text` in the place of what is selected. Each word with the blanks behind it is an undo step, and so is what comes at once
    /// and is longer than anybody types; a line break begins a new step.
    ///
    /// Returns how many characters found no room below ``limit``.
    @discardableResult
    package mutating func insert(_ text: String) -> Int {
        let fragment = TextFragment(cleaning: text, isMultiline: isMultiline)
        if fragment.isEmpty { return 0 }
        if fragment.hasBreak { history.seal() }
        guard !fragment.hasBreak, fragment.count <= Self.longestTyped else { return put(fragment, kind: .typing) }
        var rest = fragment.lines[0][...]
        var overflow = 0
        while let first = rest.first {
            if !first.isWhitespace, isBehindBlank { history.seal() }
            let word = rest.prefix { !$0.isWhitespace }
            let blanks = rest.dropFirst(word.count).prefix(while: \.isWhitespace)
            overflow += put(TextFragment(lines: [Array(word + blanks)]), kind: .typing)
            rest = rest.dropFirst(word.count + blanks.count)
        }
        return overflow
    }

    /// Characters that arrive together and may still have been typed.
    private static let longestTyped = 200

    private var isBehindBlank: Bool {
        cursor.column > 0 && lines[cursor.line][cursor.column - 1].isWhitespace
    }

    /// Inserts `text` in the place of what is selected, as one undo step; returns how many characters found no room.
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
        history.endGroup()
        let fragment = TextFragment(cleaning: text, isMultiline: isMultiline)
        let fitting = fragment.count > limit ? fragment.prefix(limit) : fragment
        if fitting.lines == buffer.lines {
            cursor = buffer.end
        } else {
            replace(.start..<buffer.end, with: fitting, kind: .whole)
        }
        overflow += fragment.count - fitting.count
        return fragment.count - fitting.count
    }

    private mutating func put(_ fragment: TextFragment, kind: EditHistory.Kind) -> Int {
        let place = selection ?? cursor..<cursor
        let fitting = fitting(fragment, in: selection)
        replace(place, with: fitting, kind: selection == nil ? kind : .whole)
        return fragment.count - fitting.count
    }

    /// As much of `fragment` as there is room for below ``limit`` where it replaces `range`; the rest is counted.
    mutating func fitting(_ fragment: TextFragment, in range: Range<TextPosition>? = nil) -> TextFragment {
        let room = max(0, limit - characterCount + (range.map { buffer.fragment(in: $0).count } ?? 0))
        let fitting = fragment.count > room ? fragment.prefix(room) : fragment
        overflow += fragment.count - fitting.count
        return fitting
    }
}

extension TextEditor {
    /// Moves the caret's line above the line before; false on the first line.
    @discardableResult
    package mutating func moveLineUp() -> Bool { moveLine(by: -1) }

    /// Moves the caret's line below the line after; false on the last line.
    @discardableResult
    package mutating func moveLineDown() -> Bool { moveLine(by: 1) }

    private mutating func moveLine(by step: Int) -> Bool {
        beginCommand()
        let other = cursor.line + step
        guard lines.indices.contains(other) else { return false }

        let (top, bottom) = (min(other, cursor.line), max(other, cursor.line))
        let range = TextPosition(line: top, column: 0)..<TextPosition(line: bottom, column: lines[bottom].count)
        let before = cursor
        let edit = TextEdit(
            start: range.lowerBound,
            removed: buffer.fragment(in: range),
            inserted: TextFragment(lines: [lines[bottom], lines[top]])
        )
        buffer.apply(edit)
        cursor.line += step
        history.record(edit, kind: .whole, before: before, after: cursor)
        return true
    }
}
