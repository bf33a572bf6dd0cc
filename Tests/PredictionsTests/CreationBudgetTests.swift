import Foundation
import Predictions
import Testing

struct CreationBudgetTests {
    private let start = Date(timeIntervalSince1970: 1_795_000_000)

    /// How many may be sent in the first `seconds`, when as many as possible are.
    private func sent(_ budget: inout CreationBudget, from first: Double = 0, seconds: Double) -> Int {
        var count = 0
        for step in 0..<Int(seconds * 100) {
            while budget.take(now: start.addingTimeInterval(first + Double(step) / 100)) == nil { count += 1 }
        }
        return count
    }

    @Test func `ten go at once, and ten a second follow`() {
        var budget = CreationBudget(now: start)
        #expect(sent(&budget, seconds: 0.01) == 10)
        #expect((98...100).contains(sent(&budget, from: 0.01, seconds: 9.99)))
    }

    @Test func `what it says to wait is enough`() throws {
        var budget = CreationBudget(now: start)
        var now = start
        for _ in 0..<50 {
            if let wait = budget.take(now: now) {
                now += wait
                #expect(budget.take(now: now) == nil)
            }
        }
    }

    @Test func `a refusal is waited out, and one at a time follows at the pace the server named`() {
        var budget = CreationBudget(now: start)
        budget.refused(retryAfter: 10, now: start)
        #expect(sent(&budget, seconds: 9.9) == 0)
        // Six a minute: what a server allows that asks to wait ten seconds.
        #expect((5...7).contains(sent(&budget, from: 10, seconds: 55)))
    }

    @Test func `an outage is waited out, and all that may be sent at once follows`() {
        var budget = CreationBudget(now: start)
        budget.pause(10, now: start)
        // A second, shorter one does not cut the first short.
        budget.pause(1, now: start)
        #expect(sent(&budget, seconds: 9.9) == 0)
        #expect(budget.perMinute == 600)
        #expect(sent(&budget, from: 10, seconds: 0.01) == 10)
    }

    @Test func `it comes back slowly, and never above where it began`() {
        var budget = CreationBudget(perMinute: 600, now: start)
        budget.refused(retryAfter: 1, now: start)
        let low = budget.perMinute
        #expect(low <= 60)
        budget.accepted()
        #expect(budget.perMinute > low && budget.perMinute < low * 1.1)
        for _ in 0..<200 { budget.accepted() }
        #expect(budget.perMinute == 600)
    }

    @Test func `many refusals never stop it for good`() {
        var budget = CreationBudget(now: start)
        for _ in 0..<50 { budget.refused(retryAfter: 0, now: start) }
        #expect(budget.perMinute >= 6)
        #expect(sent(&budget, seconds: 61) > 0)
    }
}
