import CImageCodecs
import Pixels

/// Sixel graphics, invented for printers and drawn by many terminals: six rows of pixels at a time, in a palette of the
/// picture's own colours.
///
/// A picture is sent in bands of a few rows of cells, each a sequence of its own, so that a key press never waits for more
/// than one band. The palette is chosen for the picture as a whole, or its bands would differ.
struct SixelPictures: PictureProtocol {
    let method = PictureMethod(rawValue: "sixel")
    let word = "sixel"
    let title = "sixel graphics"

    /// Rows of cells in a band: with six, a band has a height that six divides, whatever the font.
    private static let bandRows = 6

    func verdict(on traits: TerminalTraits) -> PictureVerdict {
        if let multiplexer = traits.multiplexer, multiplexer != .zellij {
            return .unusable("\(multiplexer) leaves parts of old pictures behind")
        }
        guard let attributes = traits.attributes else { return .unusable("the terminal has not answered (yet)") }
        guard attributes.contains(4) else { return .unusable("it is not among the terminal's attributes") }
        guard traits.cell != nil else { return .unusable("the size of a cell in pixels is not known") }
        guard traits.sixelLimits.colors >= 16 else {
            return .unusable("\(traits.sixelLimits.colors) colours are too few")
        }
        return .usable("it is among the terminal's attributes")
    }

    func pixels(columns: Int, rows: Int, display: PictureDisplay) -> (width: Int, height: Int)? {
        CellFit.pixels(columns: columns, rows: rows, display: display)
    }

    func render(_ bitmap: Bitmap, columns: Int, rows: Int, display: PictureDisplay) -> RenderedPicture {
        let fit = CellFit(bitmap.size, columns: columns, rows: rows, display: display, rowStep: 6)
        let cells = HalfBlocks.render(bitmap, filling: fit, depth: display.depth, background: display.background.parts)
        let rgb = bitmap.scaled(to: fit.pixels).flattened(over: display.background.parts)
        let bands = Self.bands(rgb, fit.pixels, colors: display.limits.colors, cellHeight: display.cell.height)
        guard !bands.isEmpty else { return RenderedPicture(cells: cells) }
        return RenderedPicture(
            cells: cells,
            graphic: PictureGraphic(columns: fit.columns, rows: fit.rows, paint: bands, isInCells: true)
        )
    }

    /// Empty only when memory ran out.
    static func bands(_ rgb: [UInt8], _ size: PixelSize, colors: Int, cellHeight: Int) -> [PictureGraphic.Piece] {
        var palette = [UInt8](repeating: 0, count: 256 * 3)
        var indices = [UInt8](repeating: 0, count: size.width * size.height)
        let (width, most) = (Int32(size.width), Int32(min(colors, 256)))
        let count = image_codecs_quantize(rgb, width, Int32(size.height), most, &palette, &indices)
        guard count > 0 else { return [] }
        let bandHeight = bandRows * cellHeight
        var bands: [PictureGraphic.Piece] = []
        for top in stride(from: 0, to: size.height, by: bandHeight) {
            let height = Int32(min(bandHeight, size.height - top))
            var bytes: UnsafeMutablePointer<UInt8>?
            var length = 0
            let isDone = indices.withUnsafeBufferPointer {
                image_codecs_sixel($0.baseAddress! + top * size.width, width, height, palette, count, &bytes, &length)
            }
            guard isDone, let bytes else { return [] }
            defer { image_codecs_free(bytes) }
            let sequence = Array(UnsafeBufferPointer(start: bytes, count: length))
            bands.append(.init(row: top / cellHeight, bytes: sequence))
        }
        return bands
    }
}
