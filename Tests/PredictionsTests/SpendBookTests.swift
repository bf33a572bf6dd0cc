import Foundation
import History
import Money
import Predictions
import Pricing
import Testing

struct SpendBookTests {
    private let store: HistoryStore
    private let calendar: Calendar

    init() throws {
        store = try HistoryStore.inMemory()
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "Europe/Berlin"))
        self.calendar = calendar
    }

    private func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    private func settle(
        _ end: String,
        basis: ActualCost.Basis = .counted,
        cost: String? = "1",
        model: String = "a/b",
        estimate: String? = "1"
    ) throws {
        var run = RunRecord(
            model: model,
            input: [:],
            prompt: "",
            origin: .studio,
            createdAt: try date(end),
            estimate: estimate.flatMap { Money($0) }.map { .exact($0, because: "") } ?? .unknown(reason: "")
        )
        run.stage = .settled
        run.finishedAt = try date(end)
        let money = cost.flatMap { Money($0) } ?? .zero
        run.cost =
            switch basis {
            case .free: .free(reason: "")
            case .counted: .counted(money, because: "")
            case .estimated: .estimated(money, because: "")
            case .unknown: .unknown(reason: "")
            }
        try store.journal([run])
    }

    @Test func `days are a person's own, also when the clocks are changed`() throws {
        // In Berlin the 25th of October 2026 has 25 hours.
        try settle("2026-10-24T22:30:00Z", cost: "0.1")
        try settle("2026-10-25T22:30:00Z", cost: "0.2")
        try settle("2026-10-25T23:30:00Z", cost: "0.4")
        let report = try SpendBook(store, calendar: calendar).report(since: nil, now: try date("2026-10-27T12:00:00Z"))
        #expect(report.days.map(\.key) == ["2026-10-25", "2026-10-26", "2026-10-27"])
        #expect(report.days.map(\.sum.paid) == ["0.3", "0.4", "0"].map { Money($0)! })
    }

    @Test func `a clock that was wrong hides no day, and no limit`() throws {
        for end in ["1971-03-04T12:00:00Z", "2026-11-01T12:00:00Z", "9999-01-02T12:00:00Z"] {
            try settle(end, cost: "0.1")
        }
        let now = try date("2026-11-02T12:00:00Z")
        let report = try SpendBook(store, calendar: calendar).report(since: nil, now: now)
        #expect(report.days.filter { $0.sum.runs > 0 }.map(\.key) == ["1971-03-04", "2026-11-01", "9999-01-02"])
        #expect(report.days.count < 4_000)
        #expect(report.days.reduce(SpendSum()) { $0 + $1.sum }.paid == report.total.paid)
        let lines = try SpendBook(store, calendar: calendar).dailyLines(since: nil, by: .model, now: now)
        #expect(lines.map(\.day) == ["1971-03-04", "2026-11-01", "9999-01-02"])
        let spent = try store.readSpend { try $0.spent(since: date("2026-11-01T00:00:00Z")) }
        #expect(spent.paid == Money("0.2"))
    }

    @Test func `versions of a model are one model, the dearest first, and what nobody can tell adds nothing`() throws {
        try settle("2026-11-01T12:00:00Z", cost: "0.1", model: "a/b:0123")
        try settle("2026-11-01T12:00:00Z", cost: "0.1", model: "a/b")
        try settle("2026-11-01T12:00:00Z", cost: "0.5", model: "c/d", estimate: "0.2")
        try settle("2026-11-01T12:00:00Z", basis: .unknown, cost: nil, model: "e/f")
        try settle("2026-11-01T12:00:00Z", basis: .free, cost: "0", model: "e/f", estimate: "0.7")
        let report = try SpendBook(store, calendar: calendar).report(since: nil, now: try date("2026-11-02T12:00:00Z"))
        #expect(report.models.map(\.key) == ["c/d", "a/b", "e/f"])
        #expect(report.models.map(\.sum.label) == ["$0.50", "$0.20", "?"])
        #expect(report.models[0].sum.compared.deviation?.text == "+150 %")
        #expect(report.total.paid == Money("0.7"))
        #expect(report.total.unknownRuns == 1)
        #expect(report.total.freeHigh == Money("0.7"))
        #expect(report.total.compared.paid == Money("0.7"))
        #expect(report.total.compared.high == Money("2.2"))
    }

    @Test func `what is paid, under way and unknown is told apart, and a guess is not ticked as estimated`() throws {
        try settle("2026-11-01T12:00:00Z", cost: "0.2", estimate: "0.2")
        try settle("2026-11-01T12:00:00Z", basis: .estimated, cost: "0.3", model: "c/d", estimate: "0.3")
        try settle("2026-11-01T12:00:00Z", basis: .unknown, cost: nil, model: "e/f", estimate: "0.4")
        for price in [Estimate.exact(Money("0.05")!, because: ""), .unknown(reason: "")] {
            let start = try date("2026-11-01T12:00:00Z")
            let run = RunRecord(
                model: "a/b",
                input: [:],
                prompt: "",
                origin: .studio,
                createdAt: start,
                estimate: price
            )
            try store.journal([run])
        }
        let report = try SpendBook(store, calendar: calendar).report(since: nil, now: try date("2026-11-02T12:00:00Z"))
        #expect(report.total.paid == Money("0.5"))
        #expect(report.total.shortText == "$0.50 + up to $0.45 + ?")
        #expect(report.inFlight == InFlightSum(runs: 2, high: Money("0.05")!, unpricedRuns: 1))
        #expect(report.days[0].sum.unknownHigh == Money("0.4"))
        #expect(Set(report.models.filter(\.sum.compared.isAsEstimated).map(\.key)) == ["a/b"])
    }

    @Test func `a day is counted from its beginning`() throws {
        try settle("2026-11-01T00:30:00Z")
        try settle("2026-10-31T12:00:00Z")
        let report = try SpendBook(store, calendar: calendar)
            .report(since: try date("2026-11-01T15:00:00Z"), now: try date("2026-11-02T12:00:00Z"))
        #expect(report.total.runs == 1)
        #expect(report.days.map(\.sum.runs) == [1, 0])
    }

    @Test func `an empty history has no days`() throws {
        #expect(try SpendBook(store, calendar: calendar).report(since: nil) == SpendReport())
    }
}
