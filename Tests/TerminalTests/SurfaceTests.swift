import Terminal
import TestSupport
import Testing

struct SurfaceTests {
    private let bold = Style(attributes: .bold)

    @Test func `text is clipped on every side, and the used columns are returned`() {
        var surface = Surface(size: Size(columns: 5, rows: 2))
        #expect(surface.write("abcdefg", at: Point(column: 3, row: 0), style: bold) == 2)
        #expect(surface.write("12345", at: Point(column: -3, row: 1), style: bold) == 5)
        #expect(surface.write("xyz", at: Point(column: 2, row: 1), style: bold, width: 2) == 2)
        #expect(surface.write("gone", at: Point(column: 0, row: 2), style: bold) == 0)
        #expect(surface.write("gone", at: Point(column: 9, row: 0), style: bold) == 0)
        #expect(surface.text() == ["   ab", "45xy "])
    }

    @Test func `a wide cluster at an edge is drawn as blanks`() {
        var surface = Surface(size: Size(columns: 4, rows: 2))
        surface.fill(surface.bounds, with: ".", style: Style())
        surface.write("漢字漢", at: Point(column: -1, row: 0), style: Style())
        surface.write("字字", at: Point(column: 0, row: 1), style: Style(), width: 3)
        #expect(surface.text() == [" 字 ", "字 ."])
    }

    @Test func `overwriting half of a wide cluster blanks the other`() {
        var surface = Surface(size: Size(columns: 6, rows: 1))
        surface.write("漢字漢", at: .zero, style: Style())
        surface.write("a", at: Point(column: 1, row: 0), style: Style())
        surface.write("b", at: Point(column: 2, row: 0), style: Style())
        #expect(surface.text() == [" ab 漢"])
    }

    @Test func `cells copied from left to right keep wide clusters`() {
        var source = Surface(size: Size(columns: 6, rows: 1))
        source.write("a漢e\u{301}字", at: .zero, style: bold)
        var target = Surface(size: source.size)
        target.draw(source, at: .zero)
        #expect(target == source)
    }

    @Test func `a frame is an outline`() {
        var surface = Surface(size: Size(columns: 5, rows: 3))
        surface.fill(surface.bounds, with: "x", style: Style())
        surface.frame(surface.bounds, border: .light, style: bold)
        #expect(surface.text() == ["╭───╮", "│xxx│", "╰───╯"])
        surface.frame(Rect(column: -1, row: 1, width: 4, height: 9), border: .heavy, style: bold)
        #expect(surface.text() == ["╭───╮", "━━┓x│", "╰─┃─╯"])
        surface.frame(Rect(column: 0, row: 0, width: 1, height: 3), border: .ascii, style: bold)
        #expect(surface.text() == ["╭───╮", "━━┓x│", "╰─┃─╯"])
    }

    @Test func `restyling keeps the text`() {
        var surface = Surface(size: Size(columns: 3, rows: 1))
        surface.write("abc", at: .zero, style: Style())
        surface.restyle(Rect(column: 1, row: 0, width: 9, height: 9)) { _ in bold }
        #expect(surface.text() == ["abc"])
        #expect((0..<3).map { surface[$0, 0].style } == [Style(), bold, bold])
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func `after any drawing, wide clusters are whole and rows have the width of the surface`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let columns = Int.random(in: 0...40, using: &random)
        let drawing = Drawing.random(columns: columns, rows: 6, using: &random)
        let surface = drawing.surface
        for row in 0..<surface.size.rows {
            for column in 0..<columns {
                let text = surface[column, row].text
                let isWide = !text.isEmpty && TextWidth.columns(of: text) == 2
                #expect(isWide == (column + 1 < columns && surface[column + 1, row].text.isEmpty))
                #expect(DisplayText.sanitise(text) == text)
            }
            #expect(TextWidth.columns(of: surface.text()[row]) == columns)
        }
    }

    @Test func `splits stay inside for any number`() {
        let rect = Rect(column: 2, row: 3, width: 10, height: 4)
        #expect(rect.splitTop(1).top == Rect(column: 2, row: 3, width: 10, height: 1))
        #expect(rect.splitBottom(1).bottom == Rect(column: 2, row: 6, width: 10, height: 1))
        #expect(rect.removingLeft(99) == Rect(column: 12, row: 3, width: 0, height: 4))
        #expect(rect.splitRight(3).rest == Rect(column: 2, row: 3, width: 7, height: 4))
        #expect(rect.inset(by: 9).isEmpty)
        #expect(
            rect.intersection(Rect(column: 0, row: 0, width: 3, height: 4))
                == Rect(column: 2, row: 3, width: 1, height: 1)
        )
        #expect(rect.centered(Size(columns: 4, rows: 9)) == Rect(column: 5, row: 3, width: 4, height: 4))
    }
}
