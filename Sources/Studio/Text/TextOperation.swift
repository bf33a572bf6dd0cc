/// What a person can do in any text that is typed, beside typing into it.
package enum TextOperation: Hashable, Sendable {
    case undo, redo
    case newline
    case deleteBackward, deleteForward
    case deleteWordBackward, deleteWordForward
    case killToLineEnd, killToLineStart
    /// Put back what was killed last.
    case yank
    case move(TextMotion)
    case moveLineUp, moveLineDown
}
