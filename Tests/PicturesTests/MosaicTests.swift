import Pixels
import Testing

@testable import Pictures

struct MosaicTests {
    private static let ink: (UInt8, UInt8, UInt8) = (240, 30, 60)
    private static let paper: (UInt8, UInt8, UInt8) = (10, 200, 90)

    /// As Unicode orders them; the first is upper left. Written apart from the source.
    private static let quadrants: [Character: [Bool]] = {
        let names: [(Character, String)] = [
            ("▘", "1"), ("▝", "2"), ("▀", "12"), ("▖", "3"), ("▌", "13"), ("▞", "23"), ("▛", "123"),
        ]
        var glyphs: [Character: [Bool]] = [:]
        for (glyph, parts) in names {
            glyphs[glyph] = (0..<12).map { (pixel: Int) -> Bool in parts.contains("\(pixel / 6 * 2 + pixel % 2 + 1)") }
        }
        return glyphs
    }()

    private static let sextants: [Character: [Bool]] = {
        // U+1FB00 is part 1, U+1FB01 part 2, U+1FB02 parts 1 and 2, and so on, without the two halves.
        var glyphs: [Character: [Bool]] = [:]
        var scalar: UInt32 = 0x1FB00
        for choice in 1...62 where choice != 21 && choice != 42 {
            glyphs[Character(Unicode.Scalar(scalar)!)] = division(ofChoice: choice)
            scalar += 1
        }
        return glyphs
    }()

    private static func division(ofChoice choice: Int) -> [Bool] {
        (0..<12).map { (pixel: Int) -> Bool in
            let part = pixel / 4 * 2 + pixel % 2
            return (choice >> part) & 1 == 1
        }
    }

    /// Which of the twelve pixels of a cell, row by row, are drawn in the foreground.
    private static func division(of glyph: Character) throws -> [Bool] {
        if glyph == " " { return Array(repeating: false, count: 12) }
        return try #require(quadrants[glyph] ?? sextants[glyph], "\(glyph) is no part of a cell")
    }

    private static func bitmap(_ pixels: [(UInt8, UInt8, UInt8)], width: Int) -> Bitmap {
        Bitmap(width: width, height: pixels.count / width, pixels: pixels.flatMap { [$0.0, $0.1, $0.2, 255] })
    }

    /// What the terminal shows, two pixels wide and six high for each cell.
    private static func shown(_ cells: PixelCells) throws -> [PixelColor] {
        try (0..<cells.rows * 6).flatMap { line in
            try (0..<cells.columns * 2).map { column in
                let cell = cells[column: column / 2, row: line / 6]
                let isInk = try division(of: cell.glyph)[line % 6 * 2 + column % 2]
                return isInk ? cell.foreground : cell.background
            }
        }
    }

    private static func error(_ cells: PixelCells, _ bitmap: Bitmap) throws -> Int {
        try shown(cells).enumerated().reduce(0) { sum, entry in
            guard case .rgb(let red, let green, let blue) = entry.element else { return sum }
            let shown = [red, green, blue]
            return sum
                + (0..<3).reduce(0) { sum, channel in
                    let difference = Int(shown[channel]) - Int(bitmap.pixels[entry.offset * 4 + channel])
                    return sum + difference * difference
                }
        }
    }

    @Test(arguments: 0..<64)
    func `every division into sixths is shown as it is`(choice: Int) throws {
        let pixels = Self.division(ofChoice: choice).map { $0 ? Self.ink : Self.paper }
        let bitmap = Self.bitmap(pixels, width: 2)
        let cells = Mosaic.render(bitmap, columns: 1, rows: 1, symbols: .sextants)
        #expect(cells.columns == 1 && cells.rows == 1)
        #expect(try Self.error(cells, bitmap) == 0)
    }

    @Test(arguments: 0..<16)
    func `every division into quarters is shown as it is, by quarters alone`(choice: Int) throws {
        let pixels = (0..<12).map { (pixel: Int) -> (UInt8, UInt8, UInt8) in
            let part = pixel / 6 * 2 + pixel % 2
            return (choice >> part) & 1 == 1 ? Self.ink : Self.paper
        }
        let bitmap = Self.bitmap(pixels, width: 2)
        for symbols in [SymbolSet.quadrants, .sextants] {
            let cells = Mosaic.render(bitmap, columns: 1, rows: 1, symbols: symbols)
            #expect(try Self.error(cells, bitmap) == 0)
            #expect(cells.cells.allSatisfy { $0.glyph == " " || Self.quadrants[$0.glyph] != nil })
        }
    }

    @Test func `finer characters never show a picture worse`() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<40 {
            // Shapes with hard edges, and noise over them.
            let (x, y, slope) = (Int.random(in: 0...24), Int.random(in: 0...36), Int.random(in: 1...5))
            let pixels = (0..<24 * 36).map { (place: Int) -> (UInt8, UInt8, UInt8) in
                let isInside = (place % 24 - x) * slope > place / 24 - y
                let base = isInside ? Self.ink : Self.paper
                return (base.0, base.1, base.2 &+ UInt8.random(in: 0...12, using: &random))
            }
            let bitmap = Self.bitmap(pixels, width: 24)
            let sampled = bitmap.resized(width: 16, height: 36)
            let errors = try [SymbolSet.halves, .quadrants, .sextants].map { symbols in
                let cells = Mosaic.render(bitmap, columns: 12, rows: 6, symbols: symbols)
                #expect(cells.columns == 8 && cells.rows == 6)
                return try Self.error(cells, sampled)
            }
            // Colours are whole numbers: each may be half a step beside the mean.
            let steps = 8 * 6 * 12
            #expect(errors[1] <= errors[0] + steps && errors[2] <= errors[1] + steps)
            #expect(errors[2] < errors[0])
        }
    }

    @Test func `a gradient is left to halves`() {
        let pixels = (0..<120 * 60).map { (place: Int) -> (UInt8, UInt8, UInt8) in
            (UInt8(place % 120 * 2), UInt8(place / 120 * 4), 128)
        }
        let cells = Mosaic.render(Self.bitmap(pixels, width: 120), columns: 60, rows: 15, symbols: .sextants)
        #expect(cells.cells.allSatisfy { $0.glyph == "▀" || $0.glyph == " " })
    }

    @Test func `what is transparent stays the terminal's own, and so does what lies below an odd end`() {
        let clear: [UInt8] = [0, 0, 0, 0]
        let red: [UInt8] = [255, 0, 0, 255]
        let picture = Bitmap(width: 2, height: 3, pixels: clear + red + clear + red + clear + red)
        let cells = Mosaic.render(picture, columns: 2, rows: 2, symbols: .sextants)
        #expect(cells.columns == 2 && cells.rows == 2)
        #expect(cells[column: 0, row: 0] == PixelCell(glyph: " ", foreground: .none, background: .none))
        #expect(cells[column: 0, row: 1] == PixelCell(glyph: " ", foreground: .none, background: .none))
        #expect(cells[column: 1, row: 0].background == .rgb(255, 0, 0))
        #expect(cells[column: 1, row: 1] == PixelCell(glyph: "▀", foreground: .rgb(255, 0, 0), background: .none))
        #expect(Mosaic.render(picture, columns: 0, rows: 2, symbols: .sextants).cells.isEmpty)
    }

    @Test(arguments: [
        ("kitty(0.26.5)", SymbolSet.sextants), ("kitty(0.20.0)", .quadrants), ("foot(1.16.2)", .sextants),
        ("foot(1.4.0)", .quadrants), ("ghostty 1.2.0", .sextants), ("VTE(7002)", .sextants), ("VTE(6003)", .quadrants),
        ("WezTerm 20240203-110809-5046fc22", .sextants), ("Konsole 22.12.3", .sextants), ("XTerm(379)", .halves),
        ("tmux 3.3a", .halves), ("mlterm", .halves), ("kitty", .halves),
    ])
    func `finer characters are for terminals that draw them by themselves`(version: String, symbols: SymbolSet) {
        var traits = TerminalTraits()
        traits.named(version)
        func chosen() -> SymbolSet { PictureChoice(wish: .symbols, traits: traits, depth: .direct).display.symbols }
        #expect(chosen() == symbols)
        traits.knowsSextants = false
        #expect(chosen() == min(symbols, .quadrants))
        traits.multiplexer = .screen
        #expect(chosen() == .halves)
    }
}
