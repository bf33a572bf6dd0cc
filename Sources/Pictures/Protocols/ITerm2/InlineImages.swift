import Pixels

/// iTerm2's inline images: a picture file in one sequence, painted into the cells at the cursor. iTerm2, WezTerm, mintty,
/// Konsole and others draw them.
struct InlineImages: PictureProtocol {
    let method = PictureMethod(rawValue: "iterm2")
    let word = "iterm2"
    let title = "iTerm2 inline images"

    /// Answers by which a terminal is known that does not say it otherwise.
    private static let known = ["iterm2", "wezterm", "mintty"]

    func verdict(on traits: TerminalTraits) -> PictureVerdict {
        if let multiplexer = traits.multiplexer {
            return .unusable("\(multiplexer) would not know where the picture is")
        }
        if Self.known.contains(traits.name) { return .usable("\(traits.version ?? traits.name) draws them") }
        return traits.hasInlineImages
            ? .usable("the size of a cell was answered in iTerm2's way") : .unusable("the query was not answered")
    }

    func pixels(columns: Int, rows: Int, display: PictureDisplay) -> (width: Int, height: Int)? {
        CellFit.pixels(columns: columns, rows: rows, display: display)
    }

    func render(_ bitmap: Bitmap, columns: Int, rows: Int, display: PictureDisplay) -> RenderedPicture {
        let fit = CellFit(bitmap.size, columns: columns, rows: rows, display: display)
        let picture = bitmap.scaled(to: fit.pixels)
        let cells = HalfBlocks.render(bitmap, filling: fit, depth: display.depth, background: display.background.parts)
        // A PNG of the same pixels is many times as long, and every byte is a moment of waiting over a slow line.
        guard let file = PictureEncoder.jpeg(picture, over: display.background.parts, quality: 93) else {
            return RenderedPicture(cells: cells)
        }
        let sequence = InlineImage.sequence(file, width: fit.pixels.width, height: fit.pixels.height)
        return RenderedPicture(
            cells: cells,
            graphic: PictureGraphic(
                columns: fit.columns,
                rows: fit.rows,
                paint: [.init(bytes: sequence)],
                isInCells: true
            )
        )
    }
}
