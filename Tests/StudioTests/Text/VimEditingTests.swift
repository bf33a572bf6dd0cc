import Testing

@testable import Studio

struct VimEditingTests {
    /// Types `keys` into a prompt that holds `text`, its caret at the start of it and normal mode on; `⎋` is Esc.
    private func edit(_ text: String, _ keys: String) -> (text: String, line: Int, column: Int, mode: VimMode) {
        var bench = Bench(prompt: text)
        bench.state.vim = VimEditing()
        bench.press(.normalMode)
        for key in "gg0" + keys {
            if key == "⎋" { bench.press(.normalMode) } else { bench.send(.typed(String(key))) }
        }
        let editor = bench.state.compose.prompt
        return (editor.text, editor.cursor.line, editor.cursor.column, bench.state.vim?.mode ?? .insert)
    }

    @Test(arguments: [
        ("w", 0, 4), ("2w", 0, 7), ("3w", 0, 9), ("e", 0, 2), ("ee", 0, 6), ("we", 0, 6), ("$", 0, 15), ("$b", 0, 12),
        ("j", 1, 0), ("G", 2, 2), ("Ggg", 0, 0), ("2G", 1, 0), ("99l", 0, 15), ("4lh", 0, 3), ("G0", 2, 0),
        ("G$^", 2, 2),
        ("9w", 2, 4), ("x9kw", 0, 3),
    ])
    func `motions`(keys: String, line: Int, column: Int) {
        let place = edit("red fox, in fog!\nsnow\n  end", keys)
        #expect(place.line == line && place.column == column, "\(keys): \(place.line):\(place.column)")
    }

    @Test(arguments: [
        ("x", "ed fox\nsnow"), ("3x", " fox\nsnow"), ("dw", "fox\nsnow"), ("2dw", "\nsnow"), ("d2w", "\nsnow"),
        ("wdw", "red \nsnow"), ("dd", "snow"), ("2dd", ""), ("jdd", "red fox"), ("dj", ""), ("D", "\nsnow"),
        ("wD", "red \nsnow"), ("$X", "red fx\nsnow"), ("de", " fox\nsnow"), ("wdb", "fox\nsnow"),
        ("w2x", "red x\nsnow"),
        ("wdiw", "red \nsnow"), ("J", "red fox snow"), ("rR", "Red fox\nsnow"), ("3rx", "xxx fox\nsnow"),
        ("9rx", "red fox\nsnow"), ("ddu", "red fox\nsnow"), ("xxu", "ed fox\nsnow"), ("dG", ""), ("jdgg", ""),
        ("dq", "red fox\nsnow"), ("dgx", "red fox\nsnow"), ("Zx", "red fox\nsnow"), ("mix", "ed fox\nsnow"),
        ("\"ap", "red fox\nsnow"),
        ("=wx", "ed fox\nsnow"), (":wq\nx", "ed fox\nsnow"), ("#x", "ed fox\nsnow"),
    ])
    func `operators`(keys: String, text: String) {
        let result = edit("red fox\nsnow", keys)
        #expect(result.text == text, "\(keys)")
        #expect(result.mode == .normal)
    }

    @Test(arguments: [
        ("ia⎋", "ared fox\nsnow"), ("ab⎋", "rbed fox\nsnow"), ("A!⎋", "red fox!\nsnow"), ("wI>⎋", ">red fox\nsnow"),
        ("ohi⎋", "red fox\nhi\nsnow"), ("Ohi⎋", "hi\nred fox\nsnow"), ("cwblue⎋", "blue fox\nsnow"),
        ("wciwowl⎋", "red owl\nsnow"), ("ccx⎋", "x\nsnow"), ("wCo⎋", "red o\nsnow"), ("sR⎋", "Red fox\nsnow"),
        ("Sx⎋", "x\nsnow"), ("cwa⎋u", "red fox\nsnow"),
    ])
    func `what begins to insert`(keys: String, text: String) {
        #expect(edit("red fox\nsnow", keys).text == text, "\(keys)")
        #expect(edit("red fox\nsnow", String(keys.prefix { $0 != "⎋" })).mode == .insert)
    }

    @Test(arguments: [
        ("yyp", "red fox\nred fox\nsnow"), ("ddp", "snow\nred fox"), ("jyyP", "red fox\nsnow\nsnow"),
        ("dwP", "red fox\nsnow"), ("xp", "erd fox\nsnow"), ("yw$p", "red foxred \nsnow"),
        ("yyj2p", "red fox\nsnow\nred fox\nred fox"),
    ])
    func `what was taken is put back`(keys: String, text: String) {
        #expect(edit("red fox\nsnow", keys).text == text, "\(keys)")
    }

    @Test func `the caret stands on a character in normal mode, and behind the last one while inserting`() {
        #expect(edit("ab", "A").column == 2)
        #expect(edit("ab", "A⎋").column == 1)
        #expect(edit("", "x⎋").column == 0)
        #expect(edit("ab\n", "Gk$x").column == 0)
    }

    @Test func `escape gives up half a command, then goes one level back as ever`() {
        var bench = Bench(prompt: "fox")
        bench.state.vim = VimEditing()
        bench.press(.normalMode)
        bench.send(.typed("d"))
        bench.press(.back)
        #expect(bench.state.vim?.pending == "")
        bench.send(.typed("w"))
        #expect(bench.state.compose.prompt.text == "fox")
        bench.press(.zoom, .back)
        #expect(!bench.state.isZoomed)
    }

    @Test func `a paste is text in either mode, and other panes know nothing of modes`() {
        var bench = Bench(prompt: "fox")
        bench.state.vim = VimEditing()
        bench.press(.normalMode)
        bench.send(.pasted("dd"))
        #expect(bench.state.compose.prompt.text == "foddx")
        bench.press(.focusPredictions)
        #expect(bench.state.contexts == [.predictions, .list, .everywhere])
    }
}
