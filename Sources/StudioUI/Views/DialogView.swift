import Studio
import Terminal

/// Questions: centred, with everything behind them dimmed.
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
                let used = canvas.write(parts[0], at: point, .text, .bold, width: inner.width - 14)
                let room = inner.width - used - 2
                let value = TextWidth.truncate(
                    canvas.glyphs.spelled(parts[1]),
                    to: room,
                    ellipsis: canvas.glyphs.ellipsis
                )
                canvas.writeRight([.init(value, .cost, .bold)], endingAt: inner.right, row: point.row, width: room)
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

    /// An empty frame for a dialog.
    static func panel(_ rect: Rect, title: String, note: String, on canvas: inout Canvas) {
        canvas.surface.fill(rect, style: canvas.style(.text))
        canvas.frame(
            rect,
            title: [.init(title, .focus, .bold)],
            note: [.init(note, .muted, target: .command(.back))],
            isFocused: true
        )
    }
}
