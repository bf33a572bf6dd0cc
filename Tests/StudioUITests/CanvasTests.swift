import Studio
import Terminal
import Testing

@testable import StudioUI

struct CanvasTests {
    private func canvas(_ columns: Int, _ rows: Int, isUnicode: Bool = true) -> Canvas {
        Canvas(
            size: Size(columns: columns, rows: rows),
            theme: .darkroom,
            glyphs: Glyphs(isUnicode: isUnicode),
            depth: .direct
        )
    }

    @Test(arguments: [
        (3, "ab…", 3), (5, "abcd…", 5), (9, "abcdefghi", 9), (30, "abcdefghi", 9), (0, "", 0), (-4, "", 0),
    ])
    func `a text is cut with an ellipsis, and its columns are returned`(width: Int, shown: String, used: Int) {
        var canvas = canvas(30, 1)
        #expect(canvas.write("abcdefghi", at: .zero, width: width) == used)
        #expect(canvas.surface.text()[0].prefix(used) == shown)
        #expect(canvas.surface.text()[0].dropFirst(used).allSatisfy { $0 == " " })
    }

    @Test func `without Unicode signs are spelled before they are measured`() {
        var canvas = canvas(20, 1, isUnicode: false)
        #expect(canvas.write("4 × ≈ …", at: .zero) == 9)
        #expect(canvas.surface.text()[0].hasPrefix("4 x ~ ..."))
        // The ellipsis of a cut is spelled as well, and fits.
        #expect(canvas.write("abcdefghij", at: .zero, width: 6) == 6)
        #expect(canvas.surface.text()[0].hasPrefix("abc..."))
    }

    @Test func `pieces of a line follow each other, and what has no room is left out`() {
        var canvas = canvas(20, 1)
        let spans: [Canvas.Span] = [.init("one ", .focus), .init("two ", .muted), .init("three", .error)]
        #expect(canvas.write(spans, at: Point(column: 2, row: 0), width: 10) == 10)
        #expect(canvas.surface.text()[0].hasPrefix("  one two t…"))
        #expect(canvas.surface[2, 0].style == canvas.style(.focus))
        #expect(canvas.surface[6, 0].style == canvas.style(.muted))
        #expect(canvas.surface[10, 0].style == canvas.style(.error))
    }

    @Test func `what stands at the right is there as a whole or not at all`() {
        var canvas = canvas(20, 2)
        #expect(canvas.writeRight([.init("12"), .init("345")], endingAt: 18, row: 0, width: 5) == 5)
        #expect(canvas.surface.text()[0] == "             12345  ")
        #expect(canvas.writeRight([.init("123456")], endingAt: 18, row: 1, width: 5) == 0)
        #expect(canvas.surface.text()[1].allSatisfy { $0 == " " })
    }

    @Test func `a click means what was drawn last at its place, counted from there`() {
        var canvas = canvas(20, 4)
        canvas.link(Rect(column: 0, row: 0, width: 20, height: 4), .pane(.prompt))
        canvas.write([.init("ab"), .key("key", .run)], at: Point(column: 3, row: 2), width: 15)
        canvas.link(Rect(column: 1, row: 1, width: 0, height: 1), .image(9))
        canvas.link(Rect(column: 1, row: 1, width: 3, height: 1), nil)
        #expect(canvas.targets.click(at: Point(column: 4, row: 2)) == Click(.pane(.prompt), column: 4, row: 2))
        #expect(canvas.targets.click(at: Point(column: 5, row: 2)) == Click(.command(.run)))
        #expect(
            canvas.targets.click(at: Point(column: 7, row: 2), isDouble: true)
                == Click(.command(.run), column: 2, isDouble: true)
        )
        #expect(canvas.targets.click(at: Point(column: 8, row: 2))?.target == .pane(.prompt))
        #expect(canvas.targets.click(at: Point(column: 1, row: 1))?.target == .pane(.prompt))
        #expect(canvas.targets.click(at: Point(column: 20, row: 2)) == nil)
        canvas.dim()
        #expect(canvas.targets.all.isEmpty)
    }

    @Test func `a frame has its title, note, footnote and what is wrong in its edges`() {
        var canvas = canvas(44, 4)
        canvas.frame(
            canvas.surface.bounds,
            title: [.init("Title")],
            note: [.init("note")],
            footnote: [.init("foot")],
            alarm: "wrong",
            isFocused: false
        )
        let rows = canvas.surface.text()
        #expect(rows[0].hasPrefix("╭─ Title ─") && rows[0].hasSuffix("─ note ─╮"))
        #expect(rows[3].hasPrefix("╰─ ✗ wrong ─") && rows[3].hasSuffix("─ foot ─╯"))
        #expect(rows[1] == "│" + String(repeating: " ", count: 42) + "│")
        canvas.frame(canvas.surface.bounds, title: [.init("Title")], isFocused: true)
        #expect(canvas.surface.text()[0].hasPrefix("┏━ Title ━"))
    }

    @Test func `a note that would touch the title is left out, and a long title is cut before the corner`() {
        for width in 4...40 {
            var canvas = canvas(width, 3)
            canvas.frame(
                canvas.surface.bounds,
                title: [.init("A long title of words")],
                note: [.init("a note")],
                alarm: "something is very wrong here",
                isFocused: true
            )
            let rows = canvas.surface.text()
            #expect(rows[0].first == "┏" && rows[0].last == "┓", "\(width)")
            #expect(rows[2].first == "┗" && rows[2].last == "┛", "\(width)")
            let isWhole = rows[0].contains("a note")
            #expect(isWhole == (width >= 4 + 23 + 1 + 8), "\(width): \(rows[0])")
            #expect(isWhole || !rows[0].contains("a n"), "no part of a note: \(rows[0])")
        }
        var small = canvas(3, 3)
        small.frame(small.surface.bounds, title: [.init("x")], isFocused: true)
        #expect(small.surface.text() == ["   ", "   ", "   "])
    }

    @Test func `the mark of the scroll bar is at the ends only when the list is`() {
        for (rows, total) in [(10, 11), (10, 100), (3, 4), (20, 5_000), (2, 9)] {
            let rect = Rect(column: 0, row: 0, width: 6, height: rows + 2)
            func marked(_ top: Int) -> [Int] {
                var canvas = canvas(6, rows + 2)
                canvas.scrollbar(.predictions, rect, top: top, shown: rows, total: total, isFocused: true)
                return (0..<(rows + 2)).filter { canvas.surface[5, $0].text == "█" }
            }
            #expect(marked(0).first == 1, "\(rows) of \(total)")
            #expect(marked(total - rows).last == rows, "\(rows) of \(total)")
            var before = 0
            for top in stride(from: 0, through: total - rows, by: max(1, (total - rows) / 40)) {
                let marks = marked(top)
                #expect(marks.count == max(1, rows * rows / total))
                #expect(marks == Array((marks.first ?? 0)...(marks.last ?? 0)), "one piece")
                #expect((marks.first ?? 0) >= before && marks.allSatisfy { (1...rows).contains($0) })
                before = marks.first ?? 0
            }
        }
        var whole = canvas(6, 12)
        whole.scrollbar(.predictions, whole.surface.bounds, top: 0, shown: 10, total: 10, isFocused: true)
        #expect(whole.surface.text().allSatisfy { $0 == "      " })
    }

    @Test func `a selected row keeps its text, lies on the selection's ground, and nothing in it is faint`() {
        var canvas = canvas(12, 2)
        canvas.write(
            [.init("a", .text), .init("b", .faint), .init("c", .error), .init("d", .cost)],
            at: .zero,
            width: 12
        )
        let before = canvas.surface.text()
        canvas.highlight(Rect(column: 0, row: 0, width: 12, height: 1))
        #expect(canvas.surface.text() == before)
        for column in 0..<12 {
            #expect(canvas.surface[column, 0].style.background == canvas.style(.selection).background)
            #expect(canvas.surface[column, 0].style.attributes.contains(.bold))
            #expect(canvas.surface[column, 1].style.background == .standard)
        }
        #expect(canvas.surface[1, 0].style.foreground == canvas.style(.muted).foreground)
        #expect(canvas.surface[2, 0].style.foreground == canvas.style(.error).foreground)
        #expect(canvas.surface[3, 0].style.foreground == canvas.style(.cost).foreground)
    }

    @Test func `a field shows its caret wherever it stands, in any width`() {
        for text in ["", "abc", "a long line of words that does not fit", "漢字漢字漢字漢字漢字"] {
            for width in 1...20 {
                for column in 0...text.count {
                    var canvas = canvas(30, 3)
                    var editor = TextEditor(text, isMultiline: false)
                    editor.place(at: TextPosition(line: 0, column: column))
                    FieldView.draw(editor, at: Point(column: 5, row: 1), width: width, on: &canvas)
                    let cursor = canvas.cursor
                    #expect(cursor?.isShown == true)
                    #expect(cursor.map { (5...(5 + width)).contains($0.point.column) && $0.point.row == 1 } == true)
                    // Nothing is drawn beside it.
                    for place in [4, 5 + width] { #expect(canvas.surface[place, 1].text == " ") }
                    #expect(canvas.surface.text()[0].allSatisfy { $0 == " " })
                }
            }
        }
    }
}

struct SmallTextTests {
    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1_000, "1 kB"), (1_499, "1 kB"), (1_500, "2 kB"), (412_300, "412 kB"),
        (1_000_000, "1.0 MB"), (1_449_999, "1.4 MB"), (1_450_000, "1.5 MB"), (999_949_999, "999.9 MB"),
        (1_000_000_000, "1.0 GB"), (52_000_000_000, "52.0 GB"),
    ])
    func `sizes of files`(bytes: Int, text: String) {
        #expect(ByteCount.text(bytes) == text)
    }

    @Test func `no size of a file is rounded to one that the next unit has`() {
        // 999.6 kB would be 1000 kB.
        for bytes in [999_400, 999_499] { #expect(ByteCount.text(bytes) == "999 kB") }
        #expect(ByteCount.text(999_600) == "1.0 MB")
        #expect(ByteCount.text(999_960_000) == "1.0 GB")
    }

    @Test(arguments: [
        (0, "0"), (912, "912"), (999, "999"), (1_000, "1 k"), (1_249, "1.2 k"), (9_999, "9.9 k"), (10_000, "10 k"),
        (34_567, "34 k"), (999_999, "999 k"), (1_000_000, "1 M"), (5_340_000, "5.3 M"), (123_000_000, "123 M"),
    ])
    func `large counts, rounded down so that nothing is more than it is`(count: Int, text: String) {
        #expect(CountText.short(count) == text)
    }

    @Test(arguments: [
        (-3.0, "0.0 s"), (0, "0.0 s"), (0.04, "0.0 s"), (0.05, "0.1 s"), (7.84, "7.8 s"), (9.94, "9.9 s"),
        (9.96, "10 s"), (10, "10 s"),
        (41.6, "42 s"), (59.9, "1 m 00 s"), (3_600, "1 h 00 m"), (1e12, "99 h 59 m"),
    ])
    func `seconds of a run, in tenths below ten`(seconds: Double, text: String) {
        #expect(Seconds.text(seconds) == text)
    }
}
