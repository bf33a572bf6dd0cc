extension VimEditing {
    /// Takes note of what is typed next in insert mode; until Esc, or until the caret is moved, it is undone together.
    /// nil: nothing that could be done again.
    mutating func beginTyping(_ key: VimInsertion.Key?, _ editor: inout TextEditor) {
        guard mode == .insert else {
            if isVisual { escape(&editor) }
            return
        }
        editor.beginUndoGroup()
        if insertion == nil {
            insertion = VimInsertion(start: editor.cursor)
            let command = VimCommand(count: 1, hasCount: false, action: .insert(.here))
            if !isRepeating { change = VimChange(command: command) }
        }
        if let key { insertion?.keys.append(key) }
    }

    /// Does a key of insert mode.
    mutating func type(_ key: VimInsertion.Key, _ editor: inout TextEditor) {
        beginTyping(nil, &editor)
        let before = editor.buffer.characterCount
        perform(key, &editor)
        // What could not be done is not done again.
        if editor.buffer.characterCount != before { insertion?.keys.append(key) }
    }

    private mutating func perform(_ key: VimInsertion.Key, _ editor: inout TextEditor) {
        // What is deleted before the beginning moves it.
        defer { if let insertion { self.insertion?.start = min(insertion.start, editor.cursor) } }
        switch key {
        case .text(let text): editor.insert(text)
        case .operation(.deleteWordBackward) where editor.selection == nil:
            deleteBack(to: editor.wordStart(before: editor.cursor), &editor)
        case .operation(.killToLineStart) where editor.selection == nil:
            deleteBack(to: TextPosition(line: editor.cursor.line, column: 0), &editor)
        case .operation(let operation): editor.perform(operation)
        }
    }

    /// Deletes before the caret, what was just typed first.
    private func deleteBack(to place: TextPosition, _ editor: inout TextEditor) {
        guard editor.cursor.column > 0 else { return editor.deleteBackward() }
        var start = place
        if let insertion, insertion.start < editor.cursor { start = max(start, insertion.start) }
        editor.killBuffer = editor.buffer.fragment(in: start..<editor.cursor).text
        editor.replace(start..<editor.cursor, with: .empty, kind: .whole)
    }

    mutating func beginInsert(at place: VimCommand.Place, _ count: Int, _ editor: inout TextEditor) {
        let line = editor.cursor.line
        func go(to column: Int) { editor.place(at: TextPosition(line: line, column: column)) }
        switch place {
        case .here: break
        case .after: go(to: editor.cursor.column + 1)
        case .lineStart: go(to: editor.lines[line].prefix(while: \.isWhitespace).count)
        case .firstColumn: go(to: 0)
        case .lineEnd: go(to: editor.lines[line].count)
        case .last: editor.place(at: lastInsertion ?? editor.cursor)
        case .below: open(TextPosition(line: line, column: editor.lines[line].count), &editor)
        case .above:
            open(TextPosition(line: line, column: 0), &editor)
            go(to: 0)
        }
        mode = .insert
        insertion = VimInsertion(start: editor.cursor, count: count, opensLines: place == .below || place == .above)
    }

    private func open(_ place: TextPosition, _ editor: inout TextEditor) {
        editor.replace(place..<place, with: editor.fitting(TextFragment(lines: [[], []])), kind: .whole)
    }

    mutating func leaveInsert(_ editor: inout TextEditor) {
        if let insertion {
            if insertion.opensLines || !insertion.keys.isEmpty {
                for _ in 1..<max(1, insertion.count) {
                    if insertion.opensLines {
                        open(
                            TextPosition(line: editor.cursor.line, column: editor.lines[editor.cursor.line].count),
                            &editor
                        )
                    }
                    for key in insertion.keys { perform(key, &editor) }
                }
            }
            change?.keys = insertion.keys
            self.insertion = nil
        }
        lastInsertion = editor.cursor
        wantedColumn = nil
        editor.endUndoGroup()
        mode = .normal
        editor.place(at: TextPosition(line: editor.cursor.line, column: max(0, editor.cursor.column - 1)))
    }
}
