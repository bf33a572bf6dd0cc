import Pixels

/// No picture: the view tells in words what is known of the file.
struct TextCard: PictureProtocol {
    let method = PictureMethod.none
    let word = "none"
    let title = "text cards"

    func verdict(on traits: TerminalTraits) -> PictureVerdict { .usable("words can always be shown") }

    func pixels(columns: Int, rows: Int, display: PictureDisplay) -> (width: Int, height: Int)? { nil }

    func render(_ bitmap: Bitmap, columns: Int, rows: Int, display: PictureDisplay) -> RenderedPicture {
        RenderedPicture(cells: PixelCells(columns: 0, rows: 0, cells: []))
    }
}
