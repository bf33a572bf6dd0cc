import TestSupport
import Testing

@testable import Studio

struct TextEditorPropertyTests {
    private static func command(_ editor: inout TextEditor, _ random: inout SeededGenerator) {
        let piece = pieces.randomElement(using: &random) ?? ""
        let layout = SoftWrap.layout(editor.lines, columns: Int.random(in: 1...12, using: &random), measure: cells)
        switch Int.random(in: 0..<25, using: &random) {
        case 0..<6: editor.insert(piece)
        case 6: editor.paste(piece + (pieces.randomElement(using: &random) ?? "") + piece)
        case 7: editor.deleteBackward()
        case 8: editor.deleteForward()
        case 9: editor.deleteWordBackward()
        case 10: editor.deleteWordForward()
        case 11: editor.deleteToLineEnd()
        case 12: editor.deleteToLineStart()
        case 13: editor.yank()
        case 14, 15: editor.move(TextMotion.allCases.randomElement(using: &random) ?? .left)
        case 16: editor.move(.up, in: layout)
        case 17: editor.move(.down, in: layout)
        case 18: editor.move(.rowEnd, in: layout)
        case 19: editor.move(.pageUp(rows: 3), in: layout)
        case 20: editor.moveLineUp()
        case 21: editor.moveLineDown()
        case 22: editor.endUndoStep()
        case 23:
            let line = Int.random(in: -1...8, using: &random)
            editor.place(at: TextPosition(line: line, column: .random(in: -1...9, using: &random)))
        default: if Int.random(in: 0..<5, using: &random) == 0 { editor.replaceAll(piece + "\n" + piece) }
        }
    }

    private static func check(_ editor: TextEditor) {
        #expect(editor.buffer.clamp(editor.cursor) == editor.cursor)
        // Segmented as the whole text would be, except that breaks always part.
        #expect(editor.lines.allSatisfy { Array(String($0)) == $0 })
        #expect(editor.characterCount == editor.lines.reduce(editor.lines.count - 1) { $0 + $1.count })
        #expect(editor.characterCount <= editor.limit)
        #expect(TextEditor(editor.text, isMultiline: editor.isMultiline).lines == editor.lines)
    }

    private static func scalars(_ editor: TextEditor) -> [Unicode.Scalar] { Array(editor.text.unicodeScalars) }

    @Test(arguments: 0..<40)
    func `undoing everything returns to the start, redoing everything to the end`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var editor = TextEditor("Ein Fuchs\n🇩🇪 schläft", isMultiline: seed % 4 != 0, limit: seed % 3 == 0 ? 60 : 2_000)
        let start = Self.scalars(editor)
        for _ in 0..<150 {
            Self.command(&editor, &random)
            Self.check(editor)
        }
        let end = Self.scalars(editor)
        while editor.undo() { Self.check(editor) }
        #expect(Self.scalars(editor) == start)
        while editor.redo() { Self.check(editor) }
        #expect(Self.scalars(editor) == end)
    }

    @Test(arguments: 100..<120)
    func `redo after undo restores text and caret`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var editor = TextEditor("start")
        for _ in 0..<150 {
            Self.command(&editor, &random)
            let step = editor
            guard editor.undo() else { continue }
            editor.redo()
            #expect(Self.scalars(editor) == Self.scalars(step))
            Self.check(editor)
        }
    }

    @Test(arguments: 200..<220)
    func `inserted text stands where the caret was`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var editor = TextEditor("")
        for _ in 0..<200 {
            let piece = pieces.randomElement(using: &random) ?? ""
            let before = Array(editor.text.unicodeScalars)
            let offset = Self.offset(of: editor.cursor, in: editor)
            editor.insert(piece)
            let inserted = Array(TextFragment(cleaning: piece, isMultiline: true).text.unicodeScalars)
            #expect(Self.scalars(editor) == before[..<offset] + inserted + before[offset...])
            #expect(Self.offset(of: editor.cursor, in: editor) >= offset + inserted.count)
            editor.move(TextMotion.allCases.randomElement(using: &random) ?? .left)
        }
    }

    /// In scalars.
    private static func offset(of position: TextPosition, in editor: TextEditor) -> Int {
        let above = editor.lines[..<position.line].reduce(0) { $0 + String($1).unicodeScalars.count + 1 }
        return above + String(editor.lines[position.line][..<position.column]).unicodeScalars.count
    }
}
