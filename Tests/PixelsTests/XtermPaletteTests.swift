import TestSupport
import Testing

@testable import Pixels

struct XtermPaletteTests {
    @Test func `every entry above the first sixteen is nearest to itself`() {
        for index in UInt8(16)...255 {
            let (red, green, blue) = XtermPalette.rgb(index)
            let nearest = XtermPalette.nearest(red, green, blue)
            // No grey of the ramp is in the cube, so that entries are distinct.
            #expect(nearest == index, "\(index)")
        }
    }

    @Test func `the fast search agrees with a comparison of all 240 entries`() {
        var generator = SeededGenerator(seed: 256)
        for _ in 0..<1000 {
            let color = (0..<3).map { _ in Int.random(in: 0...255, using: &generator) }
            func distance(_ index: UInt8) -> Int {
                let entry = XtermPalette.rgb(index)
                return zip(color, [entry.0, entry.1, entry.2]).map { ($0 - Int($1)) * ($0 - Int($1)) }.reduce(0, +)
            }
            let found = XtermPalette.nearest(red: color[0], green: color[1], blue: color[2])
            let best = (UInt8(16)...255).map(distance).min()
            #expect(distance(found.index) == best, "\(color)")
            let entry = XtermPalette.rgb(found.index)
            #expect((found.red, found.green, found.blue) == (Int(entry.0), Int(entry.1), Int(entry.2)))
        }
    }

    @Test func `a grey between two steps becomes the nearer one`() {
        let entries = (UInt8(16)...255).map { XtermPalette.rgb($0) }
        let greys: [Int] = entries.filter { $0.0 == $0.1 && $0.1 == $0.2 }.map { Int($0.0) }
        for grey in 0...255 {
            let match = XtermPalette.nearest(red: grey, green: grey, blue: grey)
            #expect(abs(match.red - grey) == greys.map { abs($0 - grey) }.min())
        }
    }

    @Test func `the first sixteen are nearest to themselves`() {
        for index in UInt8(0)..<16 {
            let (red, green, blue) = XtermPalette.rgb(index)
            #expect(XtermPalette.nearestANSI(red: Int(red), green: Int(green), blue: Int(blue)).index == index)
        }
    }

    @Test(arguments: [ColorWeights.even, .perceived])
    func `no other entry is nearer, however the parts are weighed`(weights: ColorWeights) {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2_000 {
            // Beyond the range too, as while dithering.
            let color = (0..<3).map { _ in Int.random(in: -40...295, using: &generator) }
            func distance(_ match: PaletteMatch) -> Int {
                weights.distance(color[0] - match.red, color[1] - match.green, color[2] - match.blue)
            }
            func match(_ index: UInt8) -> PaletteMatch {
                let (red, green, blue) = XtermPalette.rgb(index)
                return PaletteMatch(index: index, red: Int(red), green: Int(green), blue: Int(blue))
            }
            let found = XtermPalette.nearest(red: color[0], green: color[1], blue: color[2], weights: weights)
            #expect(distance(found) == (UInt8(16)...255).map { distance(match($0)) }.min(), "\(color)")
            let ansi = XtermPalette.nearestANSI(red: color[0], green: color[1], blue: color[2], weights: weights)
            #expect(distance(ansi) == (UInt8(0)..<16).map { distance(match($0)) }.min(), "\(color)")
        }
    }

    @Test func `the eye sees green best`() {
        // As far from each in RGB; the eye takes the one with the same green.
        let weights = ColorWeights.perceived
        #expect(weights.distance(0, 10, 0) > weights.distance(10, 0, 0))
        #expect(weights.distance(10, 0, 0) > weights.distance(0, 0, 10))
        #expect(weights.distance(-3, 0, 0) == weights.distance(3, 0, 0))
        #expect(ColorWeights.even.mean(3, 6, 9) == 6)
    }
}

struct PixelCellsTests {
    @Test func `cells are found by column and row`() {
        let cells = (0..<6).map {
            PixelCell(glyph: Character("\($0)"), foreground: .palette(UInt8($0)), background: .none)
        }
        let picture = PixelCells(columns: 3, rows: 2, cells: cells)
        #expect(picture[column: 0, row: 0].glyph == "0")
        #expect(picture[column: 2, row: 0].glyph == "2")
        #expect(picture[column: 0, row: 1].glyph == "3")
        #expect(picture[column: 2, row: 1].foreground == .palette(5))
        #expect(PixelCells(columns: 0, rows: 0, cells: []).cells.isEmpty)
    }
}
