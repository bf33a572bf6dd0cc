import Pixels

/// Draws a picture in character cells that are divided more finely than into halves, so that edges are sharper.
///
/// Each cell is read as two columns of six pixels, which halves, quadrants and sextants all divide evenly. Of all ways to
/// part it into two colours the one with the least squared error is taken. Halves are kept where that is hardly better, so
/// that a gradient stays smooth. Pure, and of bounded cost.
struct Mosaic {
    /// Pixels of the bitmap in a cell.
    static let columns = 2
    static let rows = 6

    /// As ``HalfBlocks/render(_:columns:rows:depth:background:)`` with `PixelDepth.direct`.
    static func render(
        _ bitmap: Bitmap,
        columns: Int,
        rows: Int,
        symbols: SymbolSet,
        background: (UInt8, UInt8, UInt8) = (0, 0, 0)
    ) -> PixelCells {
        guard columns > 0, rows > 0 else { return PixelCells(columns: 0, rows: 0, cells: []) }
        // Counted in halves of cells, which are as high as wide.
        let size = bitmap.size.fitted(in: PixelSize(width: columns, height: rows * 2), enlarging: true)
        let picture = bitmap.resized(width: size.width * Self.columns, height: size.height * Self.rows / 2)
        var mosaic = Mosaic(OpaquePixels(picture, over: background), symbols)
        let lines = (size.height + 1) / 2
        var cells: [PixelCell] = []
        cells.reserveCapacity(size.width * lines)
        for row in 0..<lines {
            for column in 0..<size.width { cells.append(mosaic.cell(column: column, row: row)) }
        }
        return PixelCells(columns: size.width, rows: lines, cells: cells)
    }

    /// Red, green and blue of several pixels together, and their number.
    private typealias Sum = SIMD4<Float>

    private let canvas: OpaquePixels
    private let symbols: SymbolSet
    /// Of the cell that is being drawn: sums over every choice of its four quarters, and of its six sixths, by the bits of the
    /// choice. Kept from cell to cell, because a picture has thousands of them.
    private var quarters = [Sum](repeating: .zero, count: 16)
    private var sixths = [Sum](repeating: .zero, count: 64)

    private init(_ canvas: OpaquePixels, _ symbols: SymbolSet) {
        self.canvas = canvas
        self.symbols = symbols
    }

    private mutating func cell(column: Int, row: Int) -> PixelCell {
        let lines = min(Self.rows, canvas.size.height - row * Self.rows)
        guard read(column, row, lines: lines) else {
            return PixelCell(glyph: " ", foreground: .none, background: .none)
        }
        let upper = quarters[0b0001] + quarters[0b0010]
        guard lines == Self.rows else {
            return PixelCell(glyph: "▀", foreground: Self.mean(upper), background: .none)
        }
        let total = upper + quarters[0b0100] + quarters[0b1000]
        var best = (glyph: "▀" as Character, sum: upper, worth: Self.worth(of: upper, in: total) + Self.leastGain)
        func consider(_ sum: Sum, _ glyph: @autoclosure () -> Character) {
            let worth = Self.worth(of: sum, in: total)
            if worth > best.worth { best = (glyph(), sum, worth) }
        }
        // A choice and what it leaves out are the same division.
        if symbols >= .quadrants {
            for choice in 1..<8 { consider(Self.sum(choice, &quarters), Self.quadrants[choice]) }
        }
        if symbols >= .sextants {
            for choice in 1..<32 { consider(Self.sum(choice, &sixths), Self.sextants[choice]) }
        }
        let (foreground, background) = (Self.mean(best.sum), Self.mean(total - best.sum))
        let isPlain = foreground == background
        return PixelCell(glyph: isPlain ? " " : best.glyph, foreground: foreground, background: background)
    }

    /// Takes in the pixels of a cell. False: all of them are transparent.
    private mutating func read(_ column: Int, _ row: Int, lines: Int) -> Bool {
        for part in 0..<4 { quarters[1 << part] = .zero }
        for part in 0..<6 { sixths[1 << part] = .zero }
        var isSeen = false
        for line in 0..<lines {
            for side in 0..<Self.columns {
                let pixel = (row * Self.rows + line) * canvas.size.width + column * Self.columns + side
                let values = canvas.values
                let sum = Sum(Float(values[pixel * 3]), Float(values[pixel * 3 + 1]), Float(values[pixel * 3 + 2]), 1)
                quarters[1 << (line / 3 * 2 + side)] += sum
                sixths[1 << (line / 2 * 2 + side)] += sum
                isSeen = isSeen || !canvas.isTransparent[pixel]
            }
        }
        return isSeen
    }

    /// The sum over a choice of parts; those of smaller choices are there already.
    private static func sum(_ choice: Int, _ sums: inout [Sum]) -> Sum {
        let rest = choice & (choice - 1)
        if rest != 0 { sums[choice] = sums[rest] + sums[choice & -choice] }
        return sums[choice]
    }

    /// By how much the squared error of a cell falls, over three channels and twelve pixels, for which finer parts are worth
    /// their unrest.
    private static let leastGain: Float = 12 * 64

    /// Grows as the squared error falls that is left when each of the two parts has its mean colour.
    private static func worth(of part: Sum, in total: Sum) -> Float {
        func square(_ sum: Sum) -> Float {
            (sum.x * sum.x + sum.y * sum.y + sum.z * sum.z) / sum.w
        }
        return square(part) + square(total - part)
    }

    private static func mean(_ sum: Sum) -> PixelColor {
        let color = (sum / sum.w).rounded(.toNearestOrAwayFromZero)
        return .rgb(UInt8(color.x), UInt8(color.y), UInt8(color.z))
    }

    /// By the bits of the choice: upper left, upper right, lower left, lower right.
    private static let quadrants: [Character] = [" ", "▘", "▝", "▀", "▖", "▌", "▞", "▛"]

    /// By the bits of the choice: from left to right, from top to bottom. Unicode leaves out the left half, which it has
    /// already.
    private static let sextants: [Character] = (0..<32).map { choice in
        switch choice {
        case 0: " "
        case 0b010101: "▌"
        default: Character(Unicode.Scalar(0x1FB00 + UInt32(choice - (choice > 0b010101 ? 2 : 1)))!)
        }
    }
}
