package import Pixels

/// Draws a picture in character cells, which every terminal can show.
package enum HalfBlocks {
    /// Renders `bitmap` as large as it fits into `columns` × `rows` cells; a cell counts as twice as high as wide. The
    /// proportions are kept, so the result may be narrower or lower; the caller places it. It is empty when `columns`
    /// or `rows` is below 1. A small picture is enlarged.
    ///
    /// Transparent pixels are mixed with `background`; where a cell is fully transparent, the terminal's own background
    /// stays. With a palette the error of each pixel is spread over its neighbours (Floyd–Steinberg). In `mono` the ink
    /// is taken to be light when `background` is dark, and dark otherwise.
    ///
    /// It is fastest when the bitmap was decoded to the size of `pixels(columns:rows:)`. Pure and of bounded cost. Call
    /// it where the picture is decoded, not while drawing.
    package static func render(
        _ bitmap: Bitmap,
        columns: Int,
        rows: Int,
        depth: PixelDepth,
        background: (UInt8, UInt8, UInt8) = (0, 0, 0)
    ) -> PixelCells {
        guard columns > 0, rows > 0 else { return PixelCells(columns: 0, rows: 0, cells: []) }
        let box = PixelSize(width: columns, height: rows * 2)
        let size = PixelSize(width: bitmap.width, height: bitmap.height).fitted(in: box, enlarging: true)
        return render(bitmap, size: size, depth: depth, background: background)
    }

    /// The same for exactly `columns` × `rows` cells, both at least 1, whatever the proportions.
    static func render(
        _ bitmap: Bitmap,
        filling fit: CellFit,
        depth: PixelDepth,
        background: (UInt8, UInt8, UInt8) = (0, 0, 0)
    ) -> PixelCells {
        render(bitmap, size: PixelSize(width: fit.columns, height: fit.rows * 2), depth: depth, background: background)
    }

    private static func render(
        _ bitmap: Bitmap,
        size: PixelSize,
        depth: PixelDepth,
        background: (UInt8, UInt8, UInt8)
    ) -> PixelCells {
        let picture = bitmap.resized(width: size.width, height: size.height)
        var canvas = OpaquePixels(picture, over: background)
        let colors: [PixelColor]
        switch depth {
        case .mono:
            return Shading.render(canvas, inkIsLight: OpaquePixels.luma(background) < 128)
        case .direct:
            colors = canvas.directColors
        case .palette256:
            colors = canvas.dither { XtermPalette.nearest(red: $0, green: $1, blue: $2) }.map { .palette($0) }
        case .ansi16:
            colors = canvas.dither { XtermPalette.nearestANSI(red: $0, green: $1, blue: $2) }.map { .palette($0) }
        }
        return cells(size, colors) { canvas.isTransparent[$0] }
    }

    /// The size in pixels to which a picture is decoded best when it is to fill `columns` × `rows` cells.
    package static func pixels(columns: Int, rows: Int) -> (width: Int, height: Int) {
        (max(columns, 1), max(rows, 1) * 2)
    }

    private static func cells(
        _ size: PixelSize,
        _ colors: [PixelColor],
        isTransparent: (Int) -> Bool
    ) -> PixelCells {
        let rows = (size.height + 1) / 2
        var cells: [PixelCell] = []
        cells.reserveCapacity(size.width * rows)
        for row in 0..<rows {
            for column in 0..<size.width {
                let upper = row * 2 * size.width + column
                let lower = upper + size.width
                let hasLower = lower < colors.count
                if isTransparent(upper), !hasLower || isTransparent(lower) {
                    cells.append(PixelCell(glyph: " ", foreground: .none, background: .none))
                } else if !hasLower {
                    cells.append(PixelCell(glyph: "▀", foreground: colors[upper], background: .none))
                } else {
                    let isPlain = colors[upper] == colors[lower]
                    cells.append(
                        PixelCell(glyph: isPlain ? " " : "▀", foreground: colors[upper], background: colors[lower])
                    )
                }
            }
        }
        return PixelCells(columns: size.width, rows: rows, cells: cells)
    }
}
