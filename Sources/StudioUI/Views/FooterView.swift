import Money
import Studio
import Terminal

/// The last two lines: what was just said, and the keys that do something here.
enum FooterView {
    static func draw(_ state: StudioState, layout: ScreenLayout, on canvas: inout Canvas) {
        draw(state, hints(state, canvas.glyphs), layout: layout, on: &canvas)
    }

    /// - Parameter moment: says how long the run on the way has taken; nil: it is not told of here.
    static func draw(
        _ state: StudioState,
        _ hints: [Hint],
        layout: ScreenLayout,
        moment: PredictionsView.Moment? = nil,
        on canvas: inout Canvas
    ) {
        if state.toast != nil {
            drawToast(state, in: layout.toast, on: &canvas)
        } else if let reason = state.connectivity.trouble {
            draw(Notice(.warning, reason), in: layout.toast, on: &canvas)
        } else if let moment, let run = runOnTheWay(state, layout) {
            canvas.write(
                progress(of: run, moment, canvas.glyphs),
                at: Point(column: 1, row: layout.toast.top),
                width: layout.toast.width - 2
            )
        } else if let step = step(state, layout) {
            let key = step.command.map { [Canvas.Span.key(state.keys.name(of: $0), $0), .init(" ")] } ?? []
            canvas.write(
                [.init("Step \(step.number) of 3: ", .muted)] + key + [.init(step.text, .muted)],
                at: Point(column: 1, row: layout.toast.top),
                width: layout.toast.width - 2
            )
        }
        draw(hints, in: layout.footer, on: &canvas)
    }

    /// The next of the three steps to a first picture.
    struct Step: Hashable {
        let number: Int
        /// nil: it is done by typing.
        let command: Command?
        let text: String
    }

    /// What is to be done next before anything was run, where the empty table that says so is not on the screen.
    static func step(_ state: StudioState, _ layout: ScreenLayout) -> Step? {
        guard layout.shape == .tabbed, layout.panes[.predictions] == nil, layout.panes[.detail] == nil,
            state.mode != .noToken, state.runs.shown.isEmpty, state.runs.filter.isEmpty, state.runs.pages.isWhole
        else { return nil }
        switch state.compose.model.state {
        case .loading: return nil
        case .missing, .unavailable: return Step(number: 1, command: .changeModel, text: "picks a model")
        case .ready: break
        }
        if state.compose.quote.obstacle == nil { return Step(number: 3, command: .run, text: "runs it") }
        guard state.compose.promptField != nil, state.compose.prompt.isEmpty else { return nil }
        if state.focus == .prompt { return Step(number: 2, command: nil, text: "type what you want to see") }
        return Step(number: 2, command: .focusPrompt, text: "goes to the prompt: type what you want to see")
    }

    /// The selected run while it goes on, where the screen shows neither it nor its picture.
    static func runOnTheWay(_ state: StudioState, _ layout: ScreenLayout) -> RunItem? {
        guard layout.shape == .tabbed, layout.panes[.predictions] == nil, layout.panes[.detail] == nil else {
            return nil
        }
        return state.runs.selected.flatMap { $0.isActive ? $0 : nil }
    }

    private static func progress(
        of run: RunItem,
        _ moment: PredictionsView.Moment,
        _ glyphs: Glyphs
    ) -> [Canvas.Span] {
        let share = run.fraction.map { "\(Int($0 * 100)) %  " } ?? ""
        return [
            .init(glyphs.stage(run, frame: moment.frame) + " ", glyphs.stageRole(run), .bold),
            .init("\(run.statusWord)  \(share)\(ClockText.duration(run.elapsed(at: moment.now)))  ", .running),
            .init(run.prompt.oneLine(characters: 200), .muted),
        ]
    }

    static func drawToast(_ state: StudioState, in rect: Rect, on canvas: inout Canvas) {
        if let toast = state.toast { draw(toast.notice, in: rect, on: &canvas) }
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
        var command: Command
        var key: String
        /// The only key where there is no room for both; nil: that is ``key``.
        var shortKey: String?
        var label: String
        var price: String?
        var isEnabled: Bool
        var isPinned: Bool

        var columns: Int { TextWidth.columns(of: "\(key) \(label)\(price.map { " \($0)" } ?? "")") }
    }

    /// What can be done here: the bindings of the innermost contexts that have a place in the footer, each command once.
    static func hints(_ state: StudioState, _ glyphs: Glyphs) -> [Hint] {
        var seen: Set<Command> = []
        // Over the whole screen only what concerns what is seen.
        let contexts = state.contexts.first == .lightTable ? [.lightTable] : state.contexts
        return state.keys.bindings(in: contexts) { $0.footer != nil }
            .filter { seen.insert($0.command).inserted }
            .sorted { ($0.footer ?? 0, $0.command.rawValue) < ($1.footer ?? 0, $1.command.rawValue) }
            .compactMap { binding in
                let isEnabled = CommandAvailability.obstacle(to: binding.command, in: state) == nil
                guard isEnabled || binding.isPinned else { return nil }
                return Hint(
                    command: binding.command,
                    key: keys(of: binding, glyphs),
                    shortKey: glyphs.key(binding.keys[0]),
                    label: binding.command.entry(in: binding.context).hint,
                    price: binding.command == .run ? glyphs.spelled(state.compose.quote.total.label) : nil,
                    isEnabled: isEnabled,
                    isPinned: binding.isPinned
                )
            }
    }

    /// The key that is shown. Of Run also a function key where it has one: some terminals keep alt with Enter for
    /// themselves.
    private static func keys(of binding: Binding, _ glyphs: Glyphs) -> String {
        let first = glyphs.key(binding.keys[0])
        guard binding.command == .run,
            let function = binding.keys.dropFirst().first(where: { $0.hasPrefix("f") && $0.count <= 3 })
        else { return first }
        return "\(first) \(glyphs.key(function))"
    }

    /// The pinned ones, and of the others the first that fit, in their order.
    static func fitting(_ hints: [Hint], columns: Int) -> [Hint] {
        func room(_ hints: [Hint]) -> Int {
            columns + gap - hints.filter(\.isPinned).reduce(0) { $0 + $1.columns + gap }
        }
        var hints = hints
        if room(hints) < 0 {
            for index in hints.indices { hints[index].key = hints[index].shortKey ?? hints[index].key }
        }
        var left = room(hints)
        var isFull = false
        return hints.filter { hint in
            if hint.isPinned { return true }
            isFull = isFull || hint.columns + gap > left
            guard !isFull else { return false }
            left -= hint.columns + gap
            return true
        }
    }

    /// Between two hints stands ` │ `.
    private static let gap = 3

    private static func draw(_ hints: [Hint], in rect: Rect, on canvas: inout Canvas) {
        var column = rect.left + 1
        for (index, hint) in fitting(hints, columns: rect.width - 2).enumerated() {
            if index > 0 {
                canvas.write(canvas.glyphs.separator, at: Point(column: column - 2, row: rect.top), .border)
            }
            let start = column
            column += canvas.write(
                [
                    .init(hint.key, hint.isEnabled ? .focus : .faint),
                    .init(" \(hint.label)", hint.isEnabled ? .text : .faint),
                    .init(
                        hint.price.map { " \($0)" } ?? "",
                        hint.isEnabled ? .cost : .faint,
                        hint.isEnabled ? .bold : []
                    ),
                ],
                at: Point(column: column, row: rect.top),
                width: min(hint.columns, max(0, rect.right - 1 - column))
            )
            let area = Rect(column: start, row: rect.top, width: column - start, height: 1)
            canvas.link(area, .command(hint.command))
            column += gap
        }
    }
}
