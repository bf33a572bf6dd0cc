import Studio
import Terminal

enum PromptView {
    static func draw(_ state: StudioState, in rect: Rect, on canvas: inout Canvas) {
        let isFocused = state.focus == .prompt
        let editor = state.compose.prompt
        if rect.height < 3 {
            let text = editor.beginning(characters: rect.width + 1)
            return SummaryLine.draw("2", "Prompt", text, note: note(state).map(\.text).joined(), in: rect, on: &canvas)
        }
        let inner = rect.inset(dx: 2, dy: 1)
        guard inner.height > 0, inner.width > 0 else { return }
        let wrapped = state.compose.promptLayout
        let caret = wrapped.point(of: editor.cursor)
        let top = max(0, min(caret.row - inner.height + 1, wrapped.rowCount - inner.height))

        let refusal = state.compose.refusal(in: .prompt)
        canvas.frame(
            rect,
            title: [.init("2 ", .faint), .init("Prompt", isFocused ? .focus : .text, isFocused ? .bold : [])],
            note: note(state),
            footnote: refusal != nil && !isFocused
                ? [] : (isFocused ? editing(state) : []) + count(state),
            alarm: refusal,
            isFocused: isFocused
        )
        if let entry = state.nameEntry {
            let label = entry.kind == .prompt ? " keep as @" : " keep draft as "
            let point = Point(column: rect.left + 11, row: rect.top)
            let used = canvas.write(label, at: point, .focus, .bold)
            let field = Point(column: point.column + used, row: point.row)
            FieldView.draw(entry.editor, at: field, width: max(4, min(30, rect.right - 3 - field.column)), on: &canvas)
        }
        let pattern = state.vim.flatMap { $0.isTypingPattern ? $0.pending : nil }
        var patternEnd: Point?
        if let pattern {
            let point = Point(column: rect.left + 11, row: rect.top)
            let used = canvas.write(
                " \(pattern)",
                at: point,
                .focus,
                .bold,
                width: max(0, rect.right - 13 - point.column)
            )
            patternEnd = Point(column: point.column + used, row: point.row)
        }
        canvas.link(inner, .prompt(top: top))
        if editor.isEmpty {
            let hint = "Describe the picture. {red|blue} fox makes two runs."
            for (row, line) in WrappedLines.of(hint, columns: inner.width, rows: inner.height).enumerated() {
                canvas.write(line, at: Point(column: inner.left, row: inner.top + row), .faint, width: inner.width)
            }
        }
        // Braces of a prompt that is one run multiply nothing.
        let hasAlternatives = state.compose.quote.runs > state.compose.count
        for row in top..<max(top, min(wrapped.rowCount, top + inner.height)) {
            // Cell by cell as it was wrapped, because the caret counts on it.
            var column = inner.left
            let text = wrapped.row(row).text
            for span in hasAlternatives ? highlighted(text) : [.init(text)] {
                column += canvas.surface.write(
                    span.text,
                    at: Point(column: column, row: inner.top + row - top),
                    style: canvas.style(span.role, span.attributes),
                    width: inner.right - column
                )
            }
        }
        if let selection = state.vim?.selectedRange(in: editor) ?? editor.selection {
            let (start, end) = (wrapped.point(of: selection.lowerBound), wrapped.point(of: selection.upperBound))
            for row in max(start.row, top)...max(start.row, top, min(end.row, top + inner.height - 1))
            where row >= top && row < top + inner.height && row <= end.row {
                let first = row == start.row ? start.column : 0
                // An empty line shows that its break is selected.
                let last = row == end.row ? end.column : max(wrapped.row(row).width, first + 1)
                let line = Rect(column: inner.left + first, row: inner.top + row - top, width: last - first, height: 1)
                canvas.select(line)
            }
        }
        canvas.scrollbar(.prompt, rect, top: top, shown: inner.height, total: wrapped.rowCount, isFocused: isFocused)
        if let patternEnd {
            canvas.cursor = .shown(patternEnd)
        } else if isFocused, state.nameEntry == nil {
            canvas.cursor = .shown(
                Point(column: min(inner.left + caret.column, rect.right - 1), row: inner.top + caret.row - top)
            )
        }
    }

    private static func note(_ state: StudioState) -> [Canvas.Span] {
        let runs = state.compose.quote.runs
        if state.compose.promptField == nil, !state.compose.prompt.isEmpty {
            return [.init("not sent: the model takes no prompt", .muted)]
        }
        return [
            .init(runs > 1 ? "\(runs) runs  " : "", .text, .bold),
            .init("\(state.compose.prompt.characterCount) chars", .muted),
        ]
    }

    /// How often each prompt is run, between the keys that change it.
    private static func count(_ state: StudioState) -> [Canvas.Span] {
        func key(_ command: Command) -> String {
            state.keys.key(for: command, in: [.everywhere]) ?? ""
        }
        let count = state.compose.count
        return [
            .key(key(.fewerRuns), .fewerRuns, count > 1 ? .focus : .faint),
            .init(" × \(count) ", count > 1 ? .text : .muted, count > 1 ? .bold : []),
            .key(key(.moreRuns), .moreRuns, count < ComposeState.mostRuns ? .focus : .faint),
        ]
    }

    /// What can be undone, or the mode that keys are typed in.
    private static func editing(_ state: StudioState) -> [Canvas.Span] {
        if let vim = state.vim {
            let typed = vim.pending.isEmpty || vim.isTypingPattern ? "" : "\(vim.pending)  "
            return [.init("\(typed)\(name(of: vim.mode))  ", .focus)]
        }
        guard state.compose.prompt.canUndo, let key = state.keys.key(for: .undo, in: [.text]) else { return [] }
        return [.key(key, .undo), .init(" undo  ", .muted, target: .command(.undo))]
    }

    private static func name(of mode: VimMode) -> String {
        switch mode {
        case .insert: "insert"
        case .normal: "normal"
        case .visual: "visual"
        case .visualLine: "visual line"
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
