/// What is selected in visual mode.
struct VimSelection: Hashable, Sendable {
    /// Where it began, and where the caret is; both belong to it. A column may be that of a line's end.
    var anchor: TextPosition
    var cursor: TextPosition
    var isLinewise: Bool
    /// It goes to the ends of the lines.
    var reachesEnd = false

    var start: TextPosition { min(anchor, cursor) }
    var end: TextPosition { max(anchor, cursor) }
    var lines: ClosedRange<Int> { start.line...end.line }
    /// Where an operator brings the caret.
    var operatorStart: TextPosition {
        isLinewise && anchor <= cursor ? TextPosition(line: start.line, column: 0) : start
    }
}

/// How much was selected, to select as much elsewhere.
struct VimExtent: Hashable, Sendable {
    private let isLinewise: Bool
    private let lines: Int
    /// Of one line, how many; of several, that of the last character.
    private let columns: Int
    private let reachesEnd: Bool

    init(_ selection: VimSelection) {
        isLinewise = selection.isLinewise
        lines = selection.lines.count
        columns = lines == 1 ? selection.end.column - selection.start.column + 1 : selection.end.column
        reachesEnd = selection.reachesEnd
    }

    func end(from start: TextPosition, in text: [[Character]]) -> (TextPosition, VimMode) {
        let line = min(start.line + lines - 1, text.count - 1)
        let column = reachesEnd ? text[line].count : lines == 1 ? start.column + columns - 1 : columns
        let end = TextPosition(line: line, column: min(column, text[line].count))
        return (end, isLinewise ? .visualLine : .visual)
    }
}
