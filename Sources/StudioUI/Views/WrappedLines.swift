import Studio
import Terminal

enum WrappedLines {
    /// The first `rows` rows of `text`, broken after words into rows of at most `columns` columns. Looks at no more of the
    /// text than fits there.
    static func of(_ text: String, columns: Int, rows: Int = 100) -> [String] {
        let beginning = String(text.prefix(max(rows, 1) * max(columns, 1) + 1))
        let layout = SoftWrap.layout(TextEditor(beginning).lines, columns: columns, measure: TextWidth.columns(of:))
        return (0..<min(rows, layout.rowCount)).map { layout.row($0).text }
    }
}
