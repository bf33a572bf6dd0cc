import Pixels

/// Draws a picture without colour, with one shade for each cell.
enum Shading {
    private static let glyphs: [Character] = [" ", "░", "▒", "▓", "█"]

    /// Thresholds that mix two neighbouring shades evenly (Bayer's 4×4 matrix), 0 to 15.
    private static let thresholds = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]

    static func render(_ pixels: OpaquePixels, inkIsLight: Bool) -> PixelCells {
        let (columns, rows) = (pixels.size.width, (pixels.size.height + 1) / 2)
        var cells: [PixelCell] = []
        cells.reserveCapacity(columns * rows)
        for row in 0..<rows {
            for column in 0..<columns {
                let upper = pixels.luma(column: column, row: row * 2) ?? 0
                let luma = (upper + (pixels.luma(column: column, row: row * 2 + 1) ?? upper)) / 2
                let ink = inkIsLight ? luma : 255 - luma
                // A shade is a share of light, and luma is about its square root. But five shades of true shares would
                // show nothing in the dark half of a picture, so this is the mean of both.
                let share = (ink * ink + ink * 255) / 2 * (glyphs.count - 1)
                let (whole, rest) = share.quotientAndRemainder(dividingBy: 255 * 255)
                let threshold = thresholds[row % 4 * 4 + column % 4]
                let shade = whole + (rest * 16 > (threshold * 2 + 1) * 255 * 255 / 2 ? 1 : 0)
                cells.append(PixelCell(glyph: glyphs[shade], foreground: .none, background: .none))
            }
        }
        return PixelCells(columns: columns, rows: rows, cells: cells)
    }
}
