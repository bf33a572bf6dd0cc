import Terminal

/// A pane folded to a line, where the screen has room for one open pane only.
enum SummaryLine {
    static func draw(
        _ number: String,
        _ title: String,
        _ text: String,
        note: String,
        in rect: Rect,
        on canvas: inout Canvas
    ) {
        let noteWidth = TextWidth.columns(of: note)
        canvas.write(
            [.init("\(number) ", .faint), .init(TextWidth.pad(title, to: 8), .muted), .init(text, .text)],
            at: Point(column: rect.left + 1, row: rect.top),
            width: rect.width - noteWidth - 4
        )
        canvas.writeRight([.init(note, .muted)], endingAt: rect.right - 1, row: rect.top, width: rect.width - 4)
    }
}
