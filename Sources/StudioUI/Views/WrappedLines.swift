import Studio
import Synchronization
import Terminal

enum WrappedLines {
    /// The first `rows` rows of `text`, broken after words into rows of at most `columns` columns; the last one ends in an
    /// ellipsis where there would be more. Looks at no more of the text than fits there.
    static func of(_ text: String, columns: Int, rows: Int = 100) -> [String] {
        let question = Question(
            beginning: String(text.prefix((max(rows, 1) + 1) * (max(columns, 1) + 1))),
            columns: columns,
            rows: rows
        )
        // With every key the layout of a frame asks for the same few texts; a long one is not worth its memory.
        guard question.beginning.utf8.count <= 1_000 else { return wrap(question) }
        if let known = recent.withLock({ $0[question] }) { return known }
        let lines = wrap(question)
        recent.withLock { recent in
            if recent.count >= 64 { recent = [:] }
            recent[question] = lines
        }
        return lines
    }

    private struct Question: Hashable {
        let beginning: String
        let columns: Int
        let rows: Int
    }

    private static let recent = Mutex<[Question: [String]]>([:])

    private static func wrap(_ question: Question) -> [String] {
        let (columns, rows) = (question.columns, question.rows)
        let layout = SoftWrap.layout(
            TextEditor(question.beginning).lines,
            columns: columns,
            measure: TextWidth.columns(of:)
        )
        let lines = (0..<min(rows, layout.rowCount)).map { layout.row($0).text }
        guard rows > 0, layout.rowCount > rows else { return lines }
        let rest = (rows..<layout.rowCount).lazy.map { layout.row($0).text }
        guard let next = rest.first(where: { !$0.allSatisfy(\.isWhitespace) }) else { return lines }
        let last = String(lines[rows - 1].reversed().drop(while: \.isWhitespace).reversed())
        let joined = last.isEmpty ? next : "\(last) \(next)"
        // Rows that a line break ends stay apart.
        let isBroken = TextWidth.columns(of: joined) <= columns
        let marked = isBroken ? last + "…" : TextWidth.truncate(joined, to: columns)
        return lines.dropLast() + [marked]
    }
}
