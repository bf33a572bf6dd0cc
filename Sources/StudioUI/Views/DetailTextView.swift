import Studio
import Terminal

/// The lines of the detail pane: logs, inputs, JSON, and a text that a run has made.
enum DetailTextView {
    /// - Parameter frame: of the pane; its edge shows which part is seen.
    static func draw(_ state: StudioState, in inner: Rect, frame: Rect, on canvas: inout Canvas) {
        let lines = state.detail.text.lines
        let top = state.textTop
        if lines.isEmpty {
            let what = state.detail.tab == .logs ? "No logs yet." : "Nothing here."
            canvas.write(what, at: inner.origin, .faint, width: inner.width)
        }
        let label = state.detail.text.labelColumns
        let role: Role = state.detail.tab == .logs ? .muted : .text
        for (row, line) in lines.dropFirst(top).prefix(inner.height).enumerated() {
            let point = Point(column: inner.left, row: inner.top + row)
            let name: [Canvas.Span] =
                label > 0 ? [.init(TextWidth.pad(line.label, to: label) + "  ", .muted)] : []
            canvas.write(name + spans(of: line, role), at: point, width: inner.width)
        }
        canvas.scrollbar(
            .detail,
            frame,
            top: top,
            shown: inner.height,
            total: lines.count,
            isFocused: state.focus == .detail
        )
    }

    private static func spans(of line: DetailLine, _ role: Role) -> [Canvas.Span] {
        let (role, attributes): (Role, TextAttributes) =
            switch line.style {
            case .plain: (role, [])
            case .heading: (.text, .bold)
            case .code, .quote: (.muted, [])
            }
        guard !line.marks.isEmpty else { return [.init(line.text, role, attributes)] }
        let bytes = line.text.utf8
        func piece(_ range: Range<Int>) -> String {
            let start = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
            return String(line.text[start..<bytes.index(start, offsetBy: range.count)])
        }
        var spans: [Canvas.Span] = []
        var place = 0
        for mark in line.marks {
            spans.append(.init(piece(place..<mark.range.lowerBound), role, attributes))
            switch mark.kind {
            case .strong: spans.append(.init(piece(mark.range), role, attributes.union(.bold)))
            case .code: spans.append(.init(piece(mark.range), .muted, attributes))
            }
            place = mark.range.upperBound
        }
        return spans + [.init(piece(place..<bytes.count), role, attributes)]
    }
}
