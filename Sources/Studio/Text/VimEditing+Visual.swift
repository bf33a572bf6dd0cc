extension VimEditing {
    /// What visual mode has selected, in the characters it shows; nil: it is not on.
    package func selectedRange(in editor: TextEditor) -> Range<TextPosition>? {
        guard isVisual else { return nil }
        let selection = selection(editor)
        guard !selection.isLinewise else { return editor.range(ofLines: selection.lines) }
        let end = editor.position(after: selection.end)
        return selection.start..<end
    }

    func selection(_ editor: TextEditor) -> VimSelection {
        VimSelection(
            anchor: editor.buffer.clamp(anchor),
            cursor: editor.cursor,
            isLinewise: mode == .visualLine,
            reachesEnd: wantedColumn == .max
        )
    }

    mutating func select(_ isLinewise: Bool, _ editor: TextEditor) {
        let asked = isLinewise ? VimMode.visualLine : .visual
        guard mode != asked else { return leaveVisual(editor) }
        if mode == .normal { anchor = editor.cursor }
        mode = asked
    }

    mutating func leaveVisual(_ editor: TextEditor) {
        if isVisual { lastSelection = selection(editor) }
        mode = .normal
    }

    mutating func selectAgain(_ editor: inout TextEditor) {
        guard let last = lastSelection else { return }
        if isVisual { lastSelection = selection(editor) }
        mode = last.isLinewise ? .visualLine : .visual
        anchor = editor.buffer.clamp(last.anchor)
        editor.place(at: last.cursor)
        if last.reachesEnd { wantedColumn = .max }
    }

    /// Selects as much as was selected once.
    mutating func select(_ extent: VimExtent, _ editor: inout TextEditor) {
        anchor = editor.cursor
        let (end, mode) = extent.end(from: anchor, in: editor.lines)
        self.mode = mode
        editor.place(at: end)
    }

    mutating func select(_ object: VimCommand.Object, _ count: Int, _ editor: inout TextEditor) {
        let objects = VimObjects(
            lines: editor.lines,
            cursor: editor.cursor,
            anchor: anchor,
            isLinewise: mode == .visualLine
        )
        guard let span = objects.span(of: object, count: count) else { return }
        if !span.fails { mode = span.reach == .lines ? .visualLine : .visual }
        anchor = span.start
        var end = span.end
        if span.reach == .exclusive, case .quotes = object.kind { end = editor.position(before: end) }
        editor.place(at: end)
    }

    /// What was selected with the mouse, or with shift, is selected in visual mode.
    mutating func adoptSelection(_ editor: inout TextEditor) {
        guard mode == .normal, let selection = editor.selection else { return }
        let isForward = editor.cursor == selection.upperBound
        let last = max(selection.lowerBound, editor.position(before: selection.upperBound))
        anchor = isForward ? selection.lowerBound : last
        mode = .visual
        editor.place(at: isForward ? last : selection.lowerBound)
    }
}
