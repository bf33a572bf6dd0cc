import Money
import Pricing
import Studio
import Terminal

/// The first line: where one is, whether the API answers, and what today has cost.
enum HeaderView {
    static func draw(_ state: StudioState, layout: ScreenLayout, on canvas: inout Canvas) {
        let rect = layout.header
        let needed =
            columns(of: standing(state, isWide: false, isTerse: true, canvas.glyphs))
            + columns(of: spent(state, isWide: false))
        let forms = payers(state, layout, canvas.glyphs).map { left(state, layout, payer: $0, canvas.glyphs) }
        let spans = forms.first { columns(of: $0) + needed + 3 <= rect.width } ?? forms[forms.count - 1]
        let used = canvas.write(spans, at: Point(column: 1, row: rect.top), width: rect.width - 2)
        drawStanding(state, in: rect, used: used, on: &canvas)
    }

    private static func columns(of spans: [Canvas.Span]) -> Int {
        spans.reduce(0) { $0 + TextWidth.columns(of: $1.text) }
    }

    /// What is running, whether the API answers, and what the day has cost, at the right edge.
    ///
    /// - Parameter used: columns at the left that are taken.
    static func drawStanding(_ state: StudioState, in rect: Rect, used: Int, on canvas: inout Canvas) {
        // Where there is no room for words, signs; what the day has cost stays whatever happens.
        let spent = spent(state, isWide: rect.width >= 100)
        let wordy = standing(state, isWide: rect.width >= 100, isTerse: false, canvas.glyphs)
        let terse = standing(state, isWide: false, isTerse: true, canvas.glyphs)
        for spans in [wordy + spent, terse + spent, spent, Array(spent.prefix(1))] {
            let room = rect.width - used - 3
            if canvas.writeRight(spans, endingAt: rect.right - 1, row: rect.top, width: room) > 0 { break }
        }
    }

    private static func left(_ state: StudioState, _ layout: ScreenLayout, payer: String, _ glyphs: Glyphs)
        -> [Canvas.Span]
    {
        var spans: [Canvas.Span] = [.init("DARKROOM", .focus, .bold)]
        if !payer.isEmpty { spans.append(.init("  \(payer)", .warn)) }
        guard layout.shape == .tabbed else { return spans }
        // Where there is no room for names, the numbers that the panes have.
        let isNarrow = layout.size.columns < 56
        if isNarrow { spans.removeFirst() }
        let tabs: [(title: String, number: String, isHere: Bool, command: Command)] = [
            ("Compose", "2", state.focus.isCompose, .focusPrompt),
            ("Predictions", "5", state.focus == .predictions, .focusPredictions),
            ("Preview", "6", state.focus == .detail, .focusDetail),
        ]
        for tab in tabs {
            let title = isNarrow ? tab.number : tab.title
            let target = ClickTarget.command(tab.command)
            if tab.isHere {
                spans.append(.init("  [\(tab.title)]", .text, .bold, target: target))
                continue
            }
            spans.append(.init("   \(title) ", .muted, target: target))
            if tab.command == .focusPredictions {
                let unseen = state.unseen
                if unseen.succeeded > 0 {
                    spans.append(.init("\(glyphs.check)\(unseen.succeeded) ", .ok, target: target))
                }
                if unseen.others > 0 { spans.append(.init("\(glyphs.cross)\(unseen.others) ", .error, target: target)) }
            }
        }
        return spans
    }

    /// Who pays, and which API gets the prompts, where that is not the person's own settings: the folder that one stands in
    /// may be anybody's. The longest form first; empty: there is nothing to say.
    private static func payers(_ state: StudioState, _ layout: ScreenLayout, _ glyphs: Glyphs) -> [String] {
        let isTabbed = layout.shape == .tabbed
        if state.mode == .demo {
            return (isTabbed ? [] : ["demo · nothing is billed"]) + ["demo · not billed", "demo · free", "demo"]
        }
        guard let file = state.tokenFile else { return [""] }
        if isTabbed { return [".env"] }
        let path = DisplayPath.shortened(file.path, columns: 32, ellipsis: glyphs.ellipsis)
        return ["token from \(path)" + (file.host.map { " for \($0)" } ?? "")]
    }

    private static func spent(_ state: StudioState, isWide: Bool) -> [Canvas.Span] {
        let limit = isWide ? state.budget.day.map { " of \($0.text)" } ?? "" : ""
        let parts = state.spend[.day]
        return [
            .init(parts.paid.shortText, .cost, .bold, target: .command(.showSpend)),
            .init(parts.pendingText, .muted), .init(parts.unknownText, .warn),
            .init(" today\(limit)", .muted, target: .command(.showSpend)),
        ]
    }

    /// What is running, and whether the API answers.
    private static func standing(_ state: StudioState, isWide: Bool, isTerse: Bool, _ glyphs: Glyphs) -> [Canvas.Span] {
        var spans: [Canvas.Span] = []
        let active = state.runs.activeCount
        if active > 0 { spans.append(.init(isWide ? "\(active) running   " : "◐\(active)  ", .running)) }
        func say(_ sign: String, _ word: String, _ role: Role, _ wordRole: Role) {
            spans += [.init(sign, role), .init(isTerse ? " " : " \(word)   ", wordRole)]
        }
        switch state.connectivity {
        case .online: say(glyphs.online, "online", .ok, .muted)
        case .offline: say(glyphs.offline, "offline", .error, .error)
        case .tokenRefused: say(glyphs.offline, "token refused", .error, .error)
        case .unknown where state.mode == .noToken: say(glyphs.offline, "no token", .warn, .warn)
        case .unknown: say(glyphs.offline, "…", .faint, .faint)
        }
        return spans
    }
}
