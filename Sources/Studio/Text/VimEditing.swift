/// The modal way of editing the prompt, as far as a prompt needs it: motions, operators, counts.
///
/// | keys | do |
/// |---|---|
/// | `i a I A o O`, with a count | insert; Esc returns, and what was inserted is one undo |
/// | `h j k l w b e 0 ^ $ gg G ⏎`, `gj gk` | move; the last two by rows of the screen |
/// | `d c y` with a motion, `dd cc yy`, `iw` | delete, change, copy |
/// | `x X D C s S Y J r` | the short forms |
/// | `p P u` | put, undo |
package struct VimEditing: Hashable, Sendable {
    /// What letters do.
    package enum Mode: Hashable, Sendable {
        case insert
        case normal
    }

    /// What Esc has to repeat.
    private struct Insertion: Hashable {
        var start: TextPosition
        var count: Int
        /// Each repetition is a line of its own.
        var opensLines: Bool
    }

    /// A prompt is opened to type in it.
    package private(set) var mode = Mode.insert
    /// What has been typed of a command that is not complete.
    package private(set) var pending = ""
    /// Whether the editor's kill buffer holds whole lines.
    private var holdsLines = false
    private var insertion: Insertion?
    /// The column that moves from line to line try to keep.
    private var wantedColumn: Int?

    /// Insert mode, because a prompt is opened to type in it.
    package init() {}

    /// Leaves insert mode; in normal mode, what has been typed of a command.
    package mutating func escape(_ editor: inout TextEditor) {
        pending = ""
        guard mode == .insert else { return }
        repeatInsertion(&editor)
        editor.endUndoGroup()
        mode = .normal
        let cursor = editor.cursor
        editor.place(at: TextPosition(line: cursor.line, column: max(0, cursor.column - 1)))
    }

    /// What is typed from now on until Esc, or until the caret is moved, is undone together.
    mutating func beginTyping(_ editor: inout TextEditor) {
        if mode == .insert { editor.beginUndoGroup() }
    }

    /// The caret was moved by other keys: what was typed before it is done with.
    mutating func interruptTyping(_ editor: inout TextEditor) {
        insertion = nil
        wantedColumn = nil
        editor.endUndoGroup()
    }

    /// Brings the caret onto a character, which is where normal mode has it.
    package mutating func settle(_ editor: inout TextEditor) {
        guard mode == .normal else { return }
        let last = max(0, editor.lines[editor.cursor.line].count - 1)
        if editor.cursor.column > last { editor.cursor.column = last }
    }

    /// Takes a key of normal mode; a line feed is the Enter key.
    package mutating func take(_ character: Character, _ editor: inout TextEditor, in layout: WrappedText) {
        pending.append(character)
        switch VimCommand.read(pending) {
        case .incomplete: return
        case .invalid: pending = ""
        case .command(let command):
            pending = ""
            if command.action != .undo { editor.beginUndoGroup() }
            perform(command, &editor, layout)
            if mode == .normal { editor.endUndoGroup() }
            settle(&editor)
        }
    }

    private mutating func perform(_ command: VimCommand, _ editor: inout TextEditor, _ layout: WrappedText) {
        let wanted = wantedColumn
        wantedColumn = nil
        switch command.action {
        case .move(let motion): move(motion, command, wanted, &editor, layout)
        case .apply(let verb, let motion):
            guard let span = editor.span(of: motion, verb, command) else { return }
            apply(verb, span, &editor)
        case .applyToLines(let verb):
            let line = editor.cursor.line
            // Several lines are not to be had from the last one.
            guard command.count == 1 || line < editor.lines.count - 1 else { return }
            let last = min(line + command.count - 1, editor.lines.count - 1)
            apply(verb, VimSpan(target: editor.cursor, lines: line...last), &editor)
        case .insert(let place): insert(at: place, command.count, &editor)
        case .put(let isAfter): put(isAfter: isAfter, command.count, &editor)
        case .join: join(command.count, &editor)
        case .replace(let character): replace(by: character, command.count, &editor)
        case .undo: for _ in 0..<command.count { editor.undo() }
        }
    }

    private mutating func move(
        _ motion: VimCommand.Motion,
        _ command: VimCommand,
        _ wanted: Int?,
        _ editor: inout TextEditor,
        _ layout: WrappedText
    ) {
        switch motion {
        case .rowDown: for _ in 0..<command.count { editor.move(.down, in: layout) }
        case .rowUp: for _ in 0..<command.count { editor.move(.up, in: layout) }
        case .down, .up:
            let column = wanted ?? editor.cursor.column
            if let line = editor.line(after: motion, command) {
                editor.place(at: TextPosition(line: line, column: column))
            }
            wantedColumn = column
        case .nextLine, .top, .bottom:
            guard let line = editor.line(after: motion, command) else { return }
            editor.place(at: TextPosition(line: line, column: editor.indent(of: line)))
        case .lineEnd:
            let line = min(editor.cursor.line + command.count - 1, editor.lines.count - 1)
            editor.place(at: TextPosition(line: line, column: editor.lines[line].count))
            wantedColumn = .max
        case .wordForward: editor.place(at: editor.nextWord(command.count, stopsAtLineEnd: false))
        case .wordBackward: editor.place(at: editor.previousWord(command.count))
        case .wordEnd:
            let end = editor.wordEnd(command.count, staysInWord: false)
            editor.place(at: TextPosition(line: end.line, column: max(0, end.column - 1)))
        case .left, .right, .lineStart, .firstNonBlank:
            editor.place(at: editor.target(of: motion, command, mayPassEnd: false))
        case .innerWord: break
        }
    }

    // MARK: Inserting

    private mutating func insert(at place: VimCommand.Place, _ count: Int, _ editor: inout TextEditor) {
        let line = editor.cursor.line
        mode = .insert
        switch place {
        case .here: break
        case .after: editor.place(at: TextPosition(line: line, column: editor.cursor.column + 1))
        case .lineStart:
            let blanks = editor.lines[line].prefix(while: \.isWhitespace).count
            editor.place(at: TextPosition(line: line, column: blanks))
        case .lineEnd: editor.place(at: TextPosition(line: line, column: editor.lines[line].count))
        case .below:
            editor.place(at: TextPosition(line: line, column: editor.lines[line].count))
            editor.insert("\n")
        case .above:
            editor.place(at: TextPosition(line: line, column: 0))
            editor.insert("\n")
            editor.place(at: TextPosition(line: line, column: 0))
        }
        let opensLines = place == .below || place == .above
        // Undoing brings the caret to where typing began, or to the line from which another was opened.
        if !opensLines {
            editor.endUndoGroup()
            editor.beginUndoGroup()
        }
        insertion = Insertion(start: editor.cursor, count: count, opensLines: opensLines)
    }

    private mutating func repeatInsertion(_ editor: inout TextEditor) {
        guard let insertion = insertion.take(), insertion.count > 1, editor.cursor >= insertion.start else { return }
        let typed = editor.buffer.fragment(in: insertion.start..<editor.cursor).text
        guard !typed.isEmpty || insertion.opensLines else { return }
        let again = (insertion.opensLines ? "\n" : "") + typed
        editor.paste(String(repeating: again, count: insertion.count - 1))
    }

    // MARK: Changing

    private mutating func apply(_ verb: VimCommand.Verb, _ span: VimSpan, _ editor: inout TextEditor) {
        let range = span.lines.map { editor.range(ofLines: $0) } ?? span.range
        if !range.isEmpty || span.lines != nil {
            holdsLines = span.lines != nil
            editor.killBuffer = editor.buffer.fragment(in: range).text
        }
        switch verb {
        case .copy: editor.place(at: span.target)
        case .delete:
            let whole = span.lines.map { editor.range(ofLines: $0, withBreak: true) } ?? range
            editor.replace(whole, with: .empty, kind: .whole)
            if let lines = span.lines {
                let line = min(lines.lowerBound, editor.lines.count - 1)
                editor.place(at: TextPosition(line: line, column: editor.indent(of: line)))
            }
        case .change:
            insertion = nil
            mode = .insert
            editor.replace(range, with: .empty, kind: .whole)
        }
    }

    private func put(isAfter: Bool, _ count: Int, _ editor: inout TextEditor) {
        guard !editor.killBuffer.isEmpty || holdsLines else { return }
        let line = editor.cursor.line
        if holdsLines {
            editor.place(at: TextPosition(line: line, column: isAfter ? editor.lines[line].count : 0))
            let text = isAfter ? "\n" + editor.killBuffer : editor.killBuffer + "\n"
            editor.paste(String(repeating: text, count: count))
            let first = min(isAfter ? line + 1 : line, editor.lines.count - 1)
            editor.place(at: TextPosition(line: first, column: editor.indent(of: first)))
        } else {
            let column = editor.cursor.column + (isAfter && !editor.lines[line].isEmpty ? 1 : 0)
            let start = TextPosition(line: line, column: column)
            editor.place(at: start)
            editor.paste(String(repeating: editor.killBuffer, count: count))
            // Behind several lines the caret stays where they begin.
            editor.place(at: editor.cursor.line > line ? start : editor.position(before: editor.cursor))
        }
    }

    private func join(_ count: Int, _ editor: inout TextEditor) {
        let line = editor.cursor.line
        let last = min(line + max(count, 2) - 1, editor.lines.count - 1)
        guard last > line else { return }
        var joined = editor.lines[line]
        var column = joined.count
        var piece = joined
        for next in editor.lines[(line + 1)...last] {
            column = joined.count
            let rest = Array(next.drop(while: \.isWhitespace))
            if let first = rest.first, first != ")", !joined.isEmpty, piece.last != " " { joined.append(" ") }
            joined += rest
            piece = rest
        }
        let range = TextPosition(line: line, column: 0)..<TextPosition(line: last, column: editor.lines[last].count)
        editor.replace(range, with: TextFragment(lines: [joined]), kind: .whole)
        editor.place(at: TextPosition(line: line, column: column))
    }

    private func replace(by character: Character, _ count: Int, _ editor: inout TextEditor) {
        let cursor = editor.cursor
        let end = TextPosition(line: cursor.line, column: cursor.column + count)
        guard end.column <= editor.lines[cursor.line].count else { return }
        // A line break stands for all of them.
        let isBreak = character == "\n"
        let text = isBreak ? "\n" : String(repeating: character, count: count)
        editor.replace(cursor..<end, with: TextFragment(cleaning: text, isMultiline: true), kind: .whole)
        if !isBreak { editor.place(at: TextPosition(line: cursor.line, column: end.column - 1)) }
    }
}
