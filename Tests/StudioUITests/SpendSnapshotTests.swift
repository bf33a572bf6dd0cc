import Composing
import Foundation
import Money
import Pricing
import Studio
import StudioUI
import Terminal
import Testing

struct SpendSnapshotTests {
    static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36), Size(columns: 200, rows: 50)]

    private static func line<Key>(
        _ key: Key,
        _ runs: Int,
        _ cost: String,
        free: Int = 0,
        worth: String = "0",
        unknown: Int = 0,
        estimate: (String, String)? = nil
    ) -> SpendReport.Line<Key> {
        var sum = SpendSum(runs: runs, paid: Money(cost)!, freeRuns: free, freeHigh: Money(worth)!)
        sum.unknownRuns = unknown
        if let estimate {
            sum.compared = ComparedSum(paid: sum.paid, low: Money(estimate.0)!, high: Money(estimate.1)!)
        }
        return SpendReport.Line(key, sum)
    }

    static func report(days: Int) -> SpendReport {
        let models = [
            line("google/veo-3.1", 4, "12.8", estimate: ("12.8", "12.8")),
            line("kwaivgi/kling-v3-video", 3, "5.04", free: 1, worth: "1.68", estimate: ("3.36", "3.92")),
            line("bytedance/seedance-1-pro", 2, "1.5", estimate: ("1.5", "1.5")),
            line("black-forest-labs/flux-schnell", 212, "0.636", free: 3, worth: "0.009", estimate: ("0.636", "0.636")),
            line("lab/slow-diffusion", 9, "0.0789", estimate: ("0.07", "0.11")),
            line("lab/always-fails", 5, "0", free: 5, worth: "0.2"),
            line("lab/nobody-knows", 2, "0", unknown: 2),
        ]
        let endings: [SpendReport.Line<SpendReport.Ending>] = [
            line(.succeeded, 224, "19.9549", unknown: 1, estimate: ("18.366", "18.966")),
            line(.canceled, 4, "0.1", unknown: 1),
            line(.failed, 7, "0", free: 7, worth: "1.689"),
            line(.aborted, 2, "0", free: 2, worth: "0.2"),
        ]
        let pattern = ["0.31", "0", "0", "1.2", "0.04", "3.36", "0.003", "0", "0.9", "2.1"]
        let first = 1_795_000_000.0 - Double(days - 1) * 86_400
        let all = (0..<days).map { day -> SpendReport.Line<String> in
            let date = Date(timeIntervalSince1970: first + Double(day) * 86_400)
            let name = date.formatted(Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day())
            let cost = pattern[day % pattern.count]
            // One day of failures only, one whose cost nobody knows.
            if day == 11 { return line(name, 3, "0", free: 3) }
            if day == 12 { return line(name, 2, "0", unknown: 2) }
            return line(name, cost == "0" ? 0 : 7, cost)
        }
        return SpendReport(days: all, models: models, endings: endings)
    }

    private func studio(_ size: Size, _ period: Ledger.Period = .month, report: SpendReport?) -> StudioState {
        var state = SampleStudio.busy(size: size)
        SampleStudio.send(
            .spendChanged(
                Spend(
                    session: SpendSum(paid: Money("0.31")!),
                    today: SpendSum(paid: Money("2.1")!),
                    month: SpendSum(paid: Money("44.5")!),
                    inFlight: InFlightSum(runs: 3, high: Money("0.062")!)
                )
            ),
            to: &state
        )
        state.budget.month = Money("50")
        SampleStudio.send(.command(.showSpend), to: &state)
        if period == .week { SampleStudio.send(.command(.previousPeriod), to: &state) }
        if period == .year {
            SampleStudio.send(.command(.nextPeriod), to: &state)
            SampleStudio.send(.command(.nextPeriod), to: &state)
        }
        if let report { SampleStudio.send(.spendLoaded(period, report), to: &state) }
        return state
    }

    @Test(arguments: sizes)
    func `what was spent in thirty days`(size: Size) {
        let state = studio(size, report: Self.report(days: 30))
        expectSnapshot(SampleStudio.draw(state, size: size).surface, named: "spend-\(size.columns)x\(size.rows)")
    }

    @Test func `a year has more days than columns`() {
        let size = Size(columns: 80, rows: 24)
        let state = studio(size, .year, report: Self.report(days: 365))
        expectSnapshot(SampleStudio.draw(state, size: size).surface, named: "spend-year-80x24")
    }

    @Test func `a week without a run says so`() {
        let size = Size(columns: 80, rows: 24)
        let state = studio(size, .week, report: SpendReport())
        expectSnapshot(SampleStudio.draw(state, size: size).surface, named: "spend-nothing-80x24")
    }

    @Test(arguments: [Size(columns: 40, rows: 16), Size(columns: 60, rows: 16), Size(columns: 80, rows: 24)])
    func `the sentence on unknown costs comes first, and every row keeps its frame`(size: Size) {
        let state = studio(size, report: Self.report(days: 30))
        let rows = SampleStudio.draw(state, size: size).surface.text()
        let frame = rows.dropFirst().dropLast(2)
        #expect(frame.allSatisfy { $0.first.map { "┏┃┗".contains($0) } == true })
        #expect(frame.allSatisfy { $0.last.map { "┓┃┛".contains($0) } == true })
        let told = rows.firstIndex { $0.contains("the cost of 2 is not known") }
        #expect(told != nil)
        #expect(rows.firstIndex { $0.contains("succeeded 224") }.map { $0 > (told ?? .max) } ?? true)
        // Where a single limit does not fit into a row, it is cut.
        guard size.columns >= 60 else { return }
        #expect(rows.contains { $0.contains("today $2.10 + up to $0.062 of $5.00") })
        #expect(rows.contains { $0.contains("month $44.50 + up to $0.062 of $50") })
    }

    @Test func `the smallest window names the period and a model, and no sentence is cut beside empty rows`() {
        let size = ScreenLayout.smallest
        let rows = SampleStudio.draw(studio(size, report: Self.report(days: 30)), size: size).surface.text()
        #expect(rows.contains { $0.contains("[30 d") })
        #expect(rows.contains { $0.contains("veo-3.1") && $0.contains("$12.80") }, "\(rows.joined(separator: "\n"))")
        let empty = SampleStudio.draw(studio(size, report: SpendReport()), size: size).surface.text().joined(
            separator: " "
        )
        #expect(empty.split { $0.isWhitespace || $0 == "┃" }.joined(separator: " ").contains("ends is booked here."))
    }

    @Test func `without Unicode the plot is ASCII`() {
        let size = Size(columns: 100, rows: 30)
        var state = studio(size, report: Self.report(days: 30))
        state.confirmation = nil
        let drawn = SampleStudio.draw(state, size: size, glyphs: Glyphs(isUnicode: false), depth: .mono).surface
        // Signs that every character set has a stand-in for are left to the terminal.
        #expect(drawn.text().joined().filter { !$0.isASCII && !"≈×–−…→←".contains($0) } == "")
    }

    @Test func `the estimate says before Run is pressed that it would be refused, or ask`() {
        let size = Size(columns: 120, rows: 36)
        var state = SampleStudio.opened(draft: Draft(prompt: "a fox", count: 10), size: size)
        func shows(_ text: String) -> Bool {
            let pane = SampleStudio.draw(state, size: size).surface.text().suffix(8).map { $0.prefix(43).dropFirst(2) }
            return pane.joined(separator: " ").split(separator: " ").joined(separator: " ").contains(text)
        }
        SampleStudio.send(
            .spendChanged(Spend(session: SpendSum(paid: Money("4.98")!), today: SpendSum(paid: Money("4.98")!))),
            to: &state
        )
        #expect(shows("! Over budget: $5.01 of $5.00 in this session"))
        SampleStudio.send(.spendChanged(Spend(inFlight: InFlightSum(runs: 2, unpricedRuns: 2))), to: &state)
        #expect(shows("Run asks first: 2 runs of unknown price running"))
        #expect(shows("session $0.00 + ? of $5.00"))
        SampleStudio.send(
            .spendChanged(
                Spend(session: SpendSum(paid: Money("1")!), inFlight: InFlightSum(runs: 1, high: Money("1.5")!))
            ),
            to: &state
        )
        #expect(shows("$1.00 + up to $1.50"))
        state.budget.askAbove = Money("0.02")
        SampleStudio.send(.spendChanged(Spend()), to: &state)
        #expect(shows("asks above $0.02"))
        #expect(shows("after this run $0.03 today"))
        let small = Size(columns: 80, rows: 24)
        SampleStudio.fit(&state, to: small)
        let compact = SampleStudio.draw(state, size: small).surface.text()
        #expect(compact.contains { $0.contains("$0.03") && $0.contains("asks above $0.02") })
    }

    @Test func `the question what a model runs on`() {
        let size = Size(columns: 120, rows: 36)
        var state = SampleStudio.opened(size: size)
        let details = ModelDetails(
            path: "lab/slow-diffusion",
            summary: "Slow",
            isOfficial: false,
            schema: SampleStudio.flux.schema
        )
        SampleStudio.send(.command(.changeModel), to: &state)
        SampleStudio.send(.typed("lab/slow-diffusion"), to: &state)
        SampleStudio.send(.command(.choose), to: &state)
        SampleStudio.send(.modelLoaded(details), to: &state)
        SampleStudio.send(
            .historyLoaded(path: details.path, RunHistory(exampleSeconds: [8, 12]), wasHardwareAsked: false),
            to: &state
        )
        SampleStudio.send(.typed("a fox"), to: &state)
        SampleStudio.send(.command(.run), to: &state)
        expectSnapshot(SampleStudio.draw(state, size: size).surface, named: "hardware-120x36")
    }
}
