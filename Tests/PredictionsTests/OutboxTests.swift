import Foundation
import Testing

@testable import Predictions

struct OutboxTests {
    private let start = Date(timeIntervalSince1970: 1_000)

    private func outbox(places: Int = 4) -> Outbox {
        Outbox(budget: CreationBudget(now: start), places: places)
    }

    @Test func `runs leave in the order of their creation, whatever order they come in`() {
        var outbox = outbox()
        outbox.add("b", createdAt: start + 2)
        outbox.add("c", createdAt: start + 3)
        outbox.add("a", createdAt: start + 1)
        let sent = (0..<4).map { _ in outbox.next(now: start) }
        #expect(sent == [.send("a"), .send("b"), .send("c"), .nothing])
        #expect(outbox.underWay == ["a", "b", "c"])
    }

    @Test func `a run stands in line once, and does not leave while it has a place`() {
        var outbox = outbox()
        outbox.add("a", createdAt: start)
        outbox.add("a", createdAt: start)
        #expect(outbox.next(now: start) == .send("a"))
        #expect(outbox.next(now: start) == .nothing)
        outbox.add("a", createdAt: start)
        #expect(outbox.next(now: start) == .nothing)
        outbox.leave("a")
        #expect(outbox.next(now: start) == .send("a"))
    }

    @Test func `no more are under way than there are places`() {
        var outbox = outbox(places: 1)
        for id in ["a", "b"] { outbox.add(id, createdAt: start) }
        #expect(outbox.next(now: start) == .send("a"))
        #expect(outbox.next(now: start) == .nothing)
        #expect(outbox.reserve("c", now: start) == false)
        outbox.leave("a")
        #expect(outbox.next(now: start) == .send("b"))
    }

    @Test func `the budget says how long the next one waits, and what is given back may be used again`() {
        var outbox = outbox(places: 64)
        for number in 0..<10 { #expect(outbox.reserve("\(number)", now: start) == true) }
        #expect(outbox.reserve("10", now: start) == false)
        outbox.giveBack("0")
        #expect(outbox.reserve("10", now: start) == true)
        outbox.add("11", createdAt: start)
        guard case .wait(let seconds) = outbox.next(now: start) else {
            Issue.record("the budget is used up")
            return
        }
        #expect(outbox.next(now: start + seconds) == .send("11"))
    }

    @Test func `nothing goes past a run that waits, and nothing has two places`() {
        var outbox = outbox()
        #expect(outbox.reserve("a", now: start) == true)
        #expect(outbox.reserve("a", now: start) == false)
        outbox.add("b", createdAt: start)
        #expect(outbox.reserve("c", now: start) == false)
        outbox.remove("b")
        #expect(outbox.reserve("c", now: start) == true)
    }

    @Test func `a pause holds everything, and a refusal slows down what comes after it`() {
        var outbox = outbox()
        outbox.add("a", createdAt: start)
        outbox.pause(5, now: start)
        #expect(outbox.next(now: start) == .wait(5))
        #expect(outbox.next(now: start + 5) == .send("a"))
        outbox.slowDown(10, now: start + 5)
        #expect(outbox.budget.perMinute == 6)
        outbox.add("b", createdAt: start)
        #expect(outbox.next(now: start + 5) == .wait(10))
    }
}
