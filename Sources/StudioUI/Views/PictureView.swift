import Pixels
import Studio
import Terminal

/// A picture in the middle of an area: cells that every terminal shows, and over them the pixels of one that can.
enum PictureView {
    /// - Parameter isFrame: it is one of a film's, and takes the place of the one before.
    static func draw(_ picture: RenderedPicture, in area: Rect, isFrame: Bool = false, on canvas: inout Canvas) {
        let cells = picture.cells
        let target = area.centered(Size(columns: cells.columns, rows: cells.rows))
        for row in 0..<target.height {
            for column in 0..<target.width {
                let cell = cells[column: column, row: row]
                canvas.surface[target.left + column, target.top + row] = Cell(
                    text: String(cell.glyph),
                    style: Style(foreground: Color(cell.foreground), background: Color(cell.background))
                )
            }
        }
        canvas.drewPicture(in: target)
        // One that was made for more room would reach beyond it.
        guard let graphic = picture.graphic, target.width == graphic.columns, target.height == graphic.rows else {
            return
        }
        canvas.surface.place(graphic, at: target.origin, isFrame: isFrame)
    }

    /// Size, format and duration, as far as they are known.
    static func words(of facts: PictureFacts) -> [String] {
        var words: [String] = []
        if facts.width > 0 { words.append("\(facts.width)×\(facts.height)") }
        words.append(facts.format)
        if let seconds = facts.duration { words.append(Seconds.text(seconds)) }
        if let rate = facts.framesPerSecond { words.append("\(Int(rate.rounded())) fps") }
        return words
    }
}
