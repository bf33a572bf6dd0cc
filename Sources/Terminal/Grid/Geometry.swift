/// The extent of an area of the cell grid, in cells.
package struct Size: Hashable, Sendable {
    /// Width in cells; not negative in a result of this target.
    package var columns: Int
    /// Height in cells; not negative in a result of this target.
    package var rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }

    /// No cells.
    package static let zero = Size(columns: 0, rows: 0)
}

/// A place on the cell grid; column 0, row 0 is the top left corner.
package struct Point: Hashable, Sendable {
    /// Counts from 0 at the left.
    package var column: Int
    /// Counts from 0 at the top.
    package var row: Int

    package init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }

    /// The top left corner.
    package static let zero = Point(column: 0, row: 0)
}

/// A rectangle of cells. `right` and `bottom` are exclusive. An extent computed here is not negative: it stops at
/// empty.
package struct Rect: Hashable, Sendable {
    /// The top left cell.
    package var origin: Point
    /// The extent.
    package var size: Size

    /// Keeps `size` unchanged.
    package init(origin: Point, size: Size) {
        self.origin = origin
        self.size = size
    }

    /// A negative width or height becomes 0.
    package init(column: Int, row: Int, width: Int, height: Int) {
        self.init(
            origin: Point(column: column, row: row),
            size: Size(columns: max(0, width), rows: max(0, height))
        )
    }

    /// The first column.
    package var left: Int { origin.column }
    /// The first row.
    package var top: Int { origin.row }
    /// The column after the last one.
    package var right: Int { origin.column + size.columns }
    /// The row after the last one.
    package var bottom: Int { origin.row + size.rows }
    /// The number of columns.
    package var width: Int { size.columns }
    /// The number of rows.
    package var height: Int { size.rows }
    /// True when it has no cells.
    package var isEmpty: Bool { width <= 0 || height <= 0 }

    /// Whether the cell at `point` lies inside.
    package func contains(_ point: Point) -> Bool {
        point.column >= left && point.column < right && point.row >= top && point.row < bottom
    }

    /// The rectangle with `dx` columns taken off the left and the right, and `dy` rows off the top and the bottom.
    package func inset(dx: Int, dy: Int) -> Rect {
        Rect(column: left + dx, row: top + dy, width: width - 2 * dx, height: height - 2 * dy)
    }

    /// The rectangle with `cells` taken off every side.
    package func inset(by cells: Int) -> Rect {
        inset(dx: cells, dy: cells)
    }

    /// The cells that both have; empty when they do not overlap.
    package func intersection(_ other: Rect) -> Rect {
        let column = max(left, other.left)
        let row = max(top, other.top)
        return Rect(
            column: column,
            row: row,
            width: min(right, other.right) - column,
            height: min(bottom, other.bottom) - row
        )
    }

    /// A rectangle of at most `size` in the middle of this one. When the rest is odd, the larger part is at the right
    /// and the bottom.
    package func centered(_ size: Size) -> Rect {
        let columns = min(size.columns, width)
        let rows = min(size.rows, height)
        return Rect(
            column: left + (width - columns) / 2,
            row: top + (height - rows) / 2,
            width: columns,
            height: rows
        )
    }
}

extension Rect {
    /// Cuts off `rows` rows at the top. Both parts stay inside of the rectangle: a number below 0 counts as 0, a larger
    /// one than the height as the height.
    package func splitTop(_ rows: Int) -> (top: Rect, rest: Rect) {
        let cut = clamp(rows, height)
        return (
            Rect(column: left, row: top, width: width, height: cut),
            Rect(column: left, row: top + cut, width: width, height: height - cut)
        )
    }

    /// Cuts off `rows` rows at the bottom; limits as for ``splitTop(_:)``.
    package func splitBottom(_ rows: Int) -> (rest: Rect, bottom: Rect) {
        let (rest, bottom) = splitTop(height - clamp(rows, height))
        return (rest, bottom)
    }

    /// Cuts off `columns` columns on the left; limits as for ``splitTop(_:)``.
    package func splitLeft(_ columns: Int) -> (left: Rect, rest: Rect) {
        let cut = clamp(columns, width)
        return (
            Rect(column: left, row: top, width: cut, height: height),
            Rect(column: left + cut, row: top, width: width - cut, height: height)
        )
    }

    /// Cuts off `columns` columns on the right; limits as for ``splitTop(_:)``.
    package func splitRight(_ columns: Int) -> (rest: Rect, right: Rect) {
        let (rest, right) = splitLeft(width - clamp(columns, width))
        return (rest, right)
    }

    /// The rectangle without `rows` rows at the top.
    package func removingTop(_ rows: Int) -> Rect { splitTop(rows).rest }
    /// The rectangle without `rows` rows at the bottom.
    package func removingBottom(_ rows: Int) -> Rect { splitBottom(rows).rest }
    /// The rectangle without `columns` columns on the left.
    package func removingLeft(_ columns: Int) -> Rect { splitLeft(columns).rest }
    /// The rectangle without `columns` columns on the right.
    package func removingRight(_ columns: Int) -> Rect { splitRight(columns).rest }

    private func clamp(_ value: Int, _ limit: Int) -> Int { max(0, min(value, limit)) }
}
