import Composing
import Pricing
import ReplicateAPI
import Studio
import Terminal

enum ModelView {
    static func draw(_ state: StudioState, in rect: Rect, on canvas: inout Canvas) {
        let choice = state.compose.model
        let isFocused = state.focus == .model
        if rect.height < 3 {
            let used = canvas.write(
                [
                    .init("Model  ", isFocused ? .focus : .muted, isFocused ? .bold : []),
                    .init(choice.path, .text, .bold, target: .command(.changeModel)),
                    .key(" \(canvas.glyphs.choice)  ", .changeModel),
                ],
                at: Point(column: rect.left + 1, row: rect.top),
                width: rect.width - 2
            )
            canvas.write(
                status(of: choice, canvas.glyphs),
                at: Point(column: rect.left + 1 + used, row: rect.top),
                width: rect.width - 2 - used
            )
            if isFocused { canvas.cursor = .hidden(Point(column: rect.left + 8, row: rect.top)) }
            return
        }
        canvas.frame(
            rect,
            title: [.init("1 ", .faint), .init("Model", isFocused ? .focus : .text, isFocused ? .bold : [])],
            note: [
                .key(
                    state.keys.key(for: .changeModel, in: isFocused ? [.model, .everywhere] : [.everywhere]) ?? "",
                    .changeModel
                ), .init(" change", .muted, target: .command(.changeModel)),
            ],
            isFocused: isFocused
        )
        let inner = rect.inset(dx: 2, dy: 1)
        canvas.write(
            [
                .init(choice.path, .text, .bold, target: .command(.changeModel)),
                .key(" \(canvas.glyphs.choice)", .changeModel),
            ],
            at: inner.origin,
            width: inner.width
        )
        if isFocused { canvas.cursor = .hidden(inner.origin) }
        let status = status(of: choice, canvas.glyphs)
        let place = Point(column: inner.left, row: inner.top + 1)
        let text = status.map(\.text).joined()
        guard inner.height > 2, TextWidth.columns(of: text) > inner.width else {
            canvas.write(status, at: place, width: inner.width)
            return
        }
        for (line, row) in zip(WrappedLines.of(text, columns: inner.width, rows: inner.height - 1), place.row...) {
            canvas.write(line, at: Point(column: inner.left, row: row), status.last?.role ?? .muted, width: inner.width)
        }
    }

    /// Rows of all that is said below the model's name, in a pane that is `columns` wide with its frame.
    static func statusRows(_ choice: ModelChoice, columns: Int, _ glyphs: Glyphs = Glyphs(isUnicode: true)) -> Int {
        let text = status(of: choice, glyphs).map(\.text).joined()
        return WrappedLines.of(text, columns: columns - 4, rows: 6).count
    }

    private static func status(of choice: ModelChoice, _ glyphs: Glyphs) -> [Canvas.Span] {
        switch choice.state {
        case .loading: return [.init("asking the API…", .faint)]
        case .missing(let reason), .unavailable(let reason): return [.init("! ", .error, .bold), .init(reason, .error)]
        case .ready(let details):
            var words: [String] = []
            if let binding = details.schema.images { words.append(describe(binding)) }
            words.append(details.isOfficial ? "official" : "community")
            let summary = details.summary.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            return [
                .init(words.joined(separator: " \(glyphs.dot) "), .muted)
            ] + (summary.isEmpty ? [] : [.init(" \(glyphs.dot) \(summary)", .faint)])
        }
    }

    private static func describe(_ binding: ImageBinding) -> String {
        switch binding {
        case .array(_, let most): most.map { "takes up to \($0) images" } ?? "takes a list of images"
        case .joined: "takes a list of images"
        case .slots(let fields): fields.count == 1 ? "takes an image" : "takes \(fields.count) images"
        }
    }
}
