/// Text being edited, with caret, kill buffer and undo; positions count characters, never bytes or cells.
///
/// Each mutating method is one command of a person. Whatever is inserted is cleaned first: line breaks normalised, tabs
/// to two spaces, control characters dropped; a single-line editor turns line breaks into spaces.
package struct TextEditor: Hashable, Sendable {
    /// Characters of a prompt; more than any model reads.
    package static let defaultLimit = 200_000

    /// False: line breaks become spaces.
    package let isMultiline: Bool
    /// Characters, a line break counting as one; what would go beyond is cut off.
    package let limit: Int
    /// Always a place in the text.
    package internal(set) var cursor: TextPosition
    /// The other end of what is selected; nil: nothing is, and neither where it is the caret's place.
    var anchor: TextPosition?
    /// What ``yank()`` inserts; settable, so that editors can share one.
    package var killBuffer = ""

    /// Characters that found no room below ``limit`` and that nobody was told of yet.
    var overflow = 0

    var buffer: TextBuffer
    var history = EditHistory()
    /// The cell column that vertical moves try to keep.
    var preferredColumn: Int?
    /// Whether the last command was a kill, so that the next one adds to it.
    var isKilling = false

    /// The caret stands at the end of `text`; there is nothing to undo.
    package init(_ text: String = "", isMultiline: Bool = true, limit: Int = Self.defaultLimit) {
        self.isMultiline = isMultiline
        self.limit = limit
        let fragment = TextFragment(cleaning: text, isMultiline: isMultiline)
        buffer = TextBuffer(fragment.count > limit ? fragment.prefix(limit) : fragment)
        overflow = max(0, fragment.count - limit)
        cursor = buffer.end
    }

    /// Lines joined by `\n`. Takes as long as the text is; prefer ``lines``.
    package var text: String { TextFragment(lines: buffer.lines).text }
    /// Never empty; without the line breaks.
    package var lines: [[Character]] { buffer.lines }
    /// No characters and one line.
    package var isEmpty: Bool { buffer.characterCount == 0 }
    /// A line break counts as one.
    package var characterCount: Int { buffer.characterCount }
    /// There is a step to take back.
    package var canUndo: Bool { history.canUndo }
    /// False after any change but an undo.
    package var canRedo: Bool { history.canRedo }

    /// The beginning on one line, for a row that has no room for more.
    package func beginning(characters: Int) -> String {
        var text = ""
        for line in buffer.lines where text.count < characters {
            text += (text.isEmpty ? "" : " ") + String(line.prefix(characters - text.count))
        }
        return text.oneLine(characters: characters)
    }

    /// How many characters found no room since this was asked last.
    mutating func takeOverflow() -> Int {
        defer { overflow = 0 }
        return overflow
    }

    /// What every command does first unless it goes on with the one before.
    mutating func beginCommand() {
        history.seal()
        preferredColumn = nil
        isKilling = false
        anchor = nil
    }

    mutating func replace(_ range: Range<TextPosition>, with fragment: TextFragment, kind: EditHistory.Kind) {
        let before = cursor
        let (edit, end) = buffer.edit(replacing: range, with: fragment)
        buffer.apply(edit)
        cursor = end
        preferredColumn = nil
        isKilling = false
        anchor = nil
        if edit.isEmpty {
            history.seal()
        } else {
            history.record(edit, kind: kind, before: before, after: cursor)
        }
    }
}

extension TextEditor {
    /// Ends the running undo step, as after a pause in typing.
    package mutating func endUndoStep() { history.seal() }

    /// Whatever is edited until ``endUndoGroup()``, or until something is undone, is one undo step.
    mutating func beginUndoGroup() { history.beginGroup() }
    mutating func endUndoGroup() { history.endGroup() }

    /// Adds an undo step that changes nothing, as vim does for a command that found nothing to change.
    mutating func addEmptyUndoStep() {
        let nothing = TextEdit(start: cursor, removed: .empty, inserted: .empty)
        history.record(nothing, kind: .whole, before: cursor, after: cursor)
    }

    /// False when there is nothing to undo.
    @discardableResult
    package mutating func undo() -> Bool {
        beginCommand()
        guard let step = history.undo() else { return false }
        for edit in step.edits.reversed() { buffer.apply(edit.inverse) }
        cursor = step.before
        return true
    }

    /// False when there is nothing to redo.
    /// - Parameter toStart: the caret goes to where it was before the step rather than after it.
    @discardableResult
    package mutating func redo(toStart: Bool = false) -> Bool {
        beginCommand()
        guard let step = history.redo() else { return false }
        for edit in step.edits { buffer.apply(edit) }
        cursor = toStart ? buffer.clamp(step.before) : step.after
        return true
    }
}
