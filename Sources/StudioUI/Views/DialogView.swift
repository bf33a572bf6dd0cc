import Studio
import Terminal

/// Questions and pickers: centred, with everything behind them dimmed.
enum DialogView {
    // MARK: Confirmation

    static func draw(_ question: Confirmation, on canvas: inout Canvas) {
        canvas.dim()
        let width = min(canvas.surface.size.columns - 4, 66)
        let lines = question.lines.flatMap { fold($0, columns: width - 8) }
        let rect = canvas.surface.bounds.centered(Size(columns: width, rows: lines.count + 7))
        panel(rect, title: question.title, note: "Esc no", on: &canvas)
        let inner = rect.inset(dx: 4, dy: 2)
        for (row, line) in lines.enumerated() {
            let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
            let point = Point(column: inner.left, row: inner.top + row)
            if parts.count == 2 {
                canvas.write(parts[0], at: point, .text, .bold, width: inner.width - 14)
                canvas.writeRight([.init(parts[1], .cost, .bold)], endingAt: inner.right, row: point.row, width: 24)
            } else {
                canvas.write(line, at: point, .muted, width: inner.width)
            }
        }
        let row = rect.bottom - 3
        let yes = "[ \(question.confirmLabel) ]"
        let no = "[ \(question.cancelLabel) ]"
        let gap = 4
        let total = TextWidth.columns(of: yes) + gap + TextWidth.columns(of: no)
        let left = rect.left + max(2, (rect.width - total) / 2)
        button(yes, at: Point(column: left, row: row), question, isConfirm: true, on: &canvas)
        let second = Point(column: left + TextWidth.columns(of: yes) + gap, row: row)
        button(no, at: second, question, isConfirm: false, on: &canvas)
    }

    private static func button(
        _ text: String,
        at point: Point,
        _ question: Confirmation,
        isConfirm: Bool,
        on canvas: inout Canvas
    ) {
        let isFocused = question.isConfirmFocused == isConfirm
        let columns = canvas.write(text, at: point, isFocused ? .focus : .muted, isFocused ? [.bold, .reverse] : [])
        canvas.link(Rect(origin: point, size: Size(columns: columns, rows: 1)), .answer(isConfirm: isConfirm))
        if isFocused { canvas.cursor = .hidden(Point(column: point.column + 2, row: point.row)) }
    }

    private static func fold(_ line: String, columns: Int) -> [String] {
        if line.contains("\t") || line.isEmpty { return [line] }
        return WrappedLines.of(line, columns: max(10, columns))
    }

    // MARK: Picker

    static func draw(_ picker: Picker, on canvas: inout Canvas) {
        canvas.dim()
        let size = canvas.surface.size
        // As many rows as there can ever be, so that typing does not move the frame; a search may find any number.
        let wished = picker.isChoice ? max(3, picker.items.count) : Picker.visibleRows
        let rows = min(wished, Picker.visibleRows, size.rows - 8)
        let rect = canvas.surface.bounds.centered(Size(columns: min(size.columns - 4, 92), rows: rows + 5))
        panel(rect, title: picker.title, note: "Esc", on: &canvas)
        let inner = rect.inset(dx: 2, dy: 1)
        canvas.write("> ", at: inner.origin, .focus, .bold)
        FieldView.draw(
            picker.query,
            at: Point(column: inner.left + 2, row: inner.top),
            width: inner.width - 2,
            on: &canvas
        )
        let list = inner.removingTop(2)
        for (line, index) in (picker.top..<max(picker.top, picker.matches.count)).prefix(rows).enumerated() {
            let item = picker.matches[index]
            let row = Rect(column: list.left, row: list.top + line, width: list.width, height: 1)
            canvas.link(row, .pickerRow(index))
            draw(item, in: row, isSelected: index == picker.selection, on: &canvas)
        }
        if picker.matches.isEmpty {
            canvas.write(
                picker.isLoading ? "looking…" : emptyText(picker),
                at: list.origin,
                .faint,
                width: list.width
            )
        }
        canvas.writeRight(
            [
                .init(" \(picker.matches.isEmpty ? 0 : picker.selection + 1) of \(picker.matches.count) ", .muted),
                .init(picker.isLoading ? "· looking " : "", .running),
                .init("· ", .muted), .key("⏎", .choose), .init(" choose ", .muted, target: .command(.choose)),
            ],
            endingAt: rect.right - 2,
            row: rect.bottom - 1,
            width: rect.width - 4
        )
        canvas.scrollbar(rect, top: picker.top, shown: rows, total: picker.matches.count, isFocused: true)
    }

    private static func emptyText(_ picker: Picker) -> String {
        switch picker.kind {
        case .models: "No model found; Enter takes owner/name as typed."
        case .prompts: "No earlier prompt."
        case .choices: "There is no such choice."
        case .commands: "Nothing is called that."
        case .hardware: "No hardware of that name has a price."
        case .candidates: "No prediction has this id."
        }
    }

    private static func draw(_ item: Picker.Item, in row: Rect, isSelected: Bool, on canvas: inout Canvas) {
        let note = canvas.glyphs.spelled(item.obstacle ?? item.note)
        let noteWidth = min(TextWidth.columns(of: note), row.width * 45 / 100)
        canvas.write(isSelected ? canvas.glyphs.pointer : " ", at: row.origin, .focus, .bold)
        canvas.write(
            item.title,
            at: Point(column: row.left + 2, row: row.top),
            item.obstacle == nil ? .text : .faint,
            width: row.width - noteWidth - 4
        )
        canvas.write(
            note,
            at: Point(column: row.right - noteWidth, row: row.top),
            item.obstacle == nil ? .focus : .faint,
            width: noteWidth
        )
        if isSelected { canvas.highlight(row) }
    }

    private static func panel(_ rect: Rect, title: String, note: String, on canvas: inout Canvas) {
        canvas.surface.fill(rect, style: canvas.style(.text))
        canvas.frame(
            rect,
            title: [.init(title, .focus, .bold)],
            note: [.init(note, .muted, target: .command(.back))],
            isFocused: true
        )
    }
}
