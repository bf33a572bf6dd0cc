/// The modal way of editing the prompt: what a prompt needs of vim, done as vim does it.
///
/// Known are motions, operators, text objects, counts, registers, repetition by `.`, search, and visual mode by characters
/// and by lines; docs/Keys.md lists the keys. Not known are marks, macros, blocks and the command line: their keys do nothing.
package struct VimEditing: Hashable, Sendable {
    /// What is to be done with the system's clipboard.
    enum Request: Hashable {
        case copy(String)
        /// ``VimEditing/receive(clipboard:_:)`` gets what is there.
        case readClipboard
    }

    /// A prompt is opened to type in it.
    package internal(set) var mode = VimMode.insert
    /// What has been typed of a command that is not complete.
    package internal(set) var pending = ""
    /// Whether what is typed belongs to a pattern.
    package internal(set) var isTypingPattern = false

    var registers = VimRegisters()
    var memory = VimMemory()
    /// The other end of what is selected, in visual mode.
    var anchor = TextPosition.start
    /// What was selected last.
    var lastSelection: VimSelection?
    var insertion: VimInsertion?
    /// Where text was inserted last.
    var lastInsertion: TextPosition?
    /// What `.` does again.
    var change: VimChange?
    var isRepeating = false
    /// The command that waits for the clipboard.
    var awaited: VimCommand?
    /// The column that moves from line to line try to keep.
    var wantedColumn: Int?
    var requests: [Request] = []

    /// Insert mode, because a prompt is opened to type in it.
    package init() {}

    /// Whether letters are commands.
    package var readsCommands: Bool { mode != .insert }

    var isVisual: Bool { mode == .visual || mode == .visualLine }

    /// Goes back to normal mode; there, gives up what has been typed of a command.
    package mutating func escape(_ editor: inout TextEditor) {
        forgetKeys()
        switch mode {
        case .normal: break
        case .visual, .visualLine:
            leaveVisual(editor)
            settle(&editor)
        case .insert: leaveInsert(&editor)
        }
    }

    /// The caret was moved by other keys: what was typed before it is done with.
    mutating func interruptTyping(_ editor: inout TextEditor) {
        forgetKeys()
        insertion = nil
        wantedColumn = nil
        editor.endUndoGroup()
    }

    private mutating func forgetKeys() {
        pending = ""
        isTypingPattern = false
        awaited = nil
    }

    /// Brings the caret onto a character, which is where normal mode has it.
    package mutating func settle(_ editor: inout TextEditor) {
        guard mode == .normal else { return }
        let last = max(0, editor.lines[editor.cursor.line].count - 1)
        if editor.cursor.column > last { editor.cursor.column = last }
    }

    /// Takes a key of normal or visual mode: a line feed is the Enter key, `\u{8}` Backspace, `\u{12}` redo.
    mutating func take(_ character: Character, _ editor: inout TextEditor, in layout: WrappedText) -> [Request] {
        if character == "\u{8}", isTypingPattern { return takeBack() }
        adoptSelection(&editor)
        pending.append(character)
        switch VimCommand.read(pending, isVisual: isVisual) {
        case .incomplete(let isPattern): isTypingPattern = isPattern
        case .invalid: forgetKeys()
        case .command(let command):
            forgetKeys()
            perform(command, &editor, in: layout)
        }
        defer { requests = [] }
        return requests
    }

    /// Takes the last letter of a pattern back; with none left, the command.
    private mutating func takeBack() -> [Request] {
        pending.removeLast()
        if VimCommand.read(pending, isVisual: isVisual) != .incomplete(isPattern: true) { forgetKeys() }
        return []
    }

    /// What another program has copied, for the command that waits for it; false: none does.
    mutating func receive(clipboard text: String, _ editor: inout TextEditor) -> Bool {
        guard let command = awaited.take(), readsCommands else { return false }
        registers.copy(VimRegister(plain: text), to: "+")
        group(&editor) { $0.put(command, &$1) }
        return true
    }

    private mutating func perform(_ command: VimCommand, _ editor: inout TextEditor, in layout: WrappedText) {
        let wanted = wantedColumn
        wantedColumn = nil
        switch command.action {
        case .move(let motion): move(motion, command, wanted, &editor, in: layout)
        case .undo: for _ in 0..<command.count { editor.undo() }
        case .redo: for _ in 0..<command.count { editor.redo(toStart: true) }
        case .again: repeatChange(command, &editor)
        case .select(let isLinewise): select(isLinewise, editor)
        case .selectAgain: selectAgain(&editor)
        case .selectObject(let object): select(object, command.count, &editor)
        case .otherEnd: swap(&anchor, &editor.cursor)
        case .apply, .applyToObject, .applyToLines, .applyToSelection, .insert, .put, .join, .replace, .swapCase:
            if VimRegisters.isClipboard(command.register), case .put = command.action {
                awaited = command
                requests.append(.readClipboard)
                return
            }
            perform(command, &editor)
        }
        settle(&editor)
    }

    /// A command that changes the text, or copies of it.
    private mutating func perform(_ command: VimCommand, _ editor: inout TextEditor) {
        let extent = isVisual ? VimExtent(selection(editor)) : nil
        let before = change
        if command.isChange, !isRepeating { change = VimChange(command: command, extent: extent) }
        // What could not be done is not done again.
        group(&editor) { if !$0.change(command, &$1) { $0.change = before } }
    }

    private mutating func group(_ editor: inout TextEditor, _ change: (inout VimEditing, inout TextEditor) -> Void) {
        editor.beginUndoGroup()
        change(&self, &editor)
        if mode != .insert { editor.endUndoGroup() }
        settle(&editor)
    }

    private mutating func move(
        _ motion: VimCommand.Motion,
        _ command: VimCommand,
        _ wanted: Int?,
        _ editor: inout TextEditor,
        in layout: WrappedText
    ) {
        switch motion {
        case .rowDown: for _ in 0..<command.count { editor.move(.down, in: layout) }
        case .rowUp: for _ in 0..<command.count { editor.move(.up, in: layout) }
        case .down, .up:
            wantedColumn = wanted ?? editor.cursor.column
            editor.place(at: target(of: motion, nil, command, editor).place)
        default:
            editor.place(at: target(of: motion, nil, command, editor).place)
            if motion == .lineEnd { wantedColumn = .max }
        }
    }

    mutating func target(
        of motion: VimCommand.Motion,
        _ verb: VimCommand.Verb?,
        _ command: VimCommand,
        _ editor: TextEditor
    ) -> VimTarget {
        let motions = VimMotions(
            lines: editor.lines,
            cursor: editor.cursor,
            count: command.count,
            hasCount: command.hasCount,
            verb: verb,
            isVisual: isVisual,
            wantedColumn: wantedColumn
        )
        return motions.target(of: motion, &memory)
    }

    /// Does the last change again, with another count where one is typed.
    private mutating func repeatChange(_ command: VimCommand, _ editor: inout TextEditor) {
        guard mode == .normal, var change else { return }
        if command.hasCount { (change.command.count, change.command.hasCount) = (command.count, true) }
        if let name = change.command.register, let number = name.wholeNumberValue, (1...8).contains(number) {
            change.command.register = Character("\(number + 1)")
        }
        self.change = change
        isRepeating = true
        if let extent = change.extent { select(extent, &editor) }
        perform(change.command, &editor)
        if mode == .insert {
            for key in change.keys { type(key, &editor) }
            leaveInsert(&editor)
        }
        isRepeating = false
    }
}
