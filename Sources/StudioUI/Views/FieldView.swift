import Studio
import Terminal

/// One line that is being typed, scrolled so that its caret is seen.
enum FieldView {
    static func draw(_ editor: TextEditor, at point: Point, width: Int, on canvas: inout Canvas) {
        guard width > 0 else { return }
        let before = String(editor.lines[0].prefix(editor.cursor.column))
        let caret = TextWidth.columns(of: before)
        var text = Substring(editor.text)
        var skipped = 0
        // One column stays free for the caret behind the last character.
        while caret - skipped >= width, let first = text.first {
            skipped += TextWidth.columns(of: first)
            text = text.dropFirst()
        }
        canvas.surface.fill(
            Rect(origin: point, size: Size(columns: width, rows: 1)),
            style: canvas.style(.text, .underline)
        )
        canvas.surface.write(
            TextWidth.prefix(String(text), columns: width),
            at: point,
            style: canvas.style(.text, .underline),
            width: width
        )
        canvas.cursor = Point(column: point.column + min(caret - skipped, width - 1), row: point.row)
    }
}
