import TestSupport
import Testing

@testable import Studio

struct SelectionTests {
    private func editor(_ text: String, caret: TextPosition, _ change: (inout TextEditor) -> Void = { _ in })
        -> TextEditor
    {
        var editor = TextEditor(text)
        editor.place(at: caret)
        change(&editor)
        return editor
    }

    @Test func `moves that select keep the place where they began`() {
        var editor = editor("a red fox", caret: TextPosition(line: 0, column: 2))
        editor.select(.wordRight)
        #expect(editor.selectedText == "red")
        editor.select(.right)
        #expect(editor.selectedText == "red ")
        editor.select(.lineStart)
        #expect(editor.selectedText == "a ")
        editor.select(.textEnd)
        #expect(editor.selectedText == "red fox")
        editor.select(.wordLeft)
        editor.select(.wordLeft)
        #expect(editor.selection == nil && editor.selectedText == nil)
    }

    @Test func `an arrow leaves the selection at its edge, any other move where it leads`() {
        let start = editor("a red fox", caret: TextPosition(line: 0, column: 2)) { $0.select(.wordRight) }
        var left = start, right = start, end = start
        left.move(.left)
        right.move(.right)
        end.move(.lineEnd)
        #expect([left, right, end].map(\.cursor.column) == [2, 5, 9])
        #expect([left, right, end].allSatisfy { $0.selection == nil })
    }

    @Test(arguments: ["typing", "pasting", "deleting", "cutting", "killing", "yanking"])
    func `what is selected gives way, and one undo brings it back`(change: String) {
        var editor = editor("a red fox", caret: TextPosition(line: 0, column: 2)) { $0.killBuffer = "blue" }
        editor.select(.wordRight)
        switch change {
        case "typing": editor.insert("tired")
        case "pasting": editor.paste("old\nsly")
        case "deleting": editor.deleteBackward()
        case "cutting": editor.cut()
        case "killing": editor.deleteWordBackward()
        default: editor.yank()
        }
        let expected =
            ["typing": "a tired fox", "pasting": "a old\nsly fox", "yanking": "a blue fox"][change] ?? "a  fox"
        #expect(editor.text == expected)
        #expect(editor.selection == nil)
        #expect(["cutting", "killing"].contains(change) ? editor.killBuffer == "red" : editor.killBuffer == "blue")
        editor.undo()
        #expect(editor.text == "a red fox")
    }

    @Test func `what is copied is put back as often as wanted`() {
        var editor = editor("a red fox", caret: TextPosition(line: 0, column: 0))
        editor.select(.wordRight)
        editor.select(.wordRight)
        editor.copy()
        #expect(editor.selectedText == "a red")
        editor.move(.textEnd)
        editor.insert(", ")
        editor.yank()
        #expect(editor.text == "a red fox, a red")
    }

    @Test func `all is selected, and a double click selects a word`() {
        var editor = editor("a red\nfox, red", caret: TextPosition(line: 1, column: 1))
        editor.selectWord()
        #expect(editor.selectedText == "fox")
        editor.place(at: TextPosition(line: 1, column: 8))
        editor.selectWord()
        #expect(editor.selectedText == "red")
        editor.selectAll()
        #expect(editor.selectedText == editor.text)
        editor.insert("x")
        #expect(editor.text == "x")
    }

    @Test func `a selection makes room for what takes its place`() {
        var editor = TextEditor("12345678", limit: 8)
        editor.selectAll()
        #expect(editor.paste("abcdefgh") == 0)
        #expect(editor.text == "abcdefgh")
    }

    @Test(arguments: 0..<30)
    func `whatever is done, what is selected is a part of the text and gives way as a whole`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var editor = TextEditor("ein fuchs\nläuft 🇩🇪\n\nweiter")
        for _ in 0..<120 {
            let layout = SoftWrap.layout(editor.lines, columns: Int.random(in: 1...9, using: &random), measure: cells)
            switch Int.random(in: 0..<9, using: &random) {
            case 0...2: editor.select(TextMotion.allCases.randomElement(using: &random) ?? .left)
            case 3: editor.select(.up, in: layout)
            case 4: editor.select(.down, in: layout)
            case 5:
                editor.select(
                    to: TextPosition(
                        line: .random(in: -1...5, using: &random),
                        column: .random(in: -1...9, using: &random)
                    )
                )
            case 6: editor.selectWord()
            case 7: editor.move(.right)
            default: editor.undo()
            }
            guard let selection = editor.selection, let text = editor.selectedText else { continue }
            #expect(editor.buffer.clamp(selection.lowerBound) == selection.lowerBound)
            #expect(editor.buffer.clamp(selection.upperBound) == selection.upperBound)
            var other = editor
            let before = other.characterCount
            other.insert("x")
            #expect(other.characterCount == before - TextFragment(cleaning: text, isMultiline: true).count + 1)
            if Int.random(in: 0..<4, using: &random) == 0 { editor = other }
        }
    }

    // MARK: In the studio

    @Test func `what is copied and cut goes to the terminal's clipboard too`() {
        var bench = Bench(prompt: "a red fox")
        #expect(bench.press(.copyText) == [])
        #expect(bench.state.toast?.notice.text.contains("Nothing is selected") == true)
        bench.press(.selectWordLeft)
        #expect(bench.press(.copyText) == [.terminal(.copy("fox"))])
        #expect(bench.press(.cutText).contains(.terminal(.copy("fox"))))
        #expect(bench.state.compose.prompt.text == "a red ")
        bench.press(.yank)
        #expect(bench.state.compose.prompt.text == "a red fox")
    }

    @Test func `a field has its own selection`() {
        var bench = Bench(prompt: "a red fox", runs: [Bench.run("one")])
        bench.press(.focusPredictions, .filterRuns)
        bench.send(.typed("status:failed"))
        bench.press(.selectWordLeft)
        #expect(bench.press(.copyText) == [.terminal(.copy("failed"))])
        bench.send(.typed("succeeded"))
        #expect(bench.state.runs.filter == "status:succeeded")
    }

    @Test func `a drag selects in the prompt and copies when the button goes up`() {
        var bench = Bench(prompt: "a red fox\nin the snow")
        bench.send(.viewportChanged(Viewport(promptColumns: 40)))
        bench.send(.clicked(Click(.prompt(top: 0), column: 2, row: 0)))
        bench.send(.dragged(Drag(.prompt(top: 0), column: 6, row: 1)))
        #expect(bench.state.compose.prompt.selectedText == "red fox\nin the")
        #expect(bench.send(.dragEnded(.prompt(top: 0))) == [.terminal(.copy("red fox\nin the"))])
        // Beyond the frame lies the last row.
        bench.send(.dragged(Drag(.prompt(top: 0), column: 90, row: 50)))
        #expect(bench.state.compose.prompt.selectedText == "red fox\nin the snow")
        bench.send(.clicked(Click(.prompt(top: 0), column: 3, row: 0, isDouble: true)))
        #expect(bench.state.compose.prompt.selectedText == "red")
    }
}
