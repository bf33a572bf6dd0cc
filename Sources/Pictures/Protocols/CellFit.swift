import Pixels

/// The cells and the pixels that a picture takes when it is as large as it fits.
struct CellFit: Equatable {
    let columns: Int
    let rows: Int
    let pixels: PixelSize

    /// - Parameters:
    ///   - columns: of the room, at least 1; `rows` likewise.
    ///   - rowStep: the height in pixels becomes a multiple of it.
    init(_ picture: PixelSize, columns: Int, rows: Int, display: PictureDisplay, rowStep: Int = 1) {
        let cell = display.cell
        let box = PixelSize(
            width: min(columns * cell.width, display.limits.width),
            height: min(rows * cell.height, display.limits.height)
        )
        let fitted = picture.fitted(in: box, enlarging: true)
        let height = fitted.height >= rowStep ? fitted.height / rowStep * rowStep : fitted.height
        pixels = PixelSize(width: fitted.width, height: height)
        self.columns = min((fitted.width + cell.width - 1) / cell.width, columns)
        self.rows = min((height + cell.height - 1) / cell.height, rows)
    }

    static func pixels(columns: Int, rows: Int, display: PictureDisplay) -> (width: Int, height: Int) {
        (
            min(max(columns, 1) * display.cell.width, display.limits.width),
            min(max(rows, 1) * display.cell.height, display.limits.height)
        )
    }
}

extension Bitmap {
    var size: PixelSize { PixelSize(width: width, height: height) }

    /// Exactly that size: without steps where it is enlarged.
    func scaled(to size: PixelSize) -> Bitmap {
        size.width >= width && size.height >= height
            ? enlarged(width: size.width, height: size.height) : resized(width: size.width, height: size.height)
    }
}

extension PixelColor {
    /// Its parts; black where it is the terminal's own, which is not known.
    var parts: (UInt8, UInt8, UInt8) {
        switch self {
        case .rgb(let red, let green, let blue): (red, green, blue)
        case .palette(let index): XtermPalette.rgb(index)
        case .none: (0, 0, 0)
        }
    }
}
