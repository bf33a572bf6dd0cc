extension VimEditing {
    /// Does a command that changes the text or copies of it; what is selected is not selected any more. False: it could not be
    /// done.
    mutating func change(_ command: VimCommand, _ editor: inout TextEditor) -> Bool {
        let selected = isVisual ? selection(editor) : nil
        if isVisual { leaveVisual(editor) }
        switch command.action {
        case .apply(let verb, let motion): return apply(verb, motion, command, &editor)
        case .applyToObject(let verb, let object):
            let objects = VimObjects(lines: editor.lines, cursor: editor.cursor, anchor: nil, isLinewise: false)
            guard let span = objects.span(of: object, count: command.count) else { return false }
            guard !span.fails else {
                editor.place(at: span.end)
                return false
            }
            let (start, end) = (min(span.start, span.end), max(span.start, span.end))
            let region = VimRegion(from: start, to: end, span.reach, verb, in: editor)
            apply(verb, region, at: start, command, usesFirst: false, &editor)
        case .applyToLines(let verb): return apply(verb, .thisLine, command, &editor)
        case .applyToSelection(let verb, let isLinewise):
            guard let selected else { return false }
            let region = VimRegion(selected, byLines: isLinewise, in: editor)
            let times = verb.isByLines ? command.count : 1
            apply(verb, region, at: selected.operatorStart, command, usesFirst: false, times: times, &editor)
        case .insert(let place): beginInsert(at: place, command.count, &editor)
        case .put: if let selected { put(command, over: selected, &editor) } else { put(command, &editor) }
        case .join(let withBlank):
            return VimTextChanges.join(selected?.lines, count: command.count, withBlank: withBlank, &editor)
        case .replace(let character):
            if let selected {
                VimTextChanges.replace(selected, by: character, &editor)
            } else {
                return VimTextChanges.replace(by: character, count: command.count, &editor)
            }
        case .swapCase: return VimTextChanges.swapCase(count: command.count, &editor)
        case .move, .undo, .redo, .again, .select, .selectAgain, .selectObject, .otherEnd: break
        }
        return true
    }

    private mutating func apply(
        _ verb: VimCommand.Verb,
        _ motion: VimCommand.Motion,
        _ command: VimCommand,
        _ editor: inout TextEditor
    ) -> Bool {
        let target = target(of: motion, verb, command, editor)
        guard !target.fails else {
            editor.place(at: target.place)
            return false
        }
        let (start, end) = (min(editor.cursor, target.place), max(editor.cursor, target.place))
        let region = VimRegion(from: start, to: end, target.reach, verb, in: editor)
        apply(verb, region, at: start, command, usesFirst: target.usesFirst, &editor)
        return true
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
        let range = region.range(in: editor)
        let text = VimRegister(editor.buffer.fragment(in: range), isLinewise: region.isLinewise)
        let isNothing = range.isEmpty && !region.isLinewise
        editor.place(at: start)
        switch verb {
        case .copy:
            registers.copy(text, to: command.register)
            note(text, command.register, &editor)
        case .delete:
            guard !isNothing else { return editor.addEmptyUndoStep() }
            registers.delete(text, to: command.register, usesFirst: usesFirst)
            note(text, command.register, &editor)
            VimTextChanges.delete(region, &editor)
        case .change:
            if isNothing {
                editor.addEmptyUndoStep()
            } else {
                registers.delete(text, to: command.register, usesFirst: usesFirst)
                note(text, command.register, &editor)
                // Where vim's undo brings the caret back to.
                if case .lines(let lines) = region, lines.count > 1 { editor.cursor = editor.buffer.clamp(start.below) }
                editor.replace(range, with: .empty, kind: .whole)
            }
            mode = .insert
            insertion = VimInsertion(start: editor.cursor)
        case .lower: VimTextChanges.changeCase(of: range, endingAt: start, &editor) { $0.lowercased() }
        case .upper: VimTextChanges.changeCase(of: range, endingAt: start, &editor) { $0.uppercased() }
        case .swapCase: VimTextChanges.changeCase(of: range, endingAt: start, &editor, \.caseSwapped)
        case .indent, .outdent: VimTextChanges.shift(range, by: verb == .indent ? times : -times, &editor)
        }
    }

    /// What was taken is there for the other keys that put text, and for other programs where that is asked for.
    private mutating func note(_ text: VimRegister, _ name: Character?, _ editor: inout TextEditor) {
        guard name != "_" else { return }
        editor.killBuffer = text.text.text
        if VimRegisters.isClipboard(name) { requests.append(.copy(text.plain)) }
    }
}

extension TextPosition {
    fileprivate var below: TextPosition { TextPosition(line: line + 1, column: column) }
}
