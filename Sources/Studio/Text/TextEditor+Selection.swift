extension TextEditor {
    /// What is selected, between ``anchor`` and caret; nil: nothing.
    package var selection: Range<TextPosition>? {
        guard let anchor, anchor != cursor else { return nil }
        return min(anchor, cursor)..<max(anchor, cursor)
    }

    /// nil: nothing is selected.
    package var selectedText: String? { selection.map { buffer.fragment(in: $0).text } }

    /// Moves the caret and selects what lies between it and where the selection began.
    package mutating func select(_ motion: TextMotion) { extend { $0.move(motion) } }

    /// The same over the rows of `layout`, which must be a layout of the present text. Up in the first row selects to its
    /// beginning, down in the last to its end.
    package mutating func select(_ motion: RowMotion, in layout: WrappedText) {
        extend { editor in
            guard !editor.move(motion, in: layout) else { return }
            switch motion {
            case .up, .pageUp: editor.move(.textStart)
            case .down, .pageDown: editor.move(.textEnd)
            case .rowStart, .rowEnd: break
            }
        }
    }

    /// Selects to `position`, brought into the text where it lies outside, as a drag does.
    package mutating func select(to position: TextPosition) { extend { $0.place(at: position) } }

    /// The caret stands behind the last character.
    package mutating func selectAll() {
        beginCommand()
        cursor = buffer.end
        anchor = .start
    }

    /// Selects the run of letters and digits, of signs or of blanks at the caret, as a double click does.
    package mutating func selectWord() {
        beginCommand()
        let line = lines[cursor.line]
        guard !line.isEmpty else { return }
        var (start, end) = (cursor.column, cursor.column)
        let kind = CharacterClass(line[min(start, line.count - 1)])
        while start > 0, CharacterClass(line[start - 1]) == kind { start -= 1 }
        while end < line.count, CharacterClass(line[end]) == kind { end += 1 }
        anchor = TextPosition(line: cursor.line, column: start)
        cursor = TextPosition(line: cursor.line, column: end)
    }

    /// Keeps what is selected for ``yank()``; it stays selected.
    package mutating func copy() {
        if let selectedText { killBuffer = selectedText }
        isKilling = false
    }

    private mutating func extend(_ move: (inout TextEditor) -> Void) {
        let start = anchor ?? cursor
        // A move from the edge of what is selected starts at the caret, as an extension of it does.
        anchor = nil
        move(&self)
        anchor = start
    }
}
