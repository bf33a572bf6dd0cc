/// What an operator works on.
enum VimRegion: Hashable {
    case lines(ClosedRange<Int>)
    case characters(Range<TextPosition>)

    var isLinewise: Bool { if case .lines = self { true } else { false } }
}

extension TextEditor {
    func range(ofLines rows: ClosedRange<Int>, withBreak: Bool = false) -> Range<TextPosition> {
        let start = TextPosition(line: rows.lowerBound, column: 0)
        let end = TextPosition(line: rows.upperBound, column: lines[rows.upperBound].count)
        guard withBreak else { return start..<end }
        if rows.upperBound + 1 < lines.count { return start..<TextPosition(line: rows.upperBound + 1, column: 0) }
        return position(before: start)..<end
    }

    func range(of region: VimRegion) -> Range<TextPosition> {
        switch region {
        case .lines(let lines): range(ofLines: lines)
        case .characters(let range): range
        }
    }

    /// The column of a line's first character that is no blank.
    func indent(of line: Int) -> Int {
        lines[line].firstIndex { !$0.isWhitespace } ?? max(0, lines[line].count - 1)
    }

    /// What an operator takes between two places. What ends at the very beginning of a line ends with the line before;
    /// and where nothing but blanks is left of the first and the last line, it is whole lines.
    func region(_ start: TextPosition, _ end: TextPosition, _ reach: VimTarget.Reach, _ verb: VimCommand.Verb)
        -> VimRegion
    {
        guard reach != .lines else { return .lines(start.line...end.line) }
        var end = end
        var isInclusive = reach == .inclusive
        let isInIndent = lines[start.line].prefix(start.column).allSatisfy(\.isWhitespace)
        if !isInclusive, end.column == 0, start.line < end.line {
            end.line -= 1
            if isInIndent { return .lines(start.line...end.line) }
            end.column = max(0, lines[end.line].count - 1)
            isInclusive = !lines[end.line].isEmpty
        }
        if isInclusive { end.column = min(end.column + 1, lines[end.line].count) }
        if verb == .delete, start.line < end.line, isInIndent,
            lines[end.line].dropFirst(end.column).allSatisfy(\.isWhitespace)
        {
            return .lines(start.line...end.line)
        }
        return verb.isByLines ? .lines(start.line...end.line) : .characters(start..<end)
    }

    /// What is selected; the line break belongs to a selection that ends behind the last character.
    func region(of selection: VimSelection, byLines: Bool) -> VimRegion {
        guard !selection.isLinewise, !byLines else { return .lines(selection.lines) }
        return .characters(selection.start..<position(after: selection.end))
    }
}

extension VimEditing {
    /// Does a command that changes the text or copies of it; what is selected is not selected any more.
    mutating func change(_ command: VimCommand, _ editor: inout TextEditor) {
        let selected = isVisual ? selection(editor) : nil
        if isVisual { leaveVisual(editor) }
        switch command.action {
        case .apply(let verb, let motion): apply(verb, motion, command, &editor)
        case .applyToObject(let verb, let object):
            let objects = VimObjects(lines: editor.lines, cursor: editor.cursor, anchor: nil, isLinewise: false)
            guard let span = objects.span(of: object, count: command.count) else { return }
            guard !span.fails else { return editor.place(at: span.end) }
            let (start, end) = (min(span.start, span.end), max(span.start, span.end))
            let region = editor.region(start, end, span.reach, verb)
            apply(verb, region, at: start, command, usesFirst: false, &editor)
        case .applyToLines(let verb): apply(verb, .thisLine, command, &editor)
        case .applyToSelection(let verb, let isLinewise):
            guard let selected else { return }
            let region = editor.region(of: selected, byLines: isLinewise)
            let times = verb.isByLines ? command.count : 1
            apply(verb, region, at: selected.operatorStart, command, usesFirst: false, times: times, &editor)
        case .insert(let place): beginInsert(at: place, command.count, &editor)
        case .put: if let selected { put(command, over: selected, &editor) } else { put(command, &editor) }
        case .join(let withBlank): join(selected?.lines, command.count, withBlank: withBlank, &editor)
        case .replace(let character):
            if let selected {
                replace(selected, by: character, &editor)
            } else {
                replace(by: character, command.count, &editor)
            }
        case .swapCase: swapCase(command.count, &editor)
        case .move, .undo, .redo, .again, .select, .selectAgain, .selectObject, .otherEnd: break
        }
    }

    private mutating func apply(
        _ verb: VimCommand.Verb,
        _ motion: VimCommand.Motion,
        _ command: VimCommand,
        _ editor: inout TextEditor
    ) {
        let target = target(of: motion, verb, command, editor)
        guard !target.fails else { return editor.place(at: target.place) }
        let (start, end) = (min(editor.cursor, target.place), max(editor.cursor, target.place))
        let region = editor.region(start, end, target.reach, verb)
        apply(verb, region, at: start, command, usesFirst: target.usesFirst, &editor)
    }

    /// - Parameters:
    ///   - start: where the caret goes before anything is changed, and returns to by undo.
    ///   - times: how many steps lines are moved in or out.
    mutating func apply(
        _ verb: VimCommand.Verb,
        _ region: VimRegion,
        at start: TextPosition,
        _ command: VimCommand,
        usesFirst: Bool,
        times: Int = 1,
        _ editor: inout TextEditor
    ) {
        let range = editor.range(of: region)
        let text = VimRegister(editor.buffer.fragment(in: range), isLinewise: region.isLinewise)
        let isNothing = range.isEmpty && !region.isLinewise
        editor.place(at: start)
        switch verb {
        case .copy:
            registers.copy(text, to: command.register)
            note(text, command.register, &editor)
        case .delete:
            guard !isNothing else { return }
            registers.delete(text, to: command.register, usesFirst: usesFirst)
            note(text, command.register, &editor)
            delete(region, &editor)
        case .change:
            if !isNothing {
                registers.delete(text, to: command.register, usesFirst: usesFirst)
                note(text, command.register, &editor)
                // Where vim's undo brings the caret back to.
                if case .lines(let lines) = region, lines.count > 1 { editor.cursor = editor.buffer.clamp(start.below) }
                editor.replace(range, with: .empty, kind: .whole)
            }
            mode = .insert
            insertion = VimInsertion(start: editor.cursor)
        case .lower: recase(range, at: start, &editor) { $0.lowercased() }
        case .upper: recase(range, at: start, &editor) { $0.uppercased() }
        case .swapCase: recase(range, at: start, &editor, Self.swappedCase)
        case .indent, .outdent: shift(range, verb == .indent ? times : -times, &editor)
        }
    }

    /// What was taken is there for the other keys that put text, and for other programs where that is asked for.
    private mutating func note(_ text: VimRegister, _ name: Character?, _ editor: inout TextEditor) {
        guard name != "_" else { return }
        editor.killBuffer = text.text.text
        if VimRegisters.isClipboard(name) { requests.append(.copy(text.plain)) }
    }

    func delete(_ region: VimRegion, _ editor: inout TextEditor) {
        switch region {
        case .characters(let range): editor.replace(range, with: .empty, kind: .whole)
        case .lines(let lines):
            editor.replace(editor.range(ofLines: lines, withBreak: true), with: .empty, kind: .whole)
            let line = min(lines.lowerBound, editor.lines.count - 1)
            editor.place(at: TextPosition(line: line, column: editor.indent(of: line)))
        }
    }

    // MARK: Letters

    static func swappedCase(_ character: Character) -> String {
        character.isUppercase ? character.lowercased() : character.uppercased()
    }

    private func recase(
        _ range: Range<TextPosition>,
        at place: TextPosition,
        _ editor: inout TextEditor,
        _ change: (Character) -> String
    ) {
        // At the very beginning vim takes one letter for none.
        let isNone = range.isEmpty && range.lowerBound == .start
        let range = isNone ? .start..<TextPosition(line: 0, column: min(1, editor.lines[0].count)) : range
        replaceCharacters(range, &editor) { character in
            let changed = change(character)
            // Some letters become two.
            return changed.count == 1 ? changed.first ?? character : character
        }
        editor.place(at: place)
    }

    private func replaceCharacters(
        _ range: Range<TextPosition>,
        _ editor: inout TextEditor,
        _ change: (Character) -> Character
    ) {
        let old = editor.buffer.fragment(in: range)
        let new = TextFragment(lines: old.lines.map { $0.map(change) })
        if new != old { editor.replace(range, with: new, kind: .whole) }
    }

    private func swapCase(_ count: Int, _ editor: inout TextEditor) {
        let start = editor.cursor
        let line = editor.lines[start.line]
        guard start.column < line.count else { return }
        let end = TextPosition(line: start.line, column: min(line.count, start.column + count))
        recase(start..<end, at: end, &editor, Self.swappedCase)
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

    private func replace(_ selected: VimSelection, by character: Character, _ editor: inout TextEditor) {
        editor.place(at: selected.start)
        guard !character.isNewline else { return }
        var range = editor.range(of: editor.region(of: selected, byLines: false))
        // A break stays.
        if range.upperBound.column == 0, range.lowerBound < range.upperBound {
            range = range.lowerBound..<editor.position(before: range.upperBound)
        }
        replaceCharacters(range, &editor) { _ in character }
        editor.place(at: selected.isLinewise ? TextPosition(line: selected.start.line, column: 0) : selected.start)
    }

    // MARK: Lines

    private static let shiftWidth = 2

    private func shift(_ range: Range<TextPosition>, _ steps: Int, _ editor: inout TextEditor) {
        let old = editor.buffer.fragment(in: range)
        let new = old.lines.map { line in
            let blanks = line.prefix(while: \.isWhitespace).count
            guard !line.isEmpty else { return line }
            let indent = max(0, blanks + steps * Self.shiftWidth)
            return Array(repeating: " ", count: indent) + line.dropFirst(blanks)
        }
        let line = range.lowerBound.line
        if new != old.lines {
            editor.replace(range, with: editor.fitting(TextFragment(lines: new), in: range), kind: .whole)
        }
        editor.place(at: TextPosition(line: line, column: editor.indent(of: line)))
    }

    private func join(_ selected: ClosedRange<Int>?, _ count: Int, withBlank: Bool, _ editor: inout TextEditor) {
        let line = selected?.lowerBound ?? editor.cursor.line
        let asked = selected.map { max(2, $0.count) } ?? max(count, 2)
        let last = min(line + asked - 1, editor.lines.count - 1)
        guard last > line else { return }
        var joined = editor.lines[line]
        var column = joined.count
        var piece = joined
        for next in editor.lines[(line + 1)...last] {
            column = joined.count
            let rest = withBlank ? Array(next.drop(while: \.isWhitespace)) : next
            if withBlank, let first = rest.first, first != ")", !joined.isEmpty, piece.last != " " {
                joined.append(" ")
            }
            joined += rest
            piece = rest
        }
        let range = TextPosition(line: line, column: 0)..<TextPosition(line: last, column: editor.lines[last].count)
        editor.replace(range, with: TextFragment(lines: [joined]), kind: .whole)
        editor.place(at: TextPosition(line: line, column: column))
    }
}

extension TextPosition {
    fileprivate var below: TextPosition { TextPosition(line: line + 1, column: column) }
}

extension VimCommand.Verb {
    /// Whether it always takes whole lines.
    var isByLines: Bool { self == .indent || self == .outdent }
}
