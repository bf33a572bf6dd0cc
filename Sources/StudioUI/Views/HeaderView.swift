import Pricing
import Studio
import Terminal

/// The first line: where one is, whether the API answers, and what today has cost.
enum HeaderView {
    static func draw(_ state: StudioState, layout: ScreenLayout, on canvas: inout Canvas) {
        let rect = layout.header
        let used = canvas.write(left(state, layout), at: Point(column: 1, row: rect.top), width: rect.width - 2)
        canvas.writeRight(
            right(state, isWide: rect.width >= 100, glyphs: canvas.glyphs),
            endingAt: rect.right - 1,
            row: rect.top,
            width: rect.width - used - 4
        )
    }

    private static func left(_ state: StudioState, _ layout: ScreenLayout) -> [Canvas.Span] {
        var spans: [Canvas.Span] = [.init("DARKROOM", .focus, .bold)]
        if state.mode == .demo { spans.append(.init("  demo · nothing is billed", .warn)) }
        guard layout.shape == .tabbed else { return spans }
        let tabs: [(title: String, isHere: Bool)] = [
            ("Compose", state.focus.isCompose),
            ("Predictions", state.focus == .predictions),
            ("Preview", state.focus == .detail),
        ]
        if state.mode == .demo { spans[1] = .init("  demo", .warn) }
        for tab in tabs {
            spans.append(
                tab.isHere
                    ? .init("  [\(tab.title)]", .text, .bold)
                    : .init("   \(tab.title) ", .muted)
            )
        }
        return spans
    }

    private static func right(_ state: StudioState, isWide: Bool, glyphs: Glyphs) -> [Canvas.Span] {
        var spans: [Canvas.Span] = []
        let active = state.runs.activeCount
        if active > 0 { spans.append(.init(isWide ? "\(active) running   " : "◐\(active)  ", .running)) }
        switch state.connectivity {
        case .online: spans += [.init(glyphs.online, .ok), .init(" online   ", .muted)]
        case .offline: spans += [.init(glyphs.offline, .error), .init(" offline   ", .error)]
        case .tokenRefused: spans += [.init(glyphs.offline, .error), .init(" token refused   ", .error)]
        case .unknown where state.mode == .noToken: spans += [.init(glyphs.offline + " no token   ", .warn)]
        case .unknown: spans += [.init(glyphs.offline, .faint), .init(" …   ", .faint)]
        }
        spans += [.init(state.spend.today.shortText, .cost, .bold), .init(" today", .muted)]
        if isWide, let day = state.budget.day { spans.append(.init(" of \(day.text)", .muted)) }
        return spans
    }
}
