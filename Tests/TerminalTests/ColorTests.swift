import Testing

@testable import Terminal

struct ColorTests {
    private typealias Pair = ColorPairs.Pair

    @Test func `a pair on the screen keeps its number when all numbers are in use`() {
        var defined: [Int32: Pair] = [:]
        var pairs = ColorPairs(capacity: 4) { defined[$0] = $1 }
        let wanted = (1...4).map { Pair(foreground: $0, background: -1) }
        #expect(wanted[..<3].map { pairs.number($0) { [] } } == [1, 2, 3])
        #expect(pairs.number(wanted[3]) { [wanted[0], wanted[2]] } == 2)
        #expect(defined == [1: wanted[0], 2: wanted[3], 3: wanted[2]])
        #expect(pairs.number(wanted[0]) { [] } == 1)
        #expect(pairs.number(wanted[1]) { Set(wanted) } == 0)
        #expect(pairs.number(Pair(foreground: -1, background: -1)) { [] } == 0)
    }

    @Test(
        arguments: [
            (Color.standard, Int32(-1)), (.palette(200), 200), (.rgb(255, 0, 0), 196), (.rgb(0x12, 0x12, 0x12), 233),
            (.rgb(255, 255, 255), 231),
        ] as [(Color, Int32)]
    ) func `with 256 colours the nearest one is used`(color: Color, number: Int32) {
        var attributes: TextAttributes = []
        let palette = ColorPalette(depth: .palette256, count: 256)
        #expect(palette.number(color, isForeground: true, attributes: &attributes) == number)
        #expect(attributes == [])
    }

    @Test(
        arguments: [
            (Color.palette(1), Int32(1), TextAttributes()), (.palette(9), 1, .bold), (.palette(8), -1, .dim),
            (.rgb(0, 205, 0), 2, []), (.palette(196), 1, .bold),
        ] as [(Color, Int32, TextAttributes)]
    ) func `with eight colours, bold and dim replace the bright half`(
        color: Color,
        number: Int32,
        expected: TextAttributes
    ) {
        var attributes: TextAttributes = []
        let palette = ColorPalette(depth: .ansi16, count: 8)
        #expect(palette.number(color, isForeground: true, attributes: &attributes) == number)
        #expect(attributes == expected)
    }

    @Test func `a 24-bit colour never becomes a palette entry`() {
        var attributes: TextAttributes = []
        let palette = ColorPalette(depth: .direct, count: 1 << 24)
        #expect(palette.number(.rgb(0, 0, 7), isForeground: true, attributes: &attributes) == 0x107)
        #expect(palette.number(.rgb(1, 2, 3), isForeground: true, attributes: &attributes) == 0x010203)
        #expect(palette.number(.palette(7), isForeground: true, attributes: &attributes) == 7)
    }

    @Test(
        arguments: [
            (
                ["TERM": "xterm-256color"], [.installed("xterm-256color"), .embedded(.palette256)],
                ColorDepth.palette256
            ),
            (
                ["TERM": "xterm", "COLORTERM": "truecolor"],
                [.embedded(.direct), .installed("xterm"), .embedded(.palette256)], .direct
            ),
            (["TERM": "xterm-direct"], [.embedded(.direct), .embedded(.palette256)], .direct),
            (
                ["TERM": "xterm-kitty"], [.embedded(.direct), .installed("xterm-kitty"), .embedded(.palette256)],
                .direct
            ),
            (
                ["TERM": "screen", "COLORTERM": "truecolor"], [.installed("screen"), .embedded(.palette256)],
                .palette256
            ),
            (["TERM": "linux", "COLORTERM": "24bit"], [.installed("linux"), .embedded(.palette256)], .palette256),
            (["NO_COLOR": "1"], [.embedded(.palette256)], .mono),
        ] as [([String: String], [TerminalChoice.Entry], ColorDepth)]
    )
    func `the environment decides which entries are tried`(
        environment: [String: String],
        entries: [TerminalChoice.Entry],
        depth: ColorDepth
    ) throws {
        let choice = try TerminalChoice(environment: environment, depth: nil)
        #expect(choice.entries == entries)
        #expect(choice.depth == depth)
    }

    @Test func `the user's choice overrules the environment`() throws {
        let environment = ["TERM": "xterm", "NO_COLOR": "1"]
        #expect(try TerminalChoice(environment: environment, depth: .direct).depth == .direct)
    }
}
