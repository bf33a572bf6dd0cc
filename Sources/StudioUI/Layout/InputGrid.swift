import Studio
import Terminal

/// Where the inputs of the form stand in their pane.
struct InputGrid {
    /// The least width of one input.
    private static let cellColumns = 37
    /// Rows of the pane below which there is none for a description.
    private static let leastForHelp = 6

    /// Inputs beside each other.
    let columns: Int
    /// Two where each input has its description below it.
    let linesPerRow: Int
    /// Columns of the names.
    let label: Int
    /// The first line of inputs that is seen, in lines of inputs.
    let top: Int
    /// All lines of inputs, and those that are seen.
    let lines: Int
    let shownLines: Int
    /// Where the selected input is described; nil: there is no room, or it is not wanted.
    let help: Rect?
    private let inner: Rect
    private let width: Int

    /// - Parameters:
    ///   - inner: the pane without its frame.
    ///   - showsHelp: whether the selected input is described below all of them.
    init(inner: Rect, rows: [InputRow], isZoomed: Bool, showsHelp: Bool) {
        columns = Self.columns(width: inner.width, isZoomed: isZoomed)
        let isRoomy = columns == 1 && inner.height >= 2 * rows.count
        linesPerRow = isZoomed || isRoomy ? 2 : 1
        let helpRows = showsHelp && linesPerRow == 1 && inner.height >= Self.leastForHelp ? 3 : 0
        let area = inner.removingBottom(helpRows)
        help = helpRows == 0 ? nil : inner.splitBottom(helpRows - 1).bottom
        self.inner = area
        width = max(1, area.width / columns)
        label = min(max(rows.map(\.name.count).max() ?? 8, 8), max(8, width * (columns == 1 ? 55 : 45) / 100))
        lines = (rows.count + columns - 1) / columns
        shownLines = max(1, area.height / linesPerRow)
        let selected = (rows.firstIndex(where: \.isSelected) ?? 0) / columns
        top = max(0, min(selected - shownLines + 1, lines - shownLines))
    }

    static func columns(width: Int, isZoomed: Bool = false) -> Int { isZoomed ? 1 : max(1, width / cellColumns) }

    /// The indexes of the inputs that are seen.
    func visible(_ count: Int) -> Range<Int> {
        let first = min(top * columns, count)
        return first..<max(first, min(count, (top + shownLines) * columns))
    }

    /// The line of an input that is seen.
    func cell(at index: Int) -> Rect {
        let column = index % columns
        return Rect(
            column: inner.left + column * width,
            row: inner.top + (index / columns - top) * linesPerRow,
            width: width - (column == columns - 1 ? 0 : 2),
            height: 1
        )
    }
}
