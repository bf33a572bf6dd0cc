package import Pixels

extension Surface {
    /// Puts the cells that are a picture in the place of those that stand in for it, where the terminal has the picture.
    mutating func showUploaded(in layer: PictureLayer) {
        for placement in placements {
            guard let picture = placement.graphic.cells, layer.isUploaded(placement.graphic) else { continue }
            for row in 0..<picture.rows {
                for column in 0..<picture.columns {
                    let cell = picture[column: column, row: row]
                    let style = Style(foreground: Color(cell.foreground), background: Color(cell.background))
                    self[placement.rect.left + column, placement.rect.top + row] = Cell(
                        text: String(cell.glyph),
                        style: style
                    )
                }
            }
        }
    }
}

extension Color {
    /// The colour of a part of a picture.
    package init(_ color: PixelColor) {
        switch color {
        case .rgb(let red, let green, let blue): self = .rgb(red, green, blue)
        case .palette(let index): self = .palette(index)
        case .none: self = .standard
        }
    }
}
