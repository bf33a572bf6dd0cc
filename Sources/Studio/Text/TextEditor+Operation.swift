extension TextEditor {
    /// Does what a key means in a text.
    package mutating func perform(_ operation: TextOperation) {
        switch operation {
        case .undo: undo()
        case .redo: redo()
        case .newline: insert("\n")
        case .deleteBackward: deleteBackward()
        case .deleteForward: deleteForward()
        case .deleteWordBackward: deleteWordBackward()
        case .deleteWordForward: deleteWordForward()
        case .killToLineEnd: deleteToLineEnd()
        case .killToLineStart: deleteToLineStart()
        case .yank: yank()
        case .move(let motion): move(motion)
        case .select(let motion): select(motion)
        // Rows need their layout.
        case .selectRow: break
        case .selectAll: selectAll()
        case .copy: copy()
        case .cut: cut()
        case .moveLineUp: moveLineUp()
        case .moveLineDown: moveLineDown()
        }
    }
}
