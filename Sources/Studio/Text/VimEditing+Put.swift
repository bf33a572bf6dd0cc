extension VimEditing {
    /// Puts a register before or behind the caret, or whole lines above or below its line.
    mutating func put(_ command: VimCommand, _ editor: inout TextEditor) {
        guard case .put(let isAfter) = command.action else { return }
        guard let text = registers.text(in: command.register) else { return editor.addEmptyUndoStep() }
        VimTextChanges.put(text, isAfter: isAfter, count: command.count, &editor)
    }

    /// Puts a register in the place of what is selected, which goes to a register itself unless the key was `P`.
    mutating func put(_ command: VimCommand, over selected: VimSelection, _ editor: inout TextEditor) {
        guard case .put(let isAfter) = command.action else { return }
        let register = registers.text(in: command.register)
        let region = VimRegion(selected, byLines: false, in: editor)
        let range = region.range(in: editor)
        let taken = VimRegister(editor.buffer.fragment(in: range), isLinewise: region.isLinewise)
        if isAfter { registers.delete(taken, to: nil, usesFirst: false) }
        let isAll = region == .lines(0...(editor.lines.count - 1))
        editor.place(at: selected.start)
        VimTextChanges.delete(region, &editor)
        settle(&editor)
        guard var text = register else { return }
        if selected.isLinewise {
            text.isLinewise = true
            let isAfter = editor.cursor.line < selected.start.line
            VimTextChanges.put(text, isAfter: isAfter, count: command.count, &editor)
            if isAll, editor.lines.last == [], editor.lines.count > 1 {
                let cursor = editor.cursor
                let end = editor.buffer.end
                editor.replace(editor.position(before: end)..<end, with: .empty, kind: .whole)
                editor.place(at: cursor)
            }
            return
        }
        let goesBehind = editor.cursor.column < selected.start.column
        guard text.isLinewise else {
            return VimTextChanges.put(text, isAfter: goesBehind, count: command.count, &editor)
        }
        // Whole lines in the place of characters part the line.
        let line = editor.lines[editor.cursor.line]
        let column = min(line.count, editor.cursor.column + (goesBehind ? 1 : 0))
        let place = TextPosition(line: editor.cursor.line, column: column)
        let lines = Array(repeatElement(text.text.lines, count: command.count).joined())
        editor.replace(place..<place, with: editor.fitting(TextFragment(lines: [[]] + lines + [[]])), kind: .whole)
        let first = min(place.line + 1, editor.lines.count - 1)
        editor.place(at: TextPosition(line: first, column: editor.indent(of: first)))
    }
}
