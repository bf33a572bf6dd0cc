extension VimEditing {
    /// Puts a register before or behind the caret, or whole lines above or below its line.
    mutating func put(_ command: VimCommand, _ editor: inout TextEditor) {
        guard case .put(let isAfter) = command.action, let text = registers.text(in: command.register) else { return }
        put(text, isAfter: isAfter, command.count, &editor)
    }

    private func put(_ text: VimRegister, isAfter: Bool, _ count: Int, _ editor: inout TextEditor) {
        let line = editor.cursor.line
        if text.isLinewise {
            let lines = Array(repeatElement(text.text.lines, count: count).joined())
            let place = TextPosition(line: line, column: isAfter ? editor.lines[line].count : 0)
            let fragment = TextFragment(lines: isAfter ? [[]] + lines : lines + [[]])
            editor.replace(place..<place, with: editor.fitting(fragment), kind: .whole)
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

    /// Puts a register in the place of what is selected, which goes to a register itself unless the key was `P`.
    mutating func put(_ command: VimCommand, over selected: VimSelection, _ editor: inout TextEditor) {
        guard case .put(let isAfter) = command.action, var text = registers.text(in: command.register) else {
            return editor.place(at: selected.start)
        }
        let region = editor.region(of: selected, byLines: false)
        let range = editor.range(of: region)
        let taken = VimRegister(editor.buffer.fragment(in: range), isLinewise: region.isLinewise)
        if isAfter { registers.delete(taken, to: nil, usesFirst: false) }
        let isAll = region == .lines(0...(editor.lines.count - 1))
        editor.place(at: selected.start)
        delete(region, &editor)
        settle(&editor)
        if selected.isLinewise {
            text.isLinewise = true
            put(text, isAfter: editor.cursor.line < selected.start.line, command.count, &editor)
            if isAll, editor.lines.last == [], editor.lines.count > 1 {
                let cursor = editor.cursor
                let end = editor.buffer.end
                editor.replace(editor.position(before: end)..<end, with: .empty, kind: .whole)
                editor.place(at: cursor)
            }
            return
        }
        let goesBehind = editor.cursor.column < selected.start.column
        guard text.isLinewise else { return put(text, isAfter: goesBehind, command.count, &editor) }
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
