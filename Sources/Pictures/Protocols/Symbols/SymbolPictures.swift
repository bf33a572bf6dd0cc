import Pixels

/// Half blocks in two colours a cell: text that every terminal shows.
struct SymbolPictures: PictureProtocol {
    let method = PictureMethod.symbols
    let word = "symbols"
    let title = "symbols"

    func verdict(on traits: TerminalTraits) -> PictureVerdict { .usable("every terminal shows them") }

    func pixels(columns: Int, rows: Int, display: PictureDisplay) -> (width: Int, height: Int)? {
        HalfBlocks.pixels(columns: columns, rows: rows)
    }

    func render(_ bitmap: Bitmap, columns: Int, rows: Int, display: PictureDisplay) -> RenderedPicture {
        RenderedPicture(
            cells: HalfBlocks.render(
                bitmap,
                columns: columns,
                rows: rows,
                depth: display.depth,
                background: display.background.parts
            )
        )
    }
}
