import Studio
import Terminal

enum PromptView {
    static func draw(_ state: StudioState, in rect: Rect, on canvas: inout Canvas) {
        let isFocused = state.focus == .prompt
        let editor = state.compose.prompt
        let inner = rect.inset(dx: 2, dy: 1)
        guard inner.height > 0, inner.width > 0 else { return }
        let wrapped = state.compose.promptLayout
        let caret = wrapped.point(of: editor.cursor)
        let top = max(0, min(caret.row - inner.height + 1, wrapped.rowCount - inner.height))

        var note: [Canvas.Span] = []
        if state.compose.count > 1 || state.compose.quote.runs > 1 {
            note.append(.init("\(state.compose.quote.runs) runs  ", .running))
        }
        note.append(.init("\(editor.characterCount) chars", .muted))
        canvas.frame(
            rect,
            title: [.init("2 ", .faint), .init("Prompt", isFocused ? .focus : .text, isFocused ? .bold : [])],
            note: note,
            footnote: isFocused
                ? [
                    .init("\(caret.row + 1):\(caret.column + 1)", .faint),
                    .init("  ^_", .focus), .init(" undo", .muted),
                ] : [],
            isFocused: isFocused
        )
        if editor.isEmpty {
            canvas.write(
                "Describe the picture. {red|blue} fox makes two runs.",
                at: inner.origin,
                .faint,
                width: inner.width
            )
        }
        for row in top..<max(top, min(wrapped.rowCount, top + inner.height)) {
            canvas.write(
                highlighted(wrapped.row(row).text),
                at: Point(column: inner.left, row: inner.top + row - top),
                width: inner.width
            )
        }
        canvas.scrollbar(rect, top: top, shown: inner.height, total: wrapped.rowCount, isFocused: isFocused)
        if isFocused {
            canvas.cursor = .shown(
                Point(column: min(inner.left + caret.column, rect.right - 1), row: inner.top + caret.row - top)
            )
        }
    }

    /// Braces and bars of alternatives stand out, because they multiply the price.
    private static func highlighted(_ text: String) -> [Canvas.Span] {
        var spans: [Canvas.Span] = []
        var plain = ""
        for character in text {
            if "{|}".contains(character) {
                if !plain.isEmpty { spans.append(.init(plain)) }
                plain = ""
                spans.append(.init(String(character), .cost, .bold))
            } else {
                plain.append(character)
            }
        }
        if !plain.isEmpty { spans.append(.init(plain)) }
        return spans
    }
}
