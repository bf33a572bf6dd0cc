import TestSupport
import Testing

@testable import Studio

struct LineWindowTests {
    @Test(arguments: [
        ("red fox", 7, 8, "red fox", 7, false, false),
        ("red fox", 0, 4, "red ", 0, false, true),
        ("red fox", 7, 4, "fox", 3, true, false),
        ("red fox", 5, 4, "d fo", 3, true, true),
        ("世界世界", 4, 5, "世界", 4, true, false),
        ("世界", 1, 1, "", 0, true, true),
        ("", 0, 0, "", 0, false, false),
    ])
    func `a field shows the part around the caret`(
        line: String,
        caret: Int,
        columns: Int,
        text: String,
        column: Int,
        isCutLeft: Bool,
        isCutRight: Bool
    ) {
        let window = LineWindow(Array(line), caret: caret, columns: columns, measure: cells)
        #expect(window.text == text)
        #expect(window.caretColumn == column)
        #expect([window.isCutLeft, window.isCutRight] == [isCutLeft, isCutRight])
    }

    @Test(arguments: 0..<20)
    func `the caret is always inside the field`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let line = (0..<40).flatMap { _ in TextEditor(pieces.randomElement(using: &random) ?? "").lines[0] }
        for columns in 1...30 {
            for caret in 0...line.count {
                let window = LineWindow(line, caret: caret, columns: columns, measure: cells)
                #expect((0..<columns).contains(window.caretColumn))
                #expect(window.range.lowerBound <= caret && caret <= window.range.upperBound)
                #expect(window.text.reduce(0) { $0 + cells($1) } <= columns)
                #expect(window.caretColumn == line[window.range.lowerBound..<caret].reduce(0) { $0 + cells($1) })
            }
        }
    }
}
