import Money
import Pricing
import Studio
import Terminal

/// What was spent, over the whole screen: totals and budgets, a plot by day, the dearest models, what ended how, and what
/// was thought to be paid against what was.
enum SpendView {
    static func draw(_ ledger: Ledger, _ state: StudioState, in rect: Rect, on canvas: inout Canvas) {
        canvas.surface.fill(rect, style: canvas.style(.text))
        canvas.frame(
            rect,
            title: [.init("Spend", .focus, .bold), .init("  USD", .muted)],
            note: periods(ledger, canvas.glyphs),
            isFocused: true
        )
        canvas.cursor = nil
        let inner = rect.inset(dx: 3, dy: 1)
        guard inner.height > 6 else { return }
        if let failure = ledger.failure {
            canvas.write(failure, at: inner.origin, .error, width: inner.width)
            return
        }
        guard let report = ledger.report else {
            canvas.write("adding up…", at: inner.origin, .faint, width: inner.width)
            return
        }
        totals(report.total, ledger, state, in: inner, on: &canvas)
        let (_, belowTotals) = inner.splitTop(3)
        guard report.total.runs > 0 else {
            let sentence = "Nothing ended in these \(ledger.period.days) days. Every run that ends is booked here."
            canvas.write(sentence, at: belowTotals.origin, .faint, width: inner.width)
            return
        }
        let isWide = belowTotals.width >= 100
        let told = sentences(report.total).count
        let rows =
            isWide ? max(report.models.count, report.endings.count + told + 1) : report.models.count + told + 2
        let (plot, lists) = belowTotals.splitTop(plotHeight(belowTotals.height, rows: rows + 2))
        SpendPlot.draw(report.days, in: plot, on: &canvas)
        let tables = lists.removingTop(1)
        if isWide {
            let (left, right) = tables.splitLeft(tables.width * 60 / 100)
            models(
                report,
                ledger,
                in: Rect(column: left.left, row: left.top, width: left.width - 4, height: left.height),
                on: &canvas
            )
            endings(report, in: right, on: &canvas)
        } else {
            let sentences = [endings(report.endings, canvas.glyphs)] + self.sentences(report.total)
            let (top, bottom) = tables.splitBottom(min(sentences.count + 1, tables.height / 2))
            models(report, ledger, in: top, on: &canvas)
            write(sentences, in: bottom.removingTop(1), on: &canvas)
        }
    }

    /// What the lists leave, within reason.
    private static func plotHeight(_ height: Int, rows: Int) -> Int {
        min(max(height - rows, height * 40 / 100, 4), max(4, height * 55 / 100))
    }

    private static func periods(_ ledger: Ledger, _ glyphs: Glyphs) -> [Canvas.Span] {
        var spans: [Canvas.Span] = []
        for period in Ledger.Period.allCases {
            let isHere = period == ledger.period
            spans.append(.init(spans.isEmpty ? "" : "  "))
            spans.append(
                .init(isHere ? "[\(period.title)]" : period.title, isHere ? .focus : .muted, isHere ? .bold : [])
            )
        }
        return spans
    }

    // MARK: Totals

    private static func totals(
        _ total: SpendSum,
        _ ledger: Ledger,
        _ state: StudioState,
        in inner: Rect,
        on canvas: inout Canvas
    ) {
        var first: [Canvas.Span] = [
            .init(total.paid.shortText, .cost, .bold), .init(" in \(ledger.period.days) days", .muted),
            .init("   \(total.runs) \(total.runs == 1 ? "run" : "runs")", .text),
        ]
        for remark in SpendSum(inFlight: state.spend.inFlight).remarks {
            first += [.init("   \(canvas.glyphs.dot) ", .border), .init(remark, .running)]
        }
        canvas.write(first, at: inner.origin, width: inner.width)
        let (today, month) = (state.spend[.day], state.spend[.month])
        // What is pending takes the room of the bars first, never that of the limits.
        let isPending = !(today.pendingText + today.unknownText + month.pendingText + month.unknownText).isEmpty
        let isWide = inner.width >= (isPending ? 130 : 90)
        let bar = isWide ? 16 : !isPending || inner.width >= 100 ? 8 : 0
        var second = budget("today", today, state.budget.day, columns: bar, canvas.glyphs)
        second.append(.init(isWide ? "     " : "   "))
        second += budget("month", month, state.budget.month, columns: bar, canvas.glyphs)
        canvas.write(second, at: Point(column: inner.left, row: inner.top + 1), width: inner.width)
    }

    private static func budget(_ name: String, _ spent: SpendSum, _ limit: Money?, columns: Int, _ glyphs: Glyphs)
        -> [Canvas.Span]
    {
        let spans: [Canvas.Span] = [
            .init("\(name) ", .muted), .init(spent.paid.shortText, .text), .init(spent.pendingText, .muted),
            .init(spent.unknownText, .warn),
        ]
        guard let limit, limit > .zero else { return spans }
        let fraction = spent.counted.fraction(of: limit)
        guard columns > 0 else { return spans + [.init(" of \(limit.text)", .muted)] }
        let bar = glyphs.bar(fraction, columns: columns)
        return spans + [
            .init(" of \(limit.text) ", .muted), .init(glyphs.isUnicode ? "▕" : "[", .faint),
            .init(bar.filled, fraction > 0.8 ? .warn : .cost), .init(bar.rest, .faint),
            .init(glyphs.isUnicode ? "▏" : "]", .faint),
        ]
    }

    private static func heading(
        _ title: String,
        note: String,
        _ numbers: Columns,
        in rect: Rect,
        on canvas: inout Canvas
    ) {
        canvas.write(
            [
                .init(TextWidth.pad(title, to: numbers.name), .muted, .bold),
                .init(numbers.text(runs: "Runs", cost: "USD", note: note), .faint),
            ],
            at: rect.origin,
            width: rect.width
        )
    }

    // MARK: Models

    private static func models(_ report: SpendReport, _ ledger: Ledger, in rect: Rect, on canvas: inout Canvas) {
        guard rect.height > 1 else { return }
        let numbers = Columns(width: rect.width)
        heading("Dearest models", note: "as estimated", numbers, in: rect, on: &canvas)
        let rows = rect.height - 1
        let top = min(ledger.top, max(0, report.models.count - rows))
        for (index, line) in report.models.dropFirst(top).prefix(rows).enumerated() {
            let point = Point(column: rect.left, row: rect.top + 1 + index)
            row(line.sum, name: line.key, numbers, at: point, on: &canvas)
        }
        let hidden = report.models.count - top - rows
        if hidden > 0 {
            canvas.writeRight(
                [.init(" \(hidden) more \(canvas.glyphs.isUnicode ? "↓" : "v")", .focus)],
                endingAt: rect.left + numbers.name,
                row: rect.top,
                width: numbers.name - 15
            )
        }
    }

    private struct Columns {
        let name: Int
        let runs = 8
        let cost = 11
        let note = 13

        init(width: Int) { name = max(12, width - runs - cost - note) }

        func text(runs: String, cost: String, note: String) -> String {
            TextWidth.pad(runs, to: self.runs, alignment: .right)
                + TextWidth.pad(cost, to: self.cost, alignment: .right)
                + TextWidth.pad(note, to: self.note, alignment: .right)
        }
    }

    private static func row(
        _ sum: SpendSum,
        name: String,
        role: Role = .text,
        _ columns: Columns,
        at point: Point,
        on canvas: inout Canvas
    ) {
        let ellipsis = canvas.glyphs.ellipsis
        let isPaid = if case .paid = sum.cost { true } else { false }
        let deviation = sum.compared.deviation
        let agrees = sum.compared.isAsEstimated ? canvas.glyphs.check : ""
        canvas.write(
            [
                .init(TextWidth.pad(name, to: columns.name, ellipsis: ellipsis), role),
                .init(TextWidth.pad("\(sum.runs)", to: columns.runs, alignment: .right), .muted),
                .init(
                    TextWidth.pad(sum.label, to: columns.cost, alignment: .right),
                    isPaid ? .cost : .muted,
                    isPaid ? .bold : []
                ),
                .init(
                    TextWidth.pad(deviation?.text ?? agrees, to: columns.note, alignment: .right),
                    deviation == nil ? .ok : .warn
                ),
            ],
            at: point,
            width: columns.name + columns.runs + columns.cost + columns.note
        )
    }

    // MARK: How runs ended

    private static func endings(_ report: SpendReport, in rect: Rect, on canvas: inout Canvas) {
        guard rect.height > 1 else { return }
        let numbers = Columns(width: rect.width)
        heading("How they ended", note: "", numbers, in: rect, on: &canvas)
        var next = rect.top + 1
        for line in report.endings.prefix(max(0, rect.height - 3)) {
            var sum = line.sum
            sum.compared = ComparedSum()
            let point = Point(column: rect.left, row: next)
            row(sum, name: line.key.word, role: role(line.key), numbers, at: point, on: &canvas)
            next += 1
        }
        write(sentences(report.total), in: rect.removingTop(next + 1 - rect.top), on: &canvas)
    }

    /// All of them in a line, where there is no room for a table.
    private static func endings(_ lines: [SpendReport.Line<SpendReport.Ending>], _ glyphs: Glyphs) -> [Canvas.Span] {
        var spans: [Canvas.Span] = []
        for line in lines {
            if !spans.isEmpty { spans.append(.init(" \(glyphs.dot) ", .border)) }
            spans += [.init(line.key.word, role(line.key)), .init(" \(line.sum.runs)", .text)]
            if line.sum.paid > .zero { spans.append(.init(" \(line.sum.paid.shortText)", .cost)) }
        }
        return spans
    }

    private static func write(_ sentences: [[Canvas.Span]], in rect: Rect, on canvas: inout Canvas) {
        for (index, sentence) in sentences.prefix(max(rect.height, 0)).enumerated() {
            canvas.write(sentence, at: Point(column: rect.left, row: rect.top + index), width: rect.width)
        }
    }

    private static func role(_ ending: SpendReport.Ending) -> Role {
        switch ending {
        case .succeeded: .ok
        case .failed, .refused: .error
        case .canceled, .aborted: .muted
        case .other: .warn
        }
    }

    private static func sentences(_ total: SpendSum) -> [[Canvas.Span]] {
        var sentences: [[Canvas.Span]] = []
        let compared = total.compared
        if !compared.isEmpty {
            let low = compared.low.shortText
            let high = compared.high.shortText
            sentences.append([
                .init("estimated ", .muted),
                .init(low == high ? low : "\(low)–\(compared.high.shortDigits)", .text),
                .init(", paid ", .muted), .init(compared.paid.shortText, .cost, .bold),
                .init(compared.deviation.map { "  \($0.text)" } ?? "", .warn),
            ])
        }
        if total.freeRuns > 0 {
            sentences.append([
                .init("\(total.freeRuns) ended for free", .text),
                .init(total.freeHigh > .zero ? ", worth up to \(total.freeHigh.shortText)" : "", .muted),
            ])
        }
        if total.unknownRuns > 0 {
            let most = total.unknownHigh > .zero ? ": budgets count up to \(total.unknownHigh.shortText)" : ""
            sentences.append([.init("the cost of \(total.unknownRuns) is not known\(most)", .warn)])
        }
        return sentences
    }
}
