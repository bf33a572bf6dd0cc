import Terminal

enum TooSmallView {
    static func draw(_ size: Size, on canvas: inout Canvas) {
        let least = ScreenLayout.smallest
        let lines: [[Canvas.Span]] =
            [
                [.init("Terminal too small", .text, .bold)],
                [],
                [.init("Needed  \(least.columns) × \(least.rows)", .muted)],
                [
                    .init("Here    ", .muted),
                    .init("\(size.columns)", size.columns < least.columns ? .error : .text, .bold),
                    .init(" × ", .muted),
                    .init("\(size.rows)", size.rows < least.rows ? .error : .text, .bold),
                ],
                [],
            ] + (size.columns < 42 ? [[.init("Enlarge the window.", .muted)]] : []) + [
                size.columns < 42
                    ? [.init("^Q", .focus), .init(" quits.", .muted)]
                    : [.init("Enlarge the window, or press ", .muted), .init("^Q", .focus), .init(" to quit.", .muted)]
            ]
        let top = max(0, (size.rows - lines.count) / 2)
        for (row, spans) in lines.enumerated() {
            let width = spans.reduce(0) { $0 + TextWidth.columns(of: $1.text) }
            canvas.write(
                spans,
                at: Point(column: max(0, (size.columns - width) / 2), row: top + row),
                width: size.columns
            )
        }
    }
}
