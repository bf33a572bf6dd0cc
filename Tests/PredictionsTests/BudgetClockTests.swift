import Foundation
import GRDB
import Money
import Pricing
import ReplicateAPI
import ReplicateClient
import Testing

@testable import History
@testable import Predictions

/// The server of the bench says that it is the 24th of November 2026, 14:12:11; this machine's clock is days ahead of it.
@Suite(.timeLimit(.minutes(10)))
struct BudgetClockTests {
    private static let price = Estimate.exact(Money("0.04")!, because: "1 image × $0.04")
    private static let today = Date(timeIntervalSince1970: 1_795_529_531)

    private static func policy(_ budget: Budget) -> SpendingPolicy {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "UTC")!
        return SpendingPolicy(budget: budget, calendar: calendar)
    }

    private static func spend(_ amount: String, endedAt date: Date, in store: HistoryStore) throws {
        let money = try #require(Money(amount))
        var run = RunRecord(
            model: "a/b",
            input: [:],
            prompt: "",
            origin: .command,
            createdAt: date,
            estimate: .exact(money, because: "")
        )
        run.stage = .settled
        run.finishedAt = date
        run.cost = .counted(money, because: "")
        try store.journal([run])
    }

    @Test(arguments: [Budget(day: Money("0.10")), Budget(month: Money("0.10"))])
    func `a clock that is days ahead does not open the budget: the server is asked for the time`(budget: Budget)
        async throws
    {
        let bench = try await JournalBench(spending: Self.policy(budget), knowsModel: false)
        try Self.spend("0.08", endedAt: Self.today.addingTimeInterval(-3_600), in: bench.store)
        await #expect(throws: BudgetRefusal.self) {
            try await bench.runner.submit([bench.draft("a", estimate: Self.price)])
        }
        #expect(bench.api.creations == [])
        #expect(bench.client.clock.skew != nil)
        await bench.runner.stop()
    }

    @Test func `what was spent on another day of the server does not count`() async throws {
        let bench = try await JournalBench(spending: Self.policy(Budget(day: Money("0.10"))), knowsModel: false)
        try Self.spend("0.08", endedAt: Self.today.addingTimeInterval(-86_400), in: bench.store)
        _ = try await bench.runner.submit([bench.draft("a", id: "a", estimate: Self.price)])
        #expect(await bench.runner.wait(for: "a", timeout: nil)?.stage == .settled)
        await bench.runner.stop()
    }

    @Test func `while the server cannot be asked, the day of the last run counts`() async throws {
        let bench = try await JournalBench(spending: Self.policy(Budget(day: Money("0.10"))), knowsModel: false)
        bench.api.isDown = true
        try Self.spend("0.08", endedAt: Self.today, in: bench.store)
        await #expect(throws: BudgetRefusal.self) {
            try await bench.runner.submit([bench.draft("a", estimate: Self.price)])
        }
        #expect(bench.client.clock.skew == nil)
        await bench.runner.stop()
    }

    @Test func `a session begins by the server's clock`() async throws {
        let bench = try await JournalBench(spending: Self.policy(Budget(session: Money("0.10"))))
        // Another process of this history, by the time of the server.
        try Self.spend("0.08", endedAt: bench.client.clock.now(), in: bench.store)
        await #expect(throws: BudgetRefusal.self) {
            try await bench.runner.submit([bench.draft("a", estimate: Self.price)])
        }
        // What ended before it began is no part of it.
        #expect(bench.client.clock.startTime <= bench.client.clock.now())
        await bench.runner.stop()
    }

    @Test func `times of a run are the server's, whatever this machine's clock says`() async throws {
        let bench = try await JournalBench()
        _ = try await bench.runner.submit([bench.draft("a", id: "a")])
        let run = try #require(await bench.runner.wait(for: "a", timeout: nil))
        for date in [run.createdAt, try #require(run.sentAt), try #require(run.finishedAt)] {
            #expect(abs(date.timeIntervalSince(Self.today)) < 86_400)
        }
        await bench.runner.stop()
    }

    @Test func `a damage that took costs away closes the budget until a person accepts it`() async throws {
        let bench = try await JournalBench(spending: Self.policy(Budget(day: Money("0.10"))))
        try await bench.store.database.write { database in
            try database.execute(
                sql: "INSERT INTO damage (at, isMoneyWhole, note) VALUES (?, 0, '7 runs were kept')",
                arguments: [Self.today.timeIntervalSince1970]
            )
        }
        let refusal = await #expect(throws: BudgetRefusal.self) {
            try await bench.runner.submit([bench.draft("a", estimate: Self.price)])
        }
        #expect(refusal?.description.contains("7 runs were kept") == true)
        #expect(refusal?.description.contains("--accept-damage") == true)
        #expect(try bench.store.acceptDamage() == 1)
        _ = try await bench.runner.submit([bench.draft("a", id: "a", estimate: Self.price)])
        #expect(await bench.runner.wait(for: "a", timeout: nil)?.stage == .settled)
        await bench.runner.stop()
    }
}
