import Pricing
import Studio
import Terminal

/// The last two lines: what was just said, and the keys that do something here.
enum FooterView {
    static func draw(_ state: StudioState, layout: ScreenLayout, on canvas: inout Canvas) {
        if let toast = state.toast {
            draw(toast.notice, in: layout.toast, on: &canvas)
        } else if case .offline(let reason) = state.connectivity {
            draw(Notice(.warning, reason), in: layout.toast, on: &canvas)
        }
        draw(hints(state), in: layout.footer, on: &canvas)
    }

    private static func draw(_ notice: Notice, in rect: Rect, on canvas: inout Canvas) {
        let (sign, role): (String, Role) =
            switch notice.kind {
            case .success: (canvas.glyphs.check, .ok)
            case .information: (canvas.glyphs.dot, .muted)
            case .warning: ("!", .warn)
            case .error: (canvas.glyphs.cross, .error)
            }
        canvas.write(
            [.init("\(sign) ", role, .bold), .init(notice.text, notice.kind == .information ? .muted : .text)],
            at: Point(column: 1, row: rect.top),
            width: rect.width - 2
        )
    }

    struct Hint: Hashable {
        var key: String
        var label: String
        var price: String?
        var isEnabled: Bool
    }

    /// The bindings of the innermost contexts that have a place in the footer, each command once.
    static func hints(_ state: StudioState) -> [Hint] {
        var seen: Set<Command> = []
        let bindings = state.contexts.flatMap { context in Binding.all.filter { $0.context == context } }
        return
            bindings
            .filter { $0.footer != nil && seen.insert($0.command).inserted }
            .sorted { ($0.footer ?? 0, $0.command.rawValue) < ($1.footer ?? 0, $1.command.rawValue) }
            .map { binding in
                Hint(
                    key: KeyName.shown(binding.keys[0]),
                    label: binding.command.entry.hint,
                    price: binding.command == .run ? state.compose.quote.total.label : nil,
                    isEnabled: binding.command.obstacle(in: state) == nil
                )
            }
    }

    private static func draw(_ hints: [Hint], in rect: Rect, on canvas: inout Canvas) {
        var column = rect.left + 1
        for (index, hint) in hints.enumerated() {
            let price = hint.price.map { " \($0)" } ?? ""
            let width = TextWidth.columns(of: "\(hint.key) \(hint.label)\(price)")
            guard column + width <= rect.right - 1 else { break }
            if index > 0 {
                canvas.write(canvas.glyphs.separator, at: Point(column: column - 2, row: rect.top), .border)
            }
            column += canvas.write(
                [
                    .init(hint.key, hint.isEnabled ? .focus : .faint),
                    .init(" \(hint.label)", hint.isEnabled ? .text : .faint),
                    .init(price, hint.isEnabled ? .cost : .faint, hint.isEnabled ? .bold : []),
                ],
                at: Point(column: column, row: rect.top),
                width: width
            )
            column += 3
        }
    }
}
