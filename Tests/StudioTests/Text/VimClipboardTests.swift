import Testing

@testable import Studio

/// What vim's keys do with the system's clipboard, the mouse's selection, and Esc.
struct VimClipboardTests {
    private func bench(_ prompt: String) -> Bench {
        var bench = Bench(prompt: prompt)
        bench.state.vim = VimEditing()
        bench.press(.normalMode)
        type("gg0", &bench)
        return bench
    }

    @discardableResult
    private func type(_ keys: String, _ bench: inout Bench) -> [StudioEffect] {
        keys.flatMap { bench.send(.typed(String($0))) }.filter { effect in
            if case .world(.saveDraft) = effect { false } else { true }
        }
    }

    @Test(arguments: [
        ("\"+yy", "red fox\n"), ("\"*yw", "red "), ("\"+dw", "red "), ("ve\"+y", "red"), ("V\"+y", "red fox\n"),
    ])
    func `copying to the clipboard's register copies to the clipboard`(keys: String, text: String) {
        var bench = bench("red fox\nsnow")
        #expect(type(keys, &bench) == [.terminal(.copy(text))])
    }

    @Test(arguments: [("yy", "red fox\nsnow"), ("\"ayw", "red fox\nsnow"), ("dw", "fox\nsnow"), ("x", "ed fox\nsnow")])
    func `other registers leave the clipboard alone`(keys: String, text: String) {
        var bench = bench("red fox\nsnow")
        #expect(type(keys, &bench) == [])
        #expect(bench.state.compose.prompt.text == text)
    }

    @Test(arguments: [
        ("\"+p", "a", "raed fox\nsnow"), ("\"+P", "a", "ared fox\nsnow"), ("3\"*p", "a", "raaaed fox\nsnow"),
        ("\"+p", "ice\n", "red fox\nice\nsnow"), ("\"+P", "ice\n", "ice\nred fox\nsnow"),
    ])
    func `putting the clipboard's register asks for the clipboard, and puts what it has`(
        keys: String,
        clipboard: String,
        text: String
    ) {
        var bench = bench("red fox\nsnow")
        #expect(type(keys, &bench) == [.world(.readClipboard)])
        bench.send(.clipboardRead(.text(clipboard)))
        #expect(bench.state.compose.prompt.text == text)
        type("u", &bench)
        #expect(bench.state.compose.prompt.text == "red fox\nsnow")
    }

    @Test func `a clipboard that comes after another command is pasted as ever`() {
        var bench = bench("fox")
        type("\"+px", &bench)
        bench.send(.clipboardRead(.text("ice ")))
        #expect(bench.state.compose.prompt.text == "ice ox")
    }

    @Test func `what is selected in visual mode is what the screen marks`() throws {
        var bench = bench("red fox\nsnow")
        type("wv", &bench)
        let vim = try #require(bench.state.vim)
        #expect(vim.mode == .visual)
        #expect(
            vim.selectedRange(in: bench.state.compose.prompt).map { $0.lowerBound.column..<$0.upperBound.column }
                == 4..<5
        )
        type("V", &bench)
        let lines = bench.state.vim?.selectedRange(in: bench.state.compose.prompt)
        #expect(lines?.lowerBound == .start && lines?.upperBound.column == 7)
        bench.press(.back)
        #expect(bench.state.vim?.mode == .normal && bench.state.focus == .prompt)
        #expect(bench.state.vim?.selectedRange(in: bench.state.compose.prompt) == nil)
    }

    @Test func `what the mouse has selected is what an operator takes`() {
        var bench = bench("red fox\nsnow")
        bench.state.compose.prompt.place(at: TextPosition(line: 0, column: 4))
        bench.state.compose.prompt.select(to: TextPosition(line: 0, column: 7))
        type("d", &bench)
        #expect(bench.state.compose.prompt.text == "red \nsnow")
        #expect(bench.state.vim?.mode == .normal)
    }

    @Test func `a pattern takes Backspace, a paste and Escape, and nothing of it gets into the prompt`() {
        var bench = bench("red fox\nsnow and fog")
        type("/fogx", &bench)
        #expect(bench.state.vim?.isTypingPattern == true)
        bench.press(.deleteBackward, .newline)
        #expect(bench.state.compose.prompt.cursor == TextPosition(line: 1, column: 9))
        type("?", &bench)
        bench.send(.pasted("fox\n"))
        bench.press(.newline)
        #expect(bench.state.compose.prompt.cursor == TextPosition(line: 0, column: 4))
        type("d/snow", &bench)
        bench.press(.back)
        type("n", &bench)
        #expect(bench.state.vim?.pending == "")
        #expect(bench.state.compose.prompt.text == "red fox\nsnow and fog")
    }

    @Test func `Backspace on an empty pattern gives the command up`() {
        var bench = bench("red fox")
        type("d/a", &bench)
        bench.press(.deleteBackward, .deleteBackward)
        type("x", &bench)
        #expect(bench.state.compose.prompt.text == "ed fox")
    }
}
