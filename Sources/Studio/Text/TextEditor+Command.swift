extension Command {
    /// Whether all it does in a text is to move the caret.
    var movesCaret: Bool {
        switch self {
        case .left, .right, .wordLeft, .wordRight, .lineStart, .lineEnd, .documentStart, .documentEnd: true
        default: false
        }
    }
}

extension TextEditor {
    /// Does what `command` means in any text; false when it means nothing here.
    mutating func edit(_ command: Command) -> Bool {
        switch command {
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
        case .left: move(.left)
        case .right: move(.right)
        case .wordLeft: move(.wordLeft)
        case .wordRight: move(.wordRight)
        case .lineStart: move(.lineStart)
        case .lineEnd: move(.lineEnd)
        case .documentStart: move(.textStart)
        case .documentEnd: move(.textEnd)
        case .moveLineUp: moveLineUp()
        case .moveLineDown: moveLineDown()
        default: return false
        }
        return true
    }
}
