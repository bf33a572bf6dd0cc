/// The modal way of editing the prompt, as far as a prompt needs it: motions, operators, counts.
///
/// | keys | do |
/// |---|---|
/// | `i a I A o O` | insert; Esc returns |
/// | `h j k l w b e 0 ^ $ gg G` | move |
/// | `d c y` with a motion, `dd cc yy`, `iw` | delete, change, copy |
/// | `x X D C s S Y J r` | the short forms |
/// | `p P u` | put, undo |
package struct VimEditing: Hashable, Sendable {
    package enum Mode: Hashable, Sendable {
        case insert
        case normal
    }

    /// A prompt is opened to type in it.
    package private(set) var mode = Mode.insert
    /// What has been typed of a command that is not complete.
    package private(set) var pending = ""
    /// Whether the editor's kill buffer holds whole lines.
    private var holdsLines = false

    package init() {}

    /// Leaves insert mode; in normal mode, what has been typed of a command.
    package mutating func escape(_ editor: inout TextEditor) {
        pending = ""
        guard mode == .insert else { return }
        mode = .normal
        let cursor = editor.cursor
        editor.place(at: TextPosition(line: cursor.line, column: max(0, cursor.column - 1)))
    }

    /// Brings the caret onto a character, which is where normal mode has it.
    package mutating func settle(_ editor: inout TextEditor) {
        guard mode == .normal else { return }
        let last = max(0, editor.lines[editor.cursor.line].count - 1)
        if editor.cursor.column > last { editor.cursor.column = last }
    }

    /// Takes a key of normal mode.
    package mutating func take(_ character: Character, _ editor: inout TextEditor, in layout: WrappedText) {
        pending.append(character)
        switch VimCommand.read(pending) {
        case .incomplete: return
        case .invalid: pending = ""
        case .command(let command):
            pending = ""
            perform(command, &editor, layout)
            settle(&editor)
        }
    }

    private mutating func perform(_ command: VimCommand, _ editor: inout TextEditor, _ layout: WrappedText) {
        let line = editor.cursor.line
        switch command.action {
        case .move(.down), .move(.up):
            let motion: RowMotion = command.action == .move(.up) ? .up : .down
            for _ in 0..<command.count { editor.move(motion, in: layout) }
        case .move(let motion):
            editor.place(at: editor.span(of: motion, command).target)
        case .apply(let verb, let motion): apply(verb, editor.span(of: motion, command), &editor)
        case .applyToLines(let verb):
            let last = min(line + command.count - 1, editor.lines.count - 1)
            apply(verb, VimSpan(target: editor.cursor, lines: line...last), &editor)
        case .insert(let place):
            switch place {
            case .here: break
            case .after: editor.place(at: TextPosition(line: line, column: editor.cursor.column + 1))
            case .lineStart: editor.place(at: TextPosition(line: line, column: editor.indent(of: line)))
            case .lineEnd: editor.place(at: TextPosition(line: line, column: editor.lines[line].count))
            case .below:
                editor.place(at: TextPosition(line: line, column: editor.lines[line].count))
                editor.insert("\n")
            case .above:
                editor.place(at: TextPosition(line: line, column: 0))
                editor.insert("\n")
                editor.place(at: TextPosition(line: line, column: 0))
            }
            begin(&editor)
        case .put(let isAfter): for _ in 0..<command.count { put(isAfter: isAfter, &editor) }
        case .join: join(&editor)
        case .replace(let character):
            let cursor = editor.cursor
            let end = TextPosition(line: line, column: cursor.column + command.count)
            guard end.column <= editor.lines[line].count else { return }
            let text = String(repeating: character, count: command.count)
            editor.replace(cursor..<end, with: TextFragment(cleaning: text, isMultiline: true), kind: .whole)
            editor.place(at: TextPosition(line: line, column: end.column - 1))
        case .undo: for _ in 0..<command.count { editor.undo() }
        }
    }

    private mutating func begin(_ editor: inout TextEditor) {
        editor.endUndoStep()
        mode = .insert
    }

    private mutating func apply(_ verb: VimCommand.Verb, _ span: VimSpan, _ editor: inout TextEditor) {
        let range = span.lines.map { editor.range(ofLines: $0) } ?? span.range
        if !range.isEmpty || span.lines != nil {
            holdsLines = span.lines != nil
            editor.killBuffer = editor.buffer.fragment(in: range).text
        }
        switch verb {
        case .copy: editor.place(at: span.lines == nil ? range.lowerBound : span.target)
        case .delete:
            let whole = span.lines.map { editor.range(ofLines: $0, withBreak: true) } ?? range
            editor.replace(whole, with: .empty, kind: .whole)
            if let lines = span.lines {
                editor.place(at: TextPosition(line: lines.lowerBound, column: 0))
            }
        case .change:
            editor.replace(range, with: .empty, kind: .whole)
            begin(&editor)
        }
    }

    private func put(isAfter: Bool, _ editor: inout TextEditor) {
        guard !editor.killBuffer.isEmpty || holdsLines else { return }
        let line = editor.cursor.line
        if holdsLines {
            let place = TextPosition(line: line, column: isAfter ? editor.lines[line].count : 0)
            editor.place(at: place)
            editor.paste(isAfter ? "\n" + editor.killBuffer : editor.killBuffer + "\n")
            editor.place(at: TextPosition(line: isAfter ? line + 1 : line, column: 0))
        } else {
            let column = editor.cursor.column + (isAfter && !editor.lines[line].isEmpty ? 1 : 0)
            editor.place(at: TextPosition(line: line, column: column))
            editor.paste(editor.killBuffer)
            editor.place(at: editor.position(before: editor.cursor))
        }
    }

    private func join(_ editor: inout TextEditor) {
        let line = editor.cursor.line
        guard line + 1 < editor.lines.count else { return }
        let end = TextPosition(line: line, column: editor.lines[line].count)
        let next = TextPosition(line: line + 1, column: editor.indent(of: line + 1))
        editor.replace(end..<next, with: TextFragment(cleaning: " ", isMultiline: false), kind: .whole)
        editor.place(at: end)
    }
}

/// What a motion goes to, and what an operator takes with it.
private struct VimSpan {
    var target: TextPosition
    var range: Range<TextPosition>
    /// Whole lines; nil: ``range``.
    var lines: ClosedRange<Int>?

    init(target: TextPosition, range: Range<TextPosition>) {
        (self.target, self.range) = (target, range)
    }

    init(target: TextPosition, lines: ClosedRange<Int>) {
        (self.target, range, self.lines) = (target, target..<target, lines)
    }
}

extension TextEditor {
    fileprivate func indent(of line: Int) -> Int {
        lines[line].firstIndex { !$0.isWhitespace } ?? 0
    }

    fileprivate func range(ofLines rows: ClosedRange<Int>, withBreak: Bool = false) -> Range<TextPosition> {
        let start = TextPosition(line: rows.lowerBound, column: 0)
        let end = TextPosition(line: rows.upperBound, column: lines[rows.upperBound].count)
        guard withBreak else { return start..<end }
        if rows.upperBound + 1 < lines.count { return start..<TextPosition(line: rows.upperBound + 1, column: 0) }
        return position(before: start)..<end
    }

    fileprivate func span(of motion: VimCommand.Motion, _ command: VimCommand) -> VimSpan {
        let isMove = if case .move = command.action { true } else { false }
        var place = cursor
        func to(_ target: TextPosition) -> VimSpan {
            VimSpan(target: target, range: min(target, cursor)..<max(target, cursor))
        }
        switch motion {
        case .left: return to(TextPosition(line: cursor.line, column: max(0, cursor.column - command.count)))
        case .right:
            let last = lines[cursor.line].count
            return to(TextPosition(line: cursor.line, column: min(last, cursor.column + command.count)))
        case .wordBackward:
            for _ in 0..<command.count { place = wordStart(before: place) }
            return to(place)
        case .wordForward:
            // Changing a word leaves the blanks behind it.
            if case .apply(.change, _) = command.action { return span(of: .wordEnd, command) }
            for _ in 0..<command.count { place = wordStart(after: place) }
            // An operator on the last word of a line leaves the line's break.
            if !isMove, place.line > cursor.line {
                place = TextPosition(line: place.line - 1, column: lines[place.line - 1].count)
            }
            return to(place)
        case .wordEnd:
            for index in 0..<command.count {
                place = wordEnd(after: index == 0 && isMove ? position(after: place) : place)
            }
            return isMove ? to(max(cursor, position(before: place))) : to(place)
        case .lineStart: return to(TextPosition(line: cursor.line, column: 0))
        case .firstNonBlank: return to(TextPosition(line: cursor.line, column: indent(of: cursor.line)))
        case .lineEnd: return to(TextPosition(line: cursor.line, column: lines[cursor.line].count))
        case .innerWord:
            var copy = self
            copy.selectWord(at: cursor)
            guard let range = copy.selection else { return to(cursor) }
            return VimSpan(target: range.lowerBound, range: range)
        case .up, .down, .top, .bottom:
            let last = lines.count - 1
            let line =
                switch motion {
                case .up: max(0, cursor.line - command.count)
                case .down: min(last, cursor.line + command.count)
                case .top: min(last, command.count - 1)
                default: command.hasCount ? min(last, command.count - 1) : last
                }
            let target = TextPosition(line: line, column: isMove ? indent(of: line) : 0)
            return VimSpan(target: target, lines: min(line, cursor.line)...max(line, cursor.line))
        }
    }
}
