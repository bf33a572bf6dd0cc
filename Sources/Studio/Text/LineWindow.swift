/// The part of one line that a field of a few cells shows: the whole line where it fits, else a part that moves on by
/// half a field so that the caret is always in it.
package struct LineWindow: Hashable, Sendable {
    /// The characters on show.
    package let range: Range<Int>
    /// The characters of ``range``.
    package let text: String
    /// Cells from the field's left edge; less than its width.
    package let caretColumn: Int
    /// There is more before ``range``.
    package let isCutLeft: Bool
    /// There is more behind ``range``.
    package let isCutRight: Bool

    /// `caret` counts characters and must lie in the line; `columns` is at least one; `measure` gives the cells of a
    /// character.
    package init(_ line: [Character], caret: Int, columns: Int, measure: (Character) -> Int) {
        let columns = max(columns, 1)
        let half = max(columns / 2, 1)
        var edges = [0]
        for character in line { edges.append(edges[edges.count - 1] + max(measure(character), 0)) }

        var start = 0
        if edges[line.count] >= columns, edges[caret] >= columns {
            let pages = (edges[caret] - (columns - 1) + half - 1) / half
            start = edges.firstIndex { $0 >= pages * half } ?? caret
        }
        var end = start
        while end < line.count, edges[end + 1] - edges[start] <= columns { end += 1 }
        range = start..<end
        text = String(characters: line[range])
        caretColumn = edges[caret] - edges[start]
        isCutLeft = start > 0
        isCutRight = end < line.count
    }
}
