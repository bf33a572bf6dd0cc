import Testing

@testable import Studio

struct TextEditorTests {
    private func editor(_ text: String, at column: Int, line: Int = 0) -> TextEditor {
        var editor = TextEditor(text)
        editor.place(at: TextPosition(line: line, column: column))
        return editor
    }

    @Test(arguments: [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\tb", "a  b"),
        ("\u{1B}[31mred\u{7}\u{0}\u{9B}", "[31mred"),
        ("one\u{2028}two\u{2029}three\u{85}four", "one\ntwo\nthree\nfour"),
        ("\n\r\n\r", "\n\n\n"),
        ("é e\u{301} 👨‍👩‍👧", "é e\u{301} 👨‍👩‍👧"),
    ])
    func `foreign text is cleaned when it comes in`(text: String, clean: String) {
        var editor = TextEditor()
        editor.paste(text)
        #expect(editor.text == clean)
        #expect(TextEditor(text).text == clean)
    }

    @Test(arguments: [("a\nb", "a b"), ("https://x.org/a.png\r\n", "https://x.org/a.png"), ("\n\n", ""), ("\na", " a")])
    func `a single line editor has no line breaks`(text: String, clean: String) {
        var editor = TextEditor(isMultiline: false)
        editor.insert(text)
        #expect(editor.text == clean)
        #expect(editor.lines.count == 1)
    }

    @Test func `typing is one undo step a word until something else happens`() {
        var editor = TextEditor()
        for letter in ["r", "e", "d"] { editor.insert(letter) }
        editor.endUndoStep()
        for letter in [" ", "f", "o", "x"] { editor.insert(letter) }
        editor.move(.left)
        editor.insert("!")
        #expect(editor.text == "red fo!x")
        var seen: [String] = []
        while editor.undo() { seen.append(editor.text) }
        #expect(seen == ["red fox", "red ", "red", ""])
        while editor.redo() {}
        #expect(editor.text == "red fo!x")
        #expect(editor.cursor == TextPosition(line: 0, column: 7))
    }

    @Test func `a typed line break begins an undo step`() {
        var editor = TextEditor()
        for letter in ["a", "b", "\n", "c"] { editor.insert(letter) }
        editor.undo()
        #expect(editor.text == "ab")
    }

    @Test func `a paste is one undo step beside the typing around it`() {
        var editor = TextEditor()
        editor.insert("a")
        editor.paste("one\ntwo")
        editor.insert("z")
        #expect(editor.text == "aone\ntwoz")
        editor.undo()
        #expect(editor.text == "aone\ntwo")
        editor.undo()
        #expect(editor.text == "a")
    }

    @Test func `deletions in a row are one undo step`() {
        var editor = TextEditor("foxes")
        for _ in 0..<3 { editor.deleteBackward() }
        #expect(editor.text == "fo")
        editor.undo()
        #expect(editor.text == "foxes")
        #expect(editor.cursor == TextPosition(line: 0, column: 5))
        #expect(!editor.canUndo)
    }

    @Test func `a new edit forgets what could be redone`() {
        var editor = TextEditor()
        editor.insert("a")
        editor.undo()
        #expect(editor.canRedo)
        editor.insert("b")
        #expect(!editor.canRedo)
    }

    @Test func `the history forgets its oldest steps`() {
        var editor = TextEditor()
        for _ in 0..<(EditHistory.mostSteps + 20) { editor.paste("x") }
        #expect(editor.history.stepCount == EditHistory.mostSteps)
        while editor.undo() {}
        #expect(editor.text == String(repeating: "x", count: 20))
    }

    @Test func `the history is bounded in characters too`() {
        var editor = TextEditor()
        let large = String(repeating: "y", count: EditHistory.mostCharacters / 10)
        for _ in 0..<30 {
            editor.paste(large)
            editor.replaceAll("")
        }
        #expect(editor.history.stepCount <= 10)
        editor.undo()
        #expect(editor.text == large)
    }

    @Test(arguments: [
        ("e", "\u{301}", "e\u{301}", 1),
        ("🇩", "🇪", "🇩🇪", 1),
        ("👨\u{200D}", "👩", "👨\u{200D}👩", 1),
        ("ᄒ", "ᅡ", "하", 1),
    ])
    func `what is typed grows together with what stands before it`(
        first: String,
        second: String,
        text: String,
        count: Int
    ) {
        var editor = TextEditor()
        editor.insert(first)
        editor.insert(second)
        #expect(editor.text == text)
        #expect(editor.characterCount == count)
        #expect(editor.cursor.column == count)
        editor.deleteBackward()
        #expect(editor.text.isEmpty)
    }

    @Test func `a deletion that brings halves together counts them as one`() {
        var editor = editor("🇩x🇪 y", at: 2)
        editor.deleteBackward()
        #expect(editor.lines == [["🇩🇪", " ", "y"]])
        #expect(editor.cursor.column == 1)
        editor.undo()
        #expect(editor.text == "🇩x🇪 y")
        #expect(editor.cursor.column == 2)
    }

    @Test func `flags regroup when a half is put before them`() {
        var editor = editor("🇪🇫🇬", at: 0)
        editor.insert("🇩")
        #expect(editor.lines == [["🇩🇪", "🇫🇬"]])
        #expect(editor.cursor.column == 1)
        editor.undo()
        #expect(editor.lines == [["🇪🇫", "🇬"]])
    }

    @Test func `text beyond the limit is cut off and counted`() {
        var editor = TextEditor("abc", limit: 5)
        #expect(editor.insert("defg") == 2)
        #expect(editor.text == "abcde")
        #expect(editor.paste("x\ny") == 3)
        #expect(editor.replaceAll("987654321") == 4)
        #expect(editor.text == "98765")
        #expect(TextEditor("ab\ncd", limit: 3).text == "ab\n")
    }

    @Test func `exchanging everything is one undo step`() {
        var editor = editor("old text", at: 3)
        editor.replaceAll("new\ntext")
        #expect(editor.cursor == TextPosition(line: 1, column: 4))
        editor.undo()
        #expect(editor.text == "old text")
        #expect(editor.cursor.column == 3)
        editor.replaceAll("old text")
        #expect(!editor.canUndo)
    }

    @Test func `kills in a row gather and come back with yank`() {
        var editor = editor("one two three\nfour", at: 7)
        editor.deleteWordBackward()
        editor.deleteToLineEnd()
        #expect(editor.killBuffer == "two three")
        editor.deleteToLineEnd()
        #expect(editor.text == "one four")
        #expect(editor.killBuffer == "two three\n")
        editor.move(.textEnd)
        editor.deleteToLineStart()
        #expect(editor.killBuffer == "one four")
        editor.yank()
        editor.yank()
        #expect(editor.text == "one fourone four")
        editor.undo()
        #expect(editor.text == "one four")
    }

    @Test func `killing at the edges of the text does nothing`() {
        var editor = TextEditor("a")
        editor.deleteToLineEnd()
        editor.deleteWordForward()
        editor.deleteForward()
        editor.place(at: .start)
        editor.deleteToLineStart()
        editor.deleteWordBackward()
        editor.deleteBackward()
        #expect(editor.text == "a")
        #expect(!editor.canUndo)
        #expect(editor.killBuffer.isEmpty)
    }

    @Test(arguments: [
        ("one two", 7, 4, 7), ("one  two", 5, 0, 8), ("https://a.b/c", 8, 5, 9), ("déjà 世界 🎉", 4, 0, 7),
        ("  x", 1, 0, 3),
        ("a_b c", 0, 0, 3), ("hello 🎉", 7, 6, 7),
    ])
    func `words are runs of one kind`(text: String, from: Int, left: Int, right: Int) {
        var editor = editor(text, at: from)
        editor.move(.wordLeft)
        #expect(editor.cursor.column == left)
        editor.place(at: TextPosition(line: 0, column: from))
        editor.move(.wordRight)
        #expect(editor.cursor.column == right)
    }

    @Test func `moves cross line breaks one at a time`() {
        var editor = editor("ab\ncd", at: 0, line: 1)
        editor.move(.left)
        #expect(editor.cursor == TextPosition(line: 0, column: 2))
        editor.move(.right)
        #expect(editor.cursor == TextPosition(line: 1, column: 0))
        editor.move(.wordLeft)
        #expect(editor.cursor == TextPosition(line: 0, column: 2))
        editor.move(.wordRight)
        #expect(editor.cursor == TextPosition(line: 1, column: 0))
        editor.move(.textEnd)
        editor.move(.right)
        #expect(editor.cursor == TextPosition(line: 1, column: 2))
        editor.move(.textStart)
        editor.move(.left)
        #expect(editor.cursor == .start)
    }

    @Test func `a line moves past its neighbour, and stops at both ends`() {
        var editor = editor("one\ntwo\nthree", at: 1, line: 1)
        let first = [editor.moveLineDown(), editor.moveLineDown()]
        #expect(first == [true, false])
        #expect(editor.text == "one\nthree\ntwo")
        #expect(editor.cursor == TextPosition(line: 2, column: 1))
        let second = [editor.moveLineUp(), editor.moveLineUp(), editor.moveLineUp()]
        #expect(second == [true, true, false])
        #expect(editor.text == "two\none\nthree")
        for _ in 0..<3 { editor.undo() }
        #expect(editor.text == "one\ntwo\nthree")
        #expect(!editor.canUndo)
    }

    @Test func `a place outside the text is brought into it`() {
        var editor = TextEditor("ab\nc")
        editor.place(at: TextPosition(line: -3, column: 7))
        #expect(editor.cursor == .start)
        editor.place(at: TextPosition(line: 0, column: 7))
        #expect(editor.cursor == TextPosition(line: 0, column: 2))
        editor.place(at: TextPosition(line: 5, column: 0))
        #expect(editor.cursor == TextPosition(line: 1, column: 1))
    }
}
