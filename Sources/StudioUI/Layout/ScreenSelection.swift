package import Terminal

/// Text of the screen that is selected with the mouse, from one cell to another as in a terminal, and never beyond the frame in
/// which the button went down.
package struct ScreenSelection: Hashable, Sendable {
    /// What can be selected.
    private let area: Rect
    private let anchor: Point
    private var head: Point

    /// Nothing is selected until the pointer moves.
    ///
    /// - Parameter area: the inside of the frame; where `anchor` lies outside, nothing can be selected.
    package init(from anchor: Point, in area: Rect) {
        self.area = area.contains(anchor) ? area : Rect(origin: anchor, size: Size(columns: 0, rows: 0))
        self.anchor = anchor
        head = anchor
    }

    /// Selects up to and with the cell under the pointer, or the nearest one within the frame.
    package mutating func extend(to point: Point) {
        guard !area.isEmpty else { return }
        head = Point(
            column: min(max(point.column, area.left), area.right - 1),
            row: min(max(point.row, area.top), area.bottom - 1)
        )
    }

    /// The selected part of each row, from top to bottom.
    package var rows: [Rect] {
        // A hand that shakes while it clicks selects nothing.
        guard head.row != anchor.row || abs(head.column - anchor.column) > 1 else { return [] }
        let isForward = (anchor.row, anchor.column) < (head.row, head.column)
        let (first, last) = isForward ? (anchor, head) : (head, anchor)
        return (first.row...last.row).map { row in
            let left = row == first.row ? first.column : area.left
            let right = row == last.row ? last.column + 1 : area.right
            return Rect(column: left, row: row, width: right - left, height: 1)
        }
    }

    /// The text, without the blanks at the end of its lines and without pictures.
    package func text(of surface: Surface, pictures: [Rect]) -> String {
        let lines = rows.map { row in
            let cells = points(of: row, without: pictures).map { surface[$0.column, $0.row].text }
            return String(cells.joined().reversed().drop { $0 == " " }.reversed())
        }
        let isBlank = lines.allSatisfy(\.isEmpty)
        return isBlank ? "" : lines.joined(separator: "\n")
    }

    /// Reverses what is selected, which shows without colour too. Pictures stay as they are.
    package func show(on surface: inout Surface, pictures: [Rect]) {
        for point in rows.flatMap({ points(of: $0, without: pictures) }) {
            surface.restyle(Rect(origin: point, size: Size(columns: 1, rows: 1))) { $0.reversed }
        }
    }

    private func points(of row: Rect, without pictures: [Rect]) -> [Point] {
        (row.left..<row.right).map { Point(column: $0, row: row.top) }.filter { point in
            !pictures.contains { $0.contains(point) }
        }
    }
}

extension Style {
    /// As it shows that text is selected.
    var reversed: Style {
        Style(foreground: foreground, background: background, attributes: attributes.union(.reverse))
    }
}
