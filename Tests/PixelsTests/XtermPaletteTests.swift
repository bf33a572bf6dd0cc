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
}
