package import Pixels

/// One cell of the grid.
package struct Cell: Hashable, Sendable {
    /// One display cluster: a spacing scalar and at most four marks. Empty for the right half of a wide cluster.
    package var text: String
    /// Colours and attributes.
    package var style: Style

    /// A blank cell by default.
    package init(text: String = " ", style: Style = Style()) {
        self.text = text
        self.style = style
    }
}

/// A picture on the screen and the cells that it covers.
package struct PicturePlacement: Hashable, Sendable {
    package let rect: Rect
    package let graphic: PictureGraphic
    /// One of a film's frames: the one before stays in its place until this one is there.
    package let isFrame: Bool

    package init(rect: Rect, graphic: PictureGraphic, isFrame: Bool = false) {
        self.rect = rect
        self.graphic = graphic
        self.isFrame = isFrame
    }
}

/// A grid of cells to draw on, without a terminal.
///
/// Drawing outside is cut off. Text is made safe before it is stored (``DisplayText``). A wide cluster is never left
/// split: overwriting one half blanks the other. A picture that is placed over cells is gone as soon as one of these cells
/// is drawn again: what was drawn there before is seen instead.
package struct Surface: Equatable, Sendable {
    /// The extent in cells; not negative.
    package let size: Size
    /// Row by row. Every index computed here has been limited to the grid before.
    private(set) var cells: [Cell]
    private var placed: [PicturePlacement] = []
    /// For each cell the number of its picture in ``placed``, from 1 on; empty while there is none.
    private var owners: [UInt16] = []
    /// Numbers of pictures that something was drawn over.
    private var hidden: Set<UInt16> = []

    /// Blank cells in one style. A negative extent becomes 0.
    package init(size: Size, style: Style = Style()) {
        self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
        cells = Array(repeating: Cell(style: style), count: self.size.columns * self.size.rows)
    }

    /// The whole surface as a rectangle.
    package var bounds: Rect { Rect(origin: .zero, size: size) }

    /// The cell at a place; a blank one when it is outside.
    ///
    /// Setting stores the first display cluster of the text; outside of the grid it does nothing. An empty text keeps
    /// the right half of the wide cluster before it, and is a blank anywhere else. So copying cells from left to right
    /// copies wide clusters too.
    package subscript(column: Int, row: Int) -> Cell {
        get {
            guard column >= 0, column < size.columns, row >= 0, row < size.rows else { return Cell() }
            return cells[row * size.columns + column]
        }
        set {
            guard column >= 0, column < size.columns, row >= 0, row < size.rows else { return }
            if newValue.text.isEmpty {
                let index = row * size.columns + column
                if cells[index].text.isEmpty {
                    cells[index].style = newValue.style
                } else {
                    put(" ", columns: 1, column: column, row: row, style: newValue.style)
                }
                return
            }
            let cluster = DisplayText.firstCluster(of: newValue.text)
            put(cluster.text, columns: cluster.columns, column: column, row: row, style: newValue.style)
        }
    }

    /// Writes one line of text from `point` on, at most `limit` columns of it, and returns the columns used.
    ///
    /// Columns left of the surface count as used. A wide cluster that an edge cuts is drawn as blanks. A nil limit: up
    /// to the right edge.
    @discardableResult
    package mutating func write(_ text: String, at point: Point, style: Style, width limit: Int? = nil) -> Int {
        let end = min(size.columns, limit.map { point.column + max(0, $0) } ?? size.columns)
        guard point.row >= 0, point.row < size.rows, point.column < end else { return 0 }
        var column = point.column
        let row = point.row
        if DisplayText.isPlainASCII(text) {
            for byte in text.utf8 {
                guard column < end else { break }
                if column >= 0 {
                    put(DisplayText.ascii[Int(byte)], columns: 1, column: column, row: row, style: style)
                }
                column += 1
            }
            return column - point.column
        }
        DisplayText.forEachCluster(in: text) { cluster, columns in
            guard column < end else { return false }
            if column >= 0, column + columns <= end {
                put(cluster, columns: columns, column: column, row: row, style: style)
                column += columns
            } else {
                for blank in column..<min(column + columns, end) where blank >= 0 {
                    put(" ", columns: 1, column: blank, row: row, style: style)
                }
                column = min(column + columns, end)
            }
            return true
        }
        return column - point.column
    }

    /// Fills a rectangle with one display cluster. Where a wide one does not fit, a blank is drawn.
    package mutating func fill(_ rect: Rect, with text: String = " ", style: Style) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        let cluster = DisplayText.firstCluster(of: text)
        for row in area.top..<area.bottom {
            var column = area.left
            while column < area.right {
                let fits = column + cluster.columns <= area.right
                put(
                    fits ? cluster.text : " ",
                    columns: fits ? cluster.columns : 1,
                    column: column,
                    row: row,
                    style: style
                )
                column += fits ? cluster.columns : 1
            }
        }
    }

    /// Draws the outline of a rectangle and does not change its inside. Does nothing when it is smaller than 2×2.
    package mutating func frame(_ rect: Rect, border: BorderKind, style: Style) {
        guard rect.width >= 2, rect.height >= 2 else { return }
        let glyphs = border.glyphs
        for column in max(0, rect.left + 1)..<max(0, rect.left + 1, min(rect.right - 1, size.columns)) {
            set(glyphs.horizontal, column: column, row: rect.top, style: style)
            set(glyphs.horizontal, column: column, row: rect.bottom - 1, style: style)
        }
        for row in max(0, rect.top + 1)..<max(0, rect.top + 1, min(rect.bottom - 1, size.rows)) {
            set(glyphs.vertical, column: rect.left, row: row, style: style)
            set(glyphs.vertical, column: rect.right - 1, row: row, style: style)
        }
        set(glyphs.topLeft, column: rect.left, row: rect.top, style: style)
        set(glyphs.topRight, column: rect.right - 1, row: rect.top, style: style)
        set(glyphs.bottomLeft, column: rect.left, row: rect.bottom - 1, style: style)
        set(glyphs.bottomRight, column: rect.right - 1, row: rect.bottom - 1, style: style)
    }

    /// Puts a picture over cells that show what is to be seen while it cannot be shown. One that is not completely on the
    /// surface is left out.
    ///
    /// - Parameter isFrame: see ``PicturePlacement/isFrame``.
    package mutating func place(_ graphic: PictureGraphic, at point: Point, isFrame: Bool = false) {
        let rect = Rect(column: point.column, row: point.row, width: graphic.columns, height: graphic.rows)
        guard !rect.isEmpty, rect.intersection(bounds) == rect, placed.count < Int(UInt16.max) else { return }
        own(PicturePlacement(rect: rect, graphic: graphic, isFrame: isFrame))
    }

    /// Makes a part blank, as a new surface is, and takes the pictures away that reach into it.
    package mutating func clear(_ rect: Rect) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        let blank = Cell()
        for row in area.top..<area.bottom {
            let start = row * size.columns
            // No half of a wide cluster is left at an edge.
            if area.left > 0, cells[start + area.left].text.isEmpty { cells[start + area.left - 1].text = " " }
            if area.right < size.columns, cells[start + area.right].text.isEmpty {
                cells[start + area.right].text = " "
            }
            for index in (start + area.left)..<(start + area.right) { cells[index] = blank }
        }
        let kept = placements.filter { $0.rect.intersection(area).isEmpty }
        guard kept.count < placed.count else { return }
        (placed, owners, hidden) = ([], [], [])
        for placement in kept { own(placement) }
    }

    private mutating func own(_ placement: PicturePlacement) {
        if owners.isEmpty { owners = Array(repeating: 0, count: cells.count) }
        placed.append(placement)
        let rect = placement.rect
        for row in rect.top..<rect.bottom {
            for index in (row * size.columns + rect.left)..<(row * size.columns + rect.right) {
                cover(index)
                owners[index] = UInt16(placed.count)
            }
        }
    }

    /// Takes the cells of another surface, without its pictures; both must have all of `rect`.
    mutating func takeCells(of other: Surface, in rect: Rect) {
        guard rect.intersection(bounds) == rect, rect.intersection(other.bounds) == rect else { return }
        for row in rect.top..<rect.bottom {
            let (start, from) = (row * size.columns + rect.left, row * other.size.columns + rect.left)
            cells.replaceSubrange(start..<(start + rect.width), with: other.cells[from..<(from + rect.width)])
        }
    }

    /// The cells that are others in `frame`, which has the same size: their indices, in order.
    func differences(from frame: Surface) -> [Int] {
        cells.withUnsafeBufferPointer { own in
            frame.cells.withUnsafeBufferPointer { other in
                own.indices.filter { own[$0] != other[$0] }
            }
        }
    }

    /// Takes over these cells of a surface of the same size, and its pictures.
    mutating func take(_ indices: [Int], from frame: Surface) {
        for index in indices { cells[index] = frame.cells[index] }
        (placed, owners, hidden) = (frame.placed, frame.owners, frame.hidden)
    }

    /// The pictures that nothing was drawn over, in the order in which they were placed.
    package var placements: [PicturePlacement] {
        placed.indices.filter { !hidden.contains(UInt16($0 + 1)) }.map { placed[$0] }
    }

    private mutating func cover(_ index: Int) {
        guard !owners.isEmpty, owners[index] != 0 else { return }
        hidden.insert(owners[index])
        owners[index] = 0
    }

    /// Changes the style of every cell in a rectangle and keeps the text.
    package mutating func restyle(_ rect: Rect, _ transform: (Style) -> Style) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        for row in area.top..<area.bottom {
            for index in (row * size.columns + area.left)..<(row * size.columns + area.right) {
                cover(index)
                cells[index].style = transform(cells[index].style)
            }
        }
    }

    /// Copies all of `other` so that its top left corner is at `point`.
    package mutating func draw(_ other: Surface, at point: Point) {
        for row in 0..<other.size.rows {
            for column in 0..<other.size.columns {
                self[point.column + column, point.row + row] = other[column, row]
            }
        }
    }

    /// The rows as strings, trailing blanks kept.
    package func text() -> [String] {
        (0..<size.rows).map { row in
            cells[(row * size.columns)..<((row + 1) * size.columns)].reduce(into: "") { $0 += $1.text }
        }
    }

    private mutating func set(_ text: String, column: Int, row: Int, style: Style) {
        guard column >= 0, column < size.columns, row >= 0, row < size.rows else { return }
        put(text, columns: 1, column: column, row: row, style: style)
    }

    /// Stores a cluster that is safe to show; `column` and `row` must be inside. A wide one at the right edge becomes a
    /// blank.
    private mutating func put(_ text: String, columns: Int, column: Int, row: Int, style: Style) {
        let fits = column + columns <= size.columns
        let width = fits ? columns : 1
        let index = row * size.columns + column
        if cells[index].text.isEmpty {
            cells[index - 1].text = " "
        }
        if column + width < size.columns, cells[index + width].text.isEmpty {
            cells[index + width].text = " "
        }
        cells[index] = Cell(text: fits ? text : " ", style: style)
        cover(index)
        if width == 2 {
            cells[index + 1] = Cell(text: "", style: style)
            cover(index + 1)
        }
    }
}
