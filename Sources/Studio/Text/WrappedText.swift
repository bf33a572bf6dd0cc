/// A cell of a layout: `row` counts screen rows from the top of the text, `column` cells from its left edge.
package struct TextPoint: Hashable, Sendable {
    /// From 0.
    package var row: Int
    /// In cells, from 0.
    package var column: Int

    /// Need not be a place of any layout.
    package init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }
}

/// One row on the screen.
package struct TextRow: Hashable, Sendable {
    /// The line of the text, from 0.
    package let line: Int
    /// The characters of the line that stand in this row; empty for an empty line, and for a row that only the caret
    /// can reach.
    package let range: Range<Int>
    /// The characters of ``range``.
    package let text: String
    /// Cells taken, trailing spaces included.
    package let width: Int
    /// Whether the line begins here, rather than going on from the row above.
    package let isLineStart: Bool
}

/// Text laid out in rows of at most `columns` cells; made by ``SoftWrap``.
///
/// Every character stands in exactly one row and every caret position in exactly one cell inside the width. The place
/// between two rows of a line belongs to the lower one.
package struct WrappedText: Hashable, Sendable {
    /// The width that was asked for, at least 1.
    package let columns: Int
    let lines: [[Character]]
    /// Of each line, what is known of its characters.
    let cells: [[CellMetric]]
    /// Of each line, the characters its rows begin with.
    let starts: [[Int]]
    /// Of each line, its first row.
    let firstRows: [Int]
    /// At least 1: an empty text has an empty row.
    package let rowCount: Int

    init(columns: Int, lines: [[Character]], cells: [[CellMetric]], starts: [[Int]]) {
        self.columns = columns
        self.lines = lines
        self.cells = cells
        self.starts = starts
        var firstRows: [Int] = []
        firstRows.reserveCapacity(lines.count)
        var count = 0
        for rows in starts {
            firstRows.append(count)
            count += rows.count
        }
        self.firstRows = firstRows
        rowCount = count
    }

    /// `row` must lie in `0..<rowCount`.
    package func row(_ row: Int) -> TextRow {
        let (line, range) = place(of: row)
        return TextRow(
            line: line,
            range: range,
            text: String(characters: lines[line][range]),
            width: width(of: range, in: line),
            isLineStart: range.lowerBound == 0
        )
    }

    /// The cell of a caret position; `position` must lie in the text.
    package func point(of position: TextPosition) -> TextPoint {
        let rows = starts[position.line]
        let index = Self.lastIndex(in: rows, notAbove: position.column)
        return TextPoint(
            row: firstRows[position.line] + index,
            column: width(of: rows[index]..<position.column, in: position.line)
        )
    }

    /// The caret position nearest to a cell: the one before the character that covers it. Rows outside the text count
    /// as the first or last row; beyond a row's end lies the last position of that row.
    package func position(at point: TextPoint) -> TextPosition {
        let (line, range) = place(of: min(max(point.row, 0), rowCount - 1))
        let isLast = range.upperBound == lines[line].count && starts[line].last == range.lowerBound
        let end = isLast ? range.upperBound : max(range.lowerBound, range.upperBound - 1)
        var left = max(point.column, 0)
        var column = range.lowerBound
        while column < end {
            let width = cells[line][column].width
            if left < max(width, 1) { break }
            left -= width
            column += 1
        }
        return TextPosition(line: line, column: column)
    }

    private func place(of row: Int) -> (line: Int, range: Range<Int>) {
        let line = Self.lastIndex(in: firstRows, notAbove: row)
        let index = row - firstRows[line]
        let rows = starts[line]
        let end = index + 1 < rows.count ? rows[index + 1] : lines[line].count
        return (line, rows[index]..<end)
    }

    private func width(of range: Range<Int>, in line: Int) -> Int {
        cells[line][range].reduce(0) { $0 + $1.width }
    }

    private static func lastIndex(in sorted: [Int], notAbove value: Int) -> Int {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }
}
