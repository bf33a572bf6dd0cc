import Studio
import Terminal

enum WrappedLines {
    /// `text` broken after words into rows of at most `columns` columns.
    static func of(_ text: String, columns: Int) -> [String] {
        let layout = SoftWrap.layout(TextEditor(text).lines, columns: columns, measure: TextWidth.columns(of:))
        return (0..<layout.rowCount).map { layout.row($0).text }
    }
}
