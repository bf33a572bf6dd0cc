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
    /// Move, and select what lies between.
    case select(TextMotion)
    /// The same over rows of the screen: one up or down.
    case selectRow(RowMotion)
    case selectAll
    /// Keep what is selected for ``yank`` and the terminal's clipboard; cut takes it away as well.
    case copy, cut
    case moveLineUp, moveLineDown
}
