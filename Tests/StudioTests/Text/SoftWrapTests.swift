import TestSupport
import Testing

@testable import Studio

struct SoftWrapTests {
    private func layout(_ text: String, columns: Int) -> WrappedText {
        SoftWrap.layout(TextEditor(text).lines, columns: columns, measure: cells)
    }

    private func rows(_ layout: WrappedText) -> [String] { (0..<layout.rowCount).map { layout.row($0).text } }

    @Test(arguments: [
        ("", 8, [""]),
        ("red fox", 8, ["red fox"]),
        ("a red fox asleep", 8, ["a red ", "fox ", "asleep"]),
        // The caret's cell behind the last word counts.
        ("red foxy", 8, ["red ", "foxy"]),
        ("abcdefgh", 8, ["abcdefgh", ""]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("go abcdefghij", 5, ["go ", "abcde", "fghij", ""]),
        ("one   two", 5, ["one  ", " two"]),
        ("      ", 4, ["    ", "  "]),
        ("    ", 4, ["    ", ""]),
        ("a\n\nb", 4, ["a", "", "b"]),
        ("世界世界", 5, ["世界", "世界"]),
        ("ab世界", 4, ["ab世", "界"]),
        ("x 👨‍👩‍👧👨‍👩‍👧", 4, ["x 👨‍👩‍👧", "👨‍👩‍👧"]),
        ("世a", 1, ["世", "a", ""]),
        ("ab", 0, ["a", "b", ""]),
    ])
    func `text is broken into rows`(text: String, columns: Int, expected: [String]) {
        #expect(rows(layout(text, columns: columns)) == expected)
    }

    @Test func `a row tells where it comes from`() {
        let layout = layout("red fox\nden", columns: 5)
        #expect(
            (0..<layout.rowCount).map { layout.row($0) } == [
                TextRow(line: 0, range: 0..<4, text: "red ", width: 4, isLineStart: true),
                TextRow(line: 0, range: 4..<7, text: "fox", width: 3, isLineStart: false),
                TextRow(line: 1, range: 0..<3, text: "den", width: 3, isLineStart: true),
            ]
        )
    }

    @Test func `the place between two rows belongs to the lower one`() {
        let layout = layout("red fox", columns: 5)
        #expect(layout.point(of: TextPosition(line: 0, column: 3)) == TextPoint(row: 0, column: 3))
        #expect(layout.point(of: TextPosition(line: 0, column: 4)) == TextPoint(row: 1, column: 0))
        #expect(layout.position(at: TextPoint(row: 0, column: 99)) == TextPosition(line: 0, column: 3))
        #expect(layout.position(at: TextPoint(row: 99, column: 99)) == TextPosition(line: 0, column: 7))
        #expect(layout.position(at: TextPoint(row: -4, column: -4)) == .start)
    }

    @Test func `a cell inside a wide character belongs to it`() {
        let layout = layout("世界x", columns: 10)
        let columns = (0..<7).map { layout.position(at: TextPoint(row: 0, column: $0)).column }
        #expect(columns == [0, 0, 1, 1, 2, 3, 3])
    }

    @Test func `moving up and down keeps the column it began in`() {
        var editor = TextEditor("a long first line\nab\nanother long one")
        let layout = SoftWrap.layout(editor.lines, columns: 20, measure: cells)
        var places: [TextPosition] = []
        let moved = [RowMotion.up, .up, .up, .pageDown(rows: 5)].map { motion in
            let isMoved = editor.move(motion, in: layout)
            places.append(editor.cursor)
            return isMoved
        }
        #expect(moved == [true, true, false, true])
        #expect(places.map(\.line) == [1, 0, 0, 2])
        #expect(places.map(\.column) == [2, 16, 16, 16])
        editor.move(.left)
        editor.move(.up, in: layout)
        editor.move(.left)
        editor.move(.down, in: layout)
        #expect(editor.cursor == TextPosition(line: 2, column: 1))
    }

    @Test func `a row's edges are not the line's`() {
        var editor = TextEditor("red fox asleep")
        let layout = SoftWrap.layout(editor.lines, columns: 9, measure: cells)
        #expect(rows(layout) == ["red fox ", "asleep"])
        editor.move(.rowStart, in: layout)
        #expect(editor.cursor.column == 8)
        editor.move(.up, in: layout)
        editor.move(.rowEnd, in: layout)
        #expect(editor.cursor.column == 7)
        editor.move(.lineEnd)
        #expect(editor.cursor.column == 14)
    }

    @Test(arguments: 0..<60)
    func `every character stands in one row and every caret inside the width`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = (0..<80).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        let lines = TextEditor(text).lines
        let columns = Int.random(in: 2...20, using: &random)
        let layout = SoftWrap.layout(lines, columns: columns, measure: cells)

        var covered = lines.map { _ in 0 }
        for index in 0..<layout.rowCount {
            let row = layout.row(index)
            #expect(row.range.lowerBound == covered[row.line])
            #expect(row.isLineStart == (row.range.lowerBound == 0))
            #expect(row.width <= columns)
            #expect(row.width == row.text.reduce(0) { $0 + cells($1) })
            covered[row.line] = row.range.upperBound
        }
        #expect(covered == lines.map(\.count))

        for (line, characters) in lines.enumerated() {
            for column in 0...characters.count {
                let position = TextPosition(line: line, column: column)
                let point = layout.point(of: position)
                #expect(point.column < columns)
                let back = layout.position(at: point)
                #expect(layout.point(of: back).row == point.row)
                let between = characters[min(back.column, column)..<max(back.column, column)]
                #expect(back.line == line && between.allSatisfy { cells($0) == 0 })
            }
        }
    }

    @Test(arguments: 0..<20)
    func `a layout that reuses the one before is the same as a fresh one`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var editor = TextEditor("first line of some length\nsecond\n\nfourth")
        var layout = SoftWrap.layout(editor.lines, columns: 9, measure: cells)
        for _ in 0..<120 {
            let line = Int.random(in: 0..<editor.lines.count, using: &random)
            editor.place(at: TextPosition(line: line, column: .random(in: 0...30, using: &random)))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: editor.deleteWordBackward()
            case 1: editor.moveLineUp()
            case 2: editor.undo()
            case 3: editor.paste("two\nlines")
            default: editor.insert(pieces.randomElement(using: &random) ?? "")
            }
            layout = SoftWrap.layout(editor.lines, columns: 9, reusing: layout, measure: cells)
            #expect(layout == SoftWrap.layout(editor.lines, columns: 9, measure: cells))
        }
        #expect(
            SoftWrap.layout(editor.lines, columns: 5, reusing: layout, measure: cells)
                == SoftWrap.layout(editor.lines, columns: 5, measure: cells)
        )
    }

    @Test func `a key press measures only what it typed`() {
        var editor = TextEditor(String(repeating: "some words ", count: 500))
        let before = SoftWrap.layout(editor.lines, columns: 60, measure: cells)
        editor.place(at: TextPosition(line: 0, column: 2_000))
        editor.insert("x")
        var measured = 0
        _ = SoftWrap.layout(editor.lines, columns: 60, reusing: before) { character in
            measured += 1
            return cells(character)
        }
        #expect(measured == 1)
    }
}
