import Studio
import Terminal

/// Where the inputs of the form stand in their pane.
struct InputGrid {
    /// The least width of one input.
    private static let cellColumns = 37
    /// Rows of the pane below which there is none for a description.
    private static let leastForHelp = 6
    /// Rows of a description, with the empty one above it.
    private static let helpRows = 3
    /// The same where each input has a line of its description already, and this is the rest of it.
    private static let mostHelpRows = 6

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
        let longest = rows.map(\.name.count).max() ?? 0
        columns = Self.columns(in: inner.size, count: rows.count, longest: longest, isZoomed: isZoomed)
        let isRoomy = columns == 1 && inner.height >= 2 * rows.count
        linesPerRow = isZoomed || isRoomy ? 2 : 1
        let free = inner.height - linesPerRow * ((rows.count + columns - 1) / columns)
        let helpRows =
            !showsHelp
            ? 0
            : linesPerRow == 1
                ? inner.height >= Self.leastForHelp || free >= Self.helpRows ? Self.helpRows : 0
                : free >= Self.helpRows ? min(free, Self.mostHelpRows) : 0
        let area = inner.removingBottom(helpRows)
        help = helpRows == 0 ? nil : inner.splitBottom(helpRows - 1).bottom
        self.inner = area
        width = max(1, area.width / columns)
        label = min(max(longest, 8), Self.labelColumns(of: width, columns: columns))
        lines = (rows.count + columns - 1) / columns
        shownLines = max(1, area.height / linesPerRow)
        let selected = (rows.firstIndex(where: \.isSelected) ?? 0) / columns
        top = max(0, min(selected - shownLines + 1, lines - shownLines))
    }

    /// Inputs beside each other: as many as there is room for, but one where names would be cut beside free rows.
    ///
    /// - Parameters:
    ///   - size: of the pane without its frame.
    ///   - longest: characters of the longest name.
    static func columns(in size: Size, count: Int, longest: Int, isZoomed: Bool) -> Int {
        let most = max(1, size.columns / cellColumns)
        guard !isZoomed, most > 1 else { return 1 }
        let rows = size.rows - (size.rows >= leastForHelp ? helpRows : 0)
        let isCut = longest > labelColumns(of: size.columns / most, columns: most)
        return isCut && count <= rows ? 1 : most
    }

    /// The most columns of a name.
    private static func labelColumns(of width: Int, columns: Int) -> Int {
        columns == 1 ? max(8, width * 55 / 100, width - 12) : max(8, width * 45 / 100)
    }

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
