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
                [.init("Estimate  ", .muted)] + price(quote)
                + (verdict(state).map { [.init("  ")] + $0 } ?? [.init("  \(arithmetic(quote, canvas.glyphs))", .muted)])
            let used = canvas.write(left, at: Point(column: rect.left + 1, row: rect.top), width: rect.width - 2)
            let room = rect.width - used - 4
            canvas.writeRight(
                budget(state, fitting: room, canvas.glyphs),
                endingAt: rect.right - 1,
                row: rect.top,
                width: room
            )
            return
        }
        let title: [Canvas.Span] = [.init("Estimate")]
        canvas.frame(
            rect,
            title: title,
            note: budget(state, fitting: rect.width - 9 - columns(of: title), canvas.glyphs),
            isFocused: false
        )
        let inner = rect.inset(dx: 2, dy: 1)
        let used = canvas.write(price(quote), at: inner.origin, width: inner.width)
        let arithmetic = arithmetic(quote, canvas.glyphs)
        let room = inner.width - used - 2
        var advice = advice(state, canvas.glyphs)
        // Arithmetic that is long goes below what is said.
        if TextWidth.columns(of: arithmetic) > room, inner.height > 1 {
            advice.append([.init(arithmetic, .muted)])
        } else {
            let beside = Point(column: inner.left + used + 2, row: inner.top)
            canvas.write(arithmetic, at: beside, .muted, width: room)
        }
        draw(advice, in: inner.removingTop(1), on: &canvas)
    }

    /// Sentences one after the other: beside each other where they fit, else on the next line, the last one folded.
    private static func draw(_ sentences: [[Canvas.Span]], in rect: Rect, on canvas: inout Canvas) {
        var point = rect.origin
        let dot = " \(canvas.glyphs.dot) "
        for sentence in sentences where point.row < rect.bottom {
            let length = columns(of: sentence)
            if point.column > rect.left, point.column + 3 + length > rect.right {
                point = Point(column: rect.left, row: point.row + 1)
                guard point.row < rect.bottom else { return }
            }
            if point.column > rect.left {
                point.column += canvas.write(dot, at: point, .faint, width: rect.right - point.column)
            }
            let rows = rect.bottom - point.row
            if length > rect.width, rows > 1 {
                let role = sentence.last?.role ?? .text
                for line in WrappedLines.of(sentence.map(\.text).joined(), columns: rect.width, rows: rows) {
                    canvas.write(line, at: point, role, width: rect.width)
                    point.row += 1
                }
                point.column = rect.left
            } else {
                point.column += canvas.write(sentence, at: point, width: rect.right - point.column)
            }
        }
    }

    private static func columns(of spans: [Canvas.Span]) -> Int {
        spans.reduce(0) { $0 + TextWidth.columns(of: $1.text) }
    }

    private static func price(_ quote: Quote) -> [Canvas.Span] { [.init(quote.total.label, .cost, .bold)] }

    /// How the price comes about: `3 runs × 1 image × $0.003`; with alternatives that differ in price, the runs alone.
    private static func arithmetic(_ quote: Quote, _ glyphs: Glyphs) -> String {
        guard quote.runs > 1 else { return quote.total.explanation }
        guard let each = quote.each else { return "\(quote.runs) runs" }
        let one = each.high == nil || each.explanation.isEmpty ? each.label : each.explanation
        return "\(quote.runs) runs \(glyphs.times) \(one)"
    }

    /// What is to be said besides the price, a sentence each.
    private static func advice(_ state: StudioState, _ glyphs: Glyphs) -> [[Canvas.Span]] {
        let quote = state.compose.quote
        if let obstacle = quote.obstacle { return [[.init("! ", .warn, .bold), .init(obstacle.reason, .warn)]] }
        let verdict = verdict(state)
        let isNameable = quote.isTimed && state.compose.history?.hardware == nil
        let naming: [Canvas.Span] = [
            .key(state.keys.name(of: .nameHardware), .nameHardware),
            .init(" names the hardware that it runs on", .faint),
        ]
        guard let upper = quote.total.high else {
            let asking = [Canvas.Span("Run asks first, because the price is not known", .faint)]
            return [verdict ?? (isNameable ? naming : asking)]
        }
        if isNameable { return [naming] }
        if case .refuse = quote.decision, let verdict { return [verdict] }
        let today = state.spend[.day]
        let after = today.counted + upper
        var sentences = verdict.map { [$0] } ?? []
        if let caution = quote.caution { sentences.append([.init(caution, .warn)]) }
        return sentences + [[.init("after this run \(after.shortText)\(today.unknownText) today", .faint)]]
    }

    /// That Run would be refused, or would ask because of what it costs or what is under way; nil: it just runs, or asks
    /// because the price is not known.
    private static func verdict(_ state: StudioState) -> [Canvas.Span]? {
        let quote = state.compose.quote
        switch quote.decision {
        case .allow: return nil
        case .refuse(let objection): return [.init("! ", .error, .bold), .init(objection.sentence, .error)]
        case .ask(.unknownPrice): return nil
        case .ask(.aboveAskLimit(let limit)): return [.init("asks above \(limit.text)", .warn)]
        case .ask(.unpricedInFlight(let runs, _, _)):
            return [.init("Run asks first: \(InFlightSum.text(unpriced: runs)) running", .warn)]
        }
    }

    /// What counts against the shortest budget: spent, and everything under way at its upper estimate. In the longest form
    /// that fits.
    private static func budget(_ state: StudioState, fitting room: Int, _ glyphs: Glyphs) -> [Canvas.Span] {
        let isDay = state.budget.session == nil && state.budget.day != nil
        let parts = state.spend[isDay ? .day : .session]
        let amounts: [Canvas.Span] = [
            .init(parts.paid.shortText, .text), .init(parts.pendingText, .muted), .init(parts.unknownText, .warn),
        ]
        let spent = [.init(isDay ? "today " : "session ", .muted)] + amounts
        guard let limit = state.budget.session ?? state.budget.day, limit > .zero else {
            return [spent, amounts].first { columns(of: $0) <= room } ?? []
        }
        let of = Canvas.Span(" of \(limit.text)", .muted)
        var forms = [spent + [of], spent, amounts + [of], amounts]
        // What is pending takes the room of the bar.
        if parts.pendingText.isEmpty {
            let fraction = parts.counted.fraction(of: limit)
            let bar = glyphs.bar(fraction, columns: parts.unknownText.isEmpty ? 10 : 5)
            let gauge: [Canvas.Span] = [
                .init(" ▕", .faint), .init(bar.filled, fraction > 0.8 ? .warn : .cost), .init(bar.rest, .faint),
                .init("▏", .faint), of,
            ]
            forms.insert(spent + gauge, at: 0)
        }
        return forms.first { columns(of: $0) <= room } ?? []
    }
}
