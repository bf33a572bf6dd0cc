import Pixels

/// Characters in two colours a cell: half blocks, which every terminal shows, or finer ones where it draws those itself.
struct SymbolPictures: PictureProtocol {
    let method = PictureMethod.symbols
    let word = "symbols"
    let title = "symbols"

    func verdict(on traits: TerminalTraits) -> PictureVerdict {
        switch traits.symbolSet {
        case .halves: .usable("every terminal shows them")
        case .quadrants: .usable("it draws quarters of cells")
        case .sextants: .usable("it draws sixths of cells")
        }
    }

    func pixels(columns: Int, rows: Int, display: PictureDisplay) -> (width: Int, height: Int)? {
        isFine(display)
            ? (max(columns, 1) * Mosaic.columns, max(rows, 1) * Mosaic.rows)
            : HalfBlocks.pixels(columns: columns, rows: rows)
    }

    func render(_ bitmap: Bitmap, columns: Int, rows: Int, display: PictureDisplay) -> RenderedPicture {
        let background = display.background.parts
        let cells =
            isFine(display)
            ? Mosaic.render(bitmap, columns: columns, rows: rows, symbols: display.symbols, background: background)
            : HalfBlocks.render(bitmap, columns: columns, rows: rows, depth: display.depth, background: background)
        return RenderedPicture(cells: cells)
    }

    /// With a palette the errors of neighbouring pixels make up for each other, which needs pixels of one size.
    private func isFine(_ display: PictureDisplay) -> Bool { display.depth == .direct && display.symbols > .halves }
}
