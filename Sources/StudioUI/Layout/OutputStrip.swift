import Terminal

/// Where the outputs of one run stand beside the picture of one of them: in a column where the picture leaves room at its
/// side, else in a row below it.
struct OutputStrip: Hashable {
    static let tile = Size(columns: 14, rows: 4)

    /// What is left for the picture.
    let picture: Rect
    /// The outputs that are shown.
    let outputs: Range<Int>
    private let isColumn: Bool
    private let area: Rect

    init(area: Rect, count: Int, selected: Int) {
        self.area = area
        let tile = Self.tile
        // A square picture as high as the area is twice as many columns wide.
        isColumn = area.width >= area.height * 2 + tile.columns + 3 && area.height >= tile.rows * 2 + 1
        // Where not all of them fit, a row tells how many there are besides.
        let all = (area.height + 1) / (tile.rows + 1)
        let fitting =
            isColumn
            ? count > all ? area.height / (tile.rows + 1) : all
            : area.height >= tile.rows * 4 ? area.width / (tile.columns + 2) : 0
        guard count > 1, fitting > 1 else {
            picture = area
            outputs = 0..<0
            return
        }
        let shown = min(count, fitting)
        let first = min(max(selected - shown / 2, 0), count - shown)
        outputs = first..<(first + shown)
        picture = isColumn ? area.removingRight(tile.columns + 3) : area.removingBottom(tile.rows + 1)
    }

    /// The place of an output's small picture; the sign of the shown one stands to its left, or above it.
    func rect(_ output: Int) -> Rect {
        let place = output - outputs.lowerBound
        let tile = Self.tile
        return isColumn
            ? Rect(
                column: area.right - tile.columns,
                row: area.top + place * (tile.rows + 1),
                width: tile.columns,
                height: tile.rows
            )
            : Rect(
                column: area.left + place * (tile.columns + 2) + 2,
                row: area.bottom - tile.rows,
                width: tile.columns,
                height: tile.rows
            )
    }

    /// Where the sign of the shown output stands, beside its small picture of so many columns.
    func sign(_ output: Int, columns: Int) -> Point {
        let rect = rect(output)
        return Point(column: rect.left + (rect.width - columns) / 2 - 2, row: rect.top + rect.height / 2)
    }

    /// How many outputs are not among those that are shown, such as `+3`, and where that stands; nil: all of them are shown.
    func hidden(of count: Int) -> (text: String, at: Point)? {
        guard !outputs.isEmpty, count > outputs.count else { return nil }
        let text = "+\(count - outputs.count)"
        let last = rect(outputs.upperBound - 1)
        return isColumn
            ? (text, Point(column: area.right - text.count, row: min(last.bottom, area.bottom - 1)))
            : (text, Point(column: min(last.right + 1, area.right - text.count), row: last.top + last.height / 2))
    }
}
