/// The number of colours that the terminal shows.
package enum PixelDepth: Sendable, Hashable, CaseIterable {
    /// 24-bit colour.
    case direct
    /// xterm's 6×6×6 cube and 24 greys, palette entries 16 to 255. The first 16 are not used, because themes redefine
    /// them.
    case palette256
    /// Palette entries 0 to 15, with the colours of xterm assumed.
    case ansi16
    /// No colour: shades made of characters.
    case mono
}

/// One of the two colours of a cell.
package enum PixelColor: Sendable, Hashable {
    case rgb(UInt8, UInt8, UInt8)
    /// An entry of the terminal's palette.
    case palette(UInt8)
    /// The terminal's default colour: where the picture is transparent or has ended, and always in `mono`.
    case none
}

/// One character cell of a picture.
package struct PixelCell: Sendable, Hashable {
    /// `▀` or another character of a ``SymbolSet``; a space where one colour fills the cell. In `PixelDepth.mono` a space,
    /// `░`, `▒`, `▓` or `█` in the terminal's default colours.
    package var glyph: Character
    package var foreground: PixelColor
    package var background: PixelColor

    package init(glyph: Character, foreground: PixelColor, background: PixelColor) {
        self.glyph = glyph
        self.foreground = foreground
        self.background = background
    }
}

/// Characters that divide a cell into parts of two colours, the coarsest first; each set has those before it as well.
package enum SymbolSet: Int, Hashable, Sendable, CaseIterable, Comparable {
    /// `▀`: two parts, one above the other. Every terminal has it.
    case halves
    /// `▘`, `▌`, `▚` and so on: two columns of two parts.
    case quadrants
    /// `🬀` to `🬻` (Unicode 13): two columns of three parts.
    case sextants

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A picture as character cells. It is not larger than the space for which it was rendered, and often smaller on one
/// side.
package struct PixelCells: Sendable, Hashable {
    /// Width in cells; 0 for an empty picture.
    package let columns: Int
    /// Height in cells; 0 for an empty picture.
    package let rows: Int
    /// `columns` × `rows` cells, row by row.
    package let cells: [PixelCell]

    /// - Precondition: `cells` holds exactly `columns` × `rows`.
    package init(columns: Int, rows: Int, cells: [PixelCell]) {
        precondition(cells.count == columns * rows, "\(cells.count) cells are not \(columns)×\(rows)")
        self.columns = columns
        self.rows = rows
        self.cells = cells
    }

    /// - Precondition: `column` is below `columns`, `row` below `rows`, neither negative.
    package subscript(column column: Int, row row: Int) -> PixelCell { cells[row * columns + column] }
}
