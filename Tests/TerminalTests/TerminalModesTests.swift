import TestSupport
import Testing

@testable import Terminal

struct TerminalModesTests {
    /// Every combination of what may be switched on.
    private static let all: [TerminalModes] = (0..<64).map { bits in
        var modes = TerminalModes(mouse: bits & 1 != 0, answersQueries: bits & 2 != 0)
        modes.keyboard = bits & 4 != 0
        modes.title = bits & 8 != 0 ? "fox" : nil
        modes.resetsMeta = bits & 16 != 0
        modes.progress = bits & 32 != 0 ? .percent(5) : .none
        return modes
    }

    private func modes(_ text: String, _ final: Character) -> Set<String> {
        Set(
            text.split(separator: "\u{1B}[?").compactMap { piece in
                let digits = piece.prefix { $0.isNumber }
                return piece.dropFirst(digits.count).first == final && !digits.isEmpty ? String(digits) : nil
            }
        )
    }

    @Test func `whatever is switched on is switched off at the end, also after a crash`() {
        for modes in Self.all {
            // Alt sends Esc: off again only where it was off before.
            let on = self.modes(modes.enter, "h").subtracting(["1036"])
            #expect(on.isSuperset(of: ["2004", "1004", "2031"]))
            #expect(on == self.modes(modes.leave, "l").subtracting(["1036"]))
            #expect(self.modes(modes.leave, "l").contains("1036") == modes.resetsMeta)
            #expect(modes.reset.contains(modes.leave))
            #expect(self.modes(modes.reset, "l").isSuperset(of: ["1049", "2026"]))
            #expect(modes.reset.contains("\u{1B}[?25h") && modes.reset.contains("\u{1B}[m"))
            // Stacks: one push, one pop.
            #expect(modes.enter.contains("\u{1B}[>5u") == modes.leave.contains("\u{1B}[<u"))
            #expect(modes.enter.contains("\u{1B}[22;0t") == modes.leave.contains("\u{1B}[23;0t"))
            #expect(modes.enter.contains("]9;4;1;5") == modes.leave.contains("]9;4;0"))
        }
    }

    @Test func `pictures are deleted after a crash only where there may be some, and before anything else`() {
        var modes = TerminalModes(mouse: true, answersQueries: true)
        #expect(!modes.reset.contains("_Ga=d"))
        modes.keepsPictures = true
        // A picture in its middle is ended first.
        #expect(modes.reset.hasPrefix("\u{1B}[?2026l\u{1B}\\\u{1B}_Ga=d,q=2\u{1B}\\"))
    }

    @Test func `a terminal that answers nothing is asked nothing, and the last question is one that all answer`() {
        let silent = TerminalModes(mouse: true, answersQueries: false)
        #expect(silent.queries.isEmpty && silent.firstQuery.isEmpty)
        let asked = TerminalModes(mouse: true, answersQueries: true)
        #expect(asked.queries.hasSuffix("\u{1B}[c"))
        #expect(asked.queries.contains("\u{1B}[?2026$p") && asked.queries.contains("\u{1B}[?u"))
        #expect(asked.firstQuery == "\u{1B}[?1036$p")
    }

    @Test(arguments: ["a\u{1B}\\b", "a\u{7}b", "a\u{9C}b", "a\u{1B}]52;c;AAAA\u{7}b", "a\nb"])
    func `nothing in a title ends its sequence`(title: String) {
        let set = TerminalModes.set(title: title)
        #expect(set.hasPrefix("\u{1B}]2;a") && set.hasSuffix("b\u{1B}\\"))
        let inside = set.dropFirst(4).dropLast(2)
        #expect(inside.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
    }

    @Test(arguments: [
        (TabProgress.none, "\u{1B}]9;4;0\u{1B}\\"), (.indeterminate, "\u{1B}]9;4;3\u{1B}\\"),
        (.percent(0), "\u{1B}]9;4;1;0\u{1B}\\"), (.percent(100), "\u{1B}]9;4;1;100\u{1B}\\"),
        (.percent(-5), "\u{1B}]9;4;1;0\u{1B}\\"), (.percent(999), "\u{1B}]9;4;1;100\u{1B}\\"),
    ])
    func `progress is between nothing and all`(progress: TabProgress, sequence: String) {
        #expect(progress.sequence == sequence)
    }
}

struct ColorNumberTests {
    private func numbers(_ color: Color, _ depth: ColorDepth, _ count: Int) -> (Int32, TextAttributes) {
        var attributes: TextAttributes = []
        let palette = ColorPalette(depth: depth, count: count)
        return (palette.number(color, isForeground: true, attributes: &attributes), attributes)
    }

    @Test func `every colour has a number that the terminal has, at every depth`() {
        var random = SeededGenerator(seed: 5)
        let colors: [Color] =
            (UInt8(0)...255).map { .palette($0) }
            + (0..<2_000).map { _ in
                .rgb(
                    .random(in: 0...255, using: &random),
                    .random(in: 0...255, using: &random),
                    .random(in: 0...255, using: &random)
                )
            }
        for color in colors {
            #expect(numbers(color, .mono, 256) == (-1, []))
            let many = numbers(color, .palette256, 256)
            #expect((0..<256).contains(many.0) && many.1 == [])
            if case .rgb = color { #expect(many.0 >= 16, "the first sixteen are the user's own") }
            let sixteen = numbers(color, .ansi16, 16)
            #expect((0..<16).contains(sixteen.0) && sixteen.1 == [])
            let eight = numbers(color, .ansi16, 8)
            #expect((-1..<8).contains(eight.0))
            // The bright half is bold; its black, which is grey, is dim.
            let isBright = sixteen.0 >= 8
            #expect(eight.1 == (isBright ? (sixteen.0 == 8 ? .dim : .bold) : []), "\(color)")
            if case .rgb(let red, let green, let blue) = color {
                let direct = numbers(color, .direct, 1 << 24).0
                #expect(direct >= 256 && direct < 1 << 24)
                let given = Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
                #expect(abs(direct - given) <= 256)
            }
        }
        for depth in [ColorDepth.mono, .ansi16, .palette256, .direct] {
            #expect(numbers(.standard, depth, 256) == (-1, []))
        }
    }

    @Test func `a background never makes its text bold`() {
        var attributes: TextAttributes = []
        for entry in UInt8(0)...15 {
            let palette = ColorPalette(depth: .ansi16, count: 8)
            _ = palette.number(.palette(entry), isForeground: false, attributes: &attributes)
        }
        #expect(attributes == [])
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `pairs of two frames keep their numbers, however many there were before`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var defined: [Int32: ColorPairs.Pair] = [:]
        var pairs = ColorPairs(capacity: 16) { defined[$0] = $1 }
        var shown: [ColorPairs.Pair] = []
        for _ in 0..<200 {
            let frame = (0..<7).map { _ in
                ColorPairs.Pair(
                    foreground: .random(in: -1...40, using: &random),
                    background: .random(in: -1...3, using: &random)
                )
            }
            let used = Set(frame + shown)
            let numbers = frame.map { pair in pairs.number(pair) { used } }
            for (pair, number) in zip(frame, numbers) {
                if pair.foreground < 0, pair.background < 0 {
                    #expect(number == 0)
                } else {
                    #expect((1..<16).contains(number))
                    #expect(defined[number] == pair, "the number still means this pair at the end of the frame")
                }
            }
            shown = frame
        }
    }
}

struct CellScalarsTests {
    @Test func `without Unicode, each column of what is not ASCII is a question mark`() {
        #expect(CellScalars.encode("a", columns: 1, isUnicode: false) == [[0x61]])
        #expect(CellScalars.encode(" ", columns: 1, isUnicode: false) == [[0x20]])
        #expect(CellScalars.encode("é", columns: 1, isUnicode: false) == [[0x3F]])
        #expect(CellScalars.encode("漢", columns: 2, isUnicode: false) == [[0x3F], [0x3F]])
        #expect(CellScalars.encode("e\u{301}", columns: 1, isUnicode: false) == [[0x3F]])
        #expect(CellScalars.encode("", columns: 1, isUnicode: false) == [[0x3F]])
    }

    @Test func `what the C library measures otherwise is a replacement of the right width`() {
        // One column of letters is never two: a blank fills the second.
        #expect(CellScalars.encode("a", columns: 2, isUnicode: true) == [[0xFFFD], [0x20]])
        #expect(CellScalars.encode("", columns: 2, isUnicode: true) == [[0xFFFD], [0x20]])
    }
}
