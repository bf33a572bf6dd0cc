import Money
import Pricing
import Studio
import Terminal

/// What was spent, over the whole screen: totals and budgets, a plot by day, the most expensive models, what ended how, and what
/// was thought to be paid against what was.
enum SpendView {
    static func draw(_ ledger: Ledger, _ state: StudioState, in rect: Rect, on canvas: inout Canvas) {
        canvas.surface.fill(rect, style: canvas.style(.text))
        canvas.frame(
            rect,
            title: [.init("Spend", .focus, .bold), .init("  USD", .muted)],
            note: periods(ledger, columns: rect.width - 20),
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
        let totalRows = totals(report.total, ledger, state, in: inner, on: &canvas)
        let (_, belowTotals) = inner.splitTop(totalRows + 1)
        guard report.total.runs > 0 else {
            let sentence = "Nothing ended in these \(ledger.period.days) days. Every run that ends is booked here."
            let lines = WrappedLines.of(sentence, columns: belowTotals.width, rows: belowTotals.height)
            write(lines.map { [.init($0, .faint)] }, in: belowTotals, on: &canvas)
            return
        }
        let isWide = belowTotals.width >= 100
        let unknown = unknown(report.total, columns: isWide ? belowTotals.width * 40 / 100 : belowTotals.width)
        let told = unknown.count + sentences(report.total).count
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
            endings(report, unknown, in: right, on: &canvas)
        } else {
            let sentences = unknown + [endings(report.endings, canvas.glyphs)] + self.sentences(report.total)
            let (top, bottom) = tables.splitBottom(min(sentences.count + 1, max(unknown.count + 1, tables.height / 2)))
            models(report, ledger, in: top, on: &canvas)
            write(sentences, in: bottom.removingTop(1), on: &canvas)
        }
    }

    /// What the lists leave, within reason; 0 where a plot would leave them nothing.
    private static func plotHeight(_ height: Int, rows: Int) -> Int {
        guard height >= 12 || height >= rows + 4 else { return 0 }
        return min(max(height - rows, height * 40 / 100, 4), max(4, height * 55 / 100))
    }

    /// Where there is no room for all of them, the one that is shown.
    private static func periods(_ ledger: Ledger, columns: Int) -> [Canvas.Span] {
        let all = Ledger.Period.allCases
        let needed = all.reduce(0) { $0 + TextWidth.columns(of: $1.title) + 2 }
        var spans: [Canvas.Span] = []
        for period in needed <= columns ? all : [ledger.period] {
            let isHere = period == ledger.period
            spans.append(.init(spans.isEmpty ? "" : "  "))
            let title = isHere ? "[\(period.title)]" : period.title
            spans.append(.init(title, isHere ? .focus : .muted, isHere ? .bold : [], target: .period(period)))
        }
        return spans
    }

    // MARK: Totals

    /// Returns how many rows it has taken: two, or three where the day and the month do not fit in one.
    private static func totals(
        _ total: SpendSum,
        _ ledger: Ledger,
        _ state: StudioState,
        in inner: Rect,
        on canvas: inout Canvas
    ) -> Int {
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
        let budgets = [
            budget("today", today, state.budget.day, columns: bar, canvas.glyphs),
            budget("month", month, state.budget.month, columns: bar, canvas.glyphs),
        ]
        let line = budgets[0] + [.init(isWide ? "     " : "   ")] + budgets[1]
        let columns = line.reduce(0) { $0 + TextWidth.columns(of: canvas.glyphs.spelled($1.text)) }
        let rows = columns <= inner.width ? [line] : budgets
        write(rows, in: inner.removingTop(1), on: &canvas)
        return 1 + rows.count
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
        heading("Most expensive models", note: "as estimated", numbers, in: rect, on: &canvas)
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
                width: max(0, numbers.name - 15)
            )
        }
    }

    private struct Columns {
        let name: Int
        let runs: Int
        let cost = 11
        /// 0: there is no room for it.
        let note: Int

        init(width: Int) {
            runs = width >= 40 ? 8 : 5
            note = width >= 12 + runs + cost + 13 ? 13 : 0
            name = max(0, width - runs - cost - note)
        }

        func text(runs: String, cost: String, note: String) -> String {
            TextWidth.pad(runs, to: self.runs, alignment: .right)
                + TextWidth.pad(cost, to: self.cost, alignment: .right)
                + (self.note == 0 ? "" : TextWidth.pad(note, to: self.note, alignment: .right))
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
                    columns.note == 0
                        ? "" : TextWidth.pad(deviation?.text ?? agrees, to: columns.note, alignment: .right),
                    deviation == nil ? .ok : .warn
                ),
            ],
            at: point,
            width: columns.name + columns.runs + columns.cost + columns.note
        )
    }

    // MARK: How runs ended

    private static func endings(
        _ report: SpendReport,
        _ unknown: [[Canvas.Span]],
        in rect: Rect,
        on canvas: inout Canvas
    ) {
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
        write(unknown + sentences(report.total), in: rect.removingTop(next + 1 - rect.top), on: &canvas)
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
        return sentences
    }

    /// Why the header has more than what was paid; as many lines as it needs, none where everything is known.
    private static func unknown(_ total: SpendSum, columns: Int) -> [[Canvas.Span]] {
        guard total.unknownRuns > 0 else { return [] }
        let most = total.unknownHigh > .zero ? ": budgets count up to \(total.unknownHigh.shortText)" : ""
        let sentence = "the cost of \(total.unknownRuns) is not known\(most)"
        return WrappedLines.of(sentence, columns: columns, rows: 3).map { [.init($0, .warn)] }
    }
}
