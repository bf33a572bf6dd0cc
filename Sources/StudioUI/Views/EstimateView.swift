import Money
import Pricing
import Studio
import Terminal

/// What Run costs, how that comes about, and what it leaves of the budget.
enum EstimateView {
    static func draw(_ state: StudioState, in rect: Rect, on canvas: inout Canvas) {
        let quote = state.compose.quote
        if rect.height < 3 {
            let left: [Canvas.Span] =
                [.init("Estimate  ", .muted)] + price(quote, canvas.glyphs)
                + (verdict(state).map { [.init("  ")] + $0 } ?? [.init("  \(explanation(quote))", .muted)])
            let used = canvas.write(left, at: Point(column: rect.left + 1, row: rect.top), width: rect.width - 2)
            canvas.writeRight(
                budget(state, columns: 10, canvas.glyphs),
                endingAt: rect.right - 1,
                row: rect.top,
                width: rect.width - used - 4
            )
            return
        }
        canvas.frame(
            rect,
            title: [.init("Estimate")],
            note: budget(state, columns: 10, canvas.glyphs),
            isFocused: false
        )
        let inner = rect.inset(dx: 2, dy: 1)
        let used = canvas.write(price(quote, canvas.glyphs), at: inner.origin, width: inner.width)
        let beside = Point(column: inner.left + used + 2, row: inner.top)
        let below = Point(column: inner.left, row: inner.top + 1)
        let room = inner.width - used - 2
        let arithmetic: [Canvas.Span] = [.init(explanation(quote), .muted)]
        // Arithmetic that is long changes places with what is said below, unless that is why nothing can be run.
        let isLong = TextWidth.columns(of: explanation(quote)) > room && quote.obstacle == nil && inner.height > 1
        canvas.write(isLong ? advice(state, canvas.glyphs) : arithmetic, at: beside, width: room)
        guard inner.height > 1 else { return }
        canvas.write(isLong ? arithmetic : advice(state, canvas.glyphs), at: below, width: inner.width)
    }

    private static func price(_ quote: Quote, _ glyphs: Glyphs) -> [Canvas.Span] {
        var spans: [Canvas.Span] = [.init(quote.total.label, .cost, .bold)]
        if quote.runs > 1 {
            let each = quote.each.map { " \(glyphs.times) \($0.label)" } ?? ""
            spans.append(.init("  \(quote.runs) runs\(each)", .text))
        }
        return spans
    }

    private static func explanation(_ quote: Quote) -> String { (quote.each ?? quote.total).explanation }

    private static func advice(_ state: StudioState, _ glyphs: Glyphs) -> [Canvas.Span] {
        if let obstacle = state.compose.quote.obstacle {
            return [.init("! ", .warn, .bold), .init(obstacle.reason, .warn)]
        }
        let quote = state.compose.quote
        let verdict = verdict(state)
        let isNameable = quote.isTimed && state.compose.history?.hardware == nil
        let naming: [Canvas.Span] = [
            .init(state.keys.name(of: .nameHardware), .focus), .init(" names the hardware that it runs on", .faint),
        ]
        guard let upper = quote.total.high else {
            return verdict ?? (isNameable ? naming : [.init("Run asks first, because the price is not known", .faint)])
        }
        if isNameable { return naming }
        if case .refuse = quote.decision, let verdict { return verdict }
        let today = state.spend.parts(state.spend.today)
        let after = today.counted + upper
        let besides = today.unknownText
        // What is said last is cut first.
        var spans = verdict ?? []
        if let caution = quote.caution {
            spans.append(.init("\(spans.isEmpty ? "" : " \(glyphs.dot) ")\(caution)", .warn))
        }
        let dot = spans.isEmpty ? "" : " \(glyphs.dot) "
        return spans + [.init("\(dot)after this run \(after.shortText)\(besides) today", .faint)]
    }

    /// That Run would be refused, or would ask because of what it costs or what is under way; nil: it just runs, or asks
    /// because the price is not known.
    private static func verdict(_ state: StudioState) -> [Canvas.Span]? {
        let quote = state.compose.quote
        switch quote.decision {
        case .allow: return nil
        case .refuse(let reason): return [.init("! ", .error, .bold), .init(reason, .error)]
        case .ask:
            guard let upper = quote.total.high else { return nil }
            if let limit = state.budget.askAbove, upper > limit {
                return [.init("asks above \(limit.text)", .warn)]
            }
            return [.init("Run asks first: \(state.spend.unpricedText ?? "something") running", .warn)]
        }
    }

    /// What counts against the shortest budget: spent, and everything under way at its upper estimate.
    private static func budget(_ state: StudioState, columns: Int, _ glyphs: Glyphs) -> [Canvas.Span] {
        let isDay = state.budget.session == nil && state.budget.day != nil
        let parts = state.spend.parts(isDay ? state.spend.today : state.spend.session)
        let spans: [Canvas.Span] = [
            .init(isDay ? "today " : "session ", .muted), .init(parts.paid.shortText, .text),
            .init(parts.pendingText, .muted), .init(parts.unknownText, .warn),
        ]
        guard let limit = state.budget.session ?? state.budget.day, limit > .zero else { return spans }
        // What is pending takes the room of the bar.
        guard parts.pendingText.isEmpty else { return spans + [.init(" of \(limit.text)", .muted)] }
        let fraction = parts.counted.fraction(of: limit)
        let bar = glyphs.bar(fraction, columns: parts.unknownText.isEmpty ? columns : columns / 2)
        return spans + [
            .init(" ▕", .faint), .init(bar.filled, fraction > 0.8 ? .warn : .cost), .init(bar.rest, .faint),
            .init("▏ ", .faint), .init("of \(limit.text)", .muted),
        ]
    }
}
