import Foundation
import TestSupport
import Testing

@testable import Studio

struct ProseLayoutTests {
    private func measure(_ character: Character) -> Int { character.isASCII ? 1 : 2 }

    private func rows(_ text: String, columns: Int = 20, isMarkdown: Bool = true) -> [DetailLine] {
        var layout = ProseLayout()
        layout.show(text, columns: columns, isMarkdown: isMarkdown, measure: measure)
        return layout.rows
    }

    @Test func `words are kept whole, and lines are kept apart`() {
        #expect(
            rows("the fox sleeps in the hollow oak\n\nthen it wakes").map(\.text) == [
                "the fox sleeps in", "the hollow oak", "", "then it wakes",
            ]
        )
        #expect(rows("").isEmpty)
        #expect(rows("exactly twenty chars then").map(\.text) == ["exactly twenty chars", "then"])
        #expect(rows("漢字漢字漢字漢字漢字漢字 and").map(\.text) == ["漢字漢字漢字漢字漢字", "漢字 and"])
    }

    @Test func `headings, lists, quotations and code are told apart`() {
        let shown = rows(
            """
            ## The plan
            - first the long thing to be done
            12. second
            > quoted
            ```swift
            let  x = 1
            # not a heading
            ```
            #hash
            """
        )
        #expect(
            shown.map(\.text) == [
                "The plan", "• first the long", "  thing to be done", "12. second", "> quoted", "let  x = 1",
                "# not a heading", "#hash",
            ]
        )
        #expect(shown.map(\.style) == [.heading, .plain, .plain, .plain, .quote, .code, .code, .plain])
    }

    @Test func `bold words and code are marked, and their signs are gone`() {
        let shown = rows("a **bold step** and `x = 1`, __too__", columns: 10)
        #expect(shown.map(\.text) == ["a bold", "step and x", "= 1, too"])
        #expect(
            shown.map { row in
                row.marks.map { mark in
                    String(decoding: Array(row.text.utf8)[mark.range], as: UTF8.self)
                }
            } == [["bold"], ["step", "x"], ["= 1", "too"]]
        )
        #expect(shown[1].marks.map(\.kind) == [.strong, .code])
    }

    @Test(arguments: ["2 * 3 ** 4", "**", "`", "a ** b ** c", "****", "snake__case", "5 `tick", "__init__"])
    func `a sign without its end stays a sign`(text: String) {
        let shown = rows(text, columns: 80)
        if text == "__init__" {
            #expect(shown.map(\.text) == ["init"])
        } else {
            #expect(shown.map(\.text) == [text] && shown[0].marks.isEmpty)
        }
    }

    @Test func `what is no Markdown stays as it is`() {
        let text = "# a **b**\n```\n- c"
        #expect(rows(text, columns: 80, isMarkdown: false).map(\.text) == text.components(separatedBy: "\n"))
    }

    @Test(arguments: [1, 2, 7, 20, 200])
    func `no row is wider than the pane, and no word is lost`(columns: Int) {
        let text = "first line of it\n漢字漢字 漢字漢字漢字 and more\n" + String(repeating: "x", count: 300) + "\n\tend"
        let shown = rows(text, columns: columns, isMarkdown: false)
        #expect(shown.allSatisfy { $0.text.reduce(0) { $0 + measure($1) } <= max(columns, 2) })
        let letters = shown.map(\.text).joined().filter { !$0.isWhitespace }
        #expect(letters == text.filter { !$0.isWhitespace })
    }

    @Test func `a text that grows has the rows of the whole one, and only its end is read`() {
        let whole = (0..<60).map {
            ["## part \($0)", "words **that** are many enough to be broken `once`", "```", "code 漢字", "```", ""][$0 % 6]
        }.joined(separator: "\n")
        var random = SeededGenerator(seed: 7)
        var growing = ProseLayout()
        var length = 0
        while length < whole.count {
            length = min(length + Int.random(in: 1...40, using: &random), whole.count)
            growing.show(String(whole.prefix(length)), columns: 24, isMarkdown: true, measure: measure)
            #expect(growing.rows == rows(String(whole.prefix(length)), columns: 24))
        }
        let long = String(repeating: "a line of it\n", count: 1_000)
        growing.show(long, columns: 24, isMarkdown: true, measure: measure)
        let before = growing.work.steps
        growing.show(long + "and more", columns: 24, isMarkdown: true, measure: measure)
        #expect(growing.work.steps - before < 100)
    }

    @Test func `what only begins marks costs no more than what it is long`() {
        // Searched to its end for each of them, this would take hours.
        let hostile = String(repeating: "**a `", count: 10_000)
        #expect(rows(hostile, columns: 80).count > 300)
        var layout = ProseLayout(mostBytes: 1_000)
        layout.show(String(repeating: "x", count: 1_010), columns: 100, isMarkdown: true, measure: measure)
        #expect(layout.rows.map(\.text.count) == Array(repeating: 100, count: 10) + [layout.rows[10].text.count])
        #expect(layout.rows.last?.text.hasPrefix("… the first 1 kB of 1 kB") == true)
    }
}
