import Terminal

/// Where the tiles of the light table stand. A pure function of the area and of how many tiles there are.
package struct LightTableLayout: Hashable, Sendable {
    /// Lines below a thumbnail: what it is, and what it cost.
    static let captionLines = 2
    private static let gap = 2
    /// Columns of a tile; where that leaves room for one row only, the smaller number.
    private static let usualWidth = 26
    private static let leastWidth = 22

    let area: Rect
    package let columns: Int
    package let rows: Int
    let tile: Size

    /// - Parameter count: tiles in all; where they are few, each gets more room.
    init(area: Rect, count: Int) {
        // One line above each row, for what its tiles have in common.
        let area = area.inset(dx: 1, dy: 0).removingTop(area.height > 12 ? 1 : 0)
        self.area = area
        let usual = Self.grid(in: area, columns: (area.width + Self.gap) / (Self.usualWidth + Self.gap))
        let dense = Self.grid(in: area, columns: (area.width + Self.gap) / (Self.leastWidth + Self.gap))
        var grid = usual.rows == 1 && dense.rows > 1 ? dense : usual
        if count > 0, count < grid.columns * grid.rows {
            grid = Self.spacious(in: area, count: count, most: grid.columns)
        }
        (columns, rows) = grid
        let width = max(1, (area.width - Self.gap * (columns - 1)) / columns)
        tile = Size(columns: width, rows: max(1, (area.height + 1) / rows - 1))
    }

    /// As many rows as there is room for, each as high as a picture of four by three, in cells twice as high as wide; lower
    /// where that makes room for one more.
    private static func grid(in area: Rect, columns: Int) -> (columns: Int, rows: Int) {
        let columns = max(columns, 1)
        let wished = max(1, (area.width - gap * (columns - 1)) / columns) * 3 / 8 + captionLines + 1
        let least = max(captionLines + 3, wished * 3 / 4)
        let fitting = max(1, (area.height + 1) / wished)
        return (columns, min(max(fitting, 2), max(1, (area.height + 1) / least)))
    }

    /// The grid in which a few tiles are as large as can be; of two alike, the one with fewer empty places.
    private static func spacious(in area: Rect, count: Int, most: Int) -> (columns: Int, rows: Int) {
        func size(_ columns: Int) -> Int {
            let rows = (count + columns - 1) / columns
            let width = (area.width - gap * (columns - 1)) / columns
            let height = (area.height + 1) / rows - 1 - captionLines
            return min(width * 3, height * 8)
        }
        func empty(_ columns: Int) -> Int { (count + columns - 1) / columns * columns - count }
        let columns = (1...max(most, 1)).max { (size($0), -empty($0)) < (size($1), -empty($1)) } ?? 1
        return (columns, (count + columns - 1) / columns)
    }

    /// The cells of a thumbnail.
    var thumbnail: Size { Size(columns: tile.columns, rows: max(0, tile.rows - Self.captionLines)) }

    /// The place of a tile, counted from the upper left.
    func rect(_ place: Int) -> Rect {
        Rect(
            column: area.left + place % columns * (tile.columns + Self.gap),
            row: area.top + place / columns * (tile.rows + 1),
            width: tile.columns,
            height: tile.rows
        )
    }
}
