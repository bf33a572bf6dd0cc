import Studio
import Terminal

/// One line that is being typed, scrolled so that its caret is seen.
enum FieldView {
    /// - Parameter isSecret: a dot stands in the place of each character.
    static func draw(
        _ editor: TextEditor,
        isSecret: Bool = false,
        at point: Point,
        width: Int,
        on canvas: inout Canvas
    ) {
        guard width > 0 else { return }
        let dot = Character(canvas.glyphs.changed)
        let line = isSecret ? editor.lines[0].map { _ in dot } : editor.lines[0]
        let window = LineWindow(
            line,
            caret: editor.cursor.column,
            columns: width,
            measure: TextWidth.columns(of:)
        )
        let style = canvas.style(.text, .underline)
        canvas.surface.fill(Rect(origin: point, size: Size(columns: width, rows: 1)), style: style)
        canvas.surface.write(window.text, at: point, style: style, width: width)
        if let selection = editor.selection {
            let columns = { (end: Int) in
                let shown = line[
                    window.range.lowerBound..<max(window.range.lowerBound, min(end, window.range.upperBound))
                ]
                return shown.reduce(0) { $0 + max(TextWidth.columns(of: $1), 0) }
            }
            let (first, last) = (columns(selection.lowerBound.column), columns(selection.upperBound.column))
            canvas.select(Rect(column: point.column + first, row: point.row, width: last - first, height: 1))
        }
        canvas.cursor = .shown(Point(column: point.column + window.caretColumn, row: point.row))
    }
}
