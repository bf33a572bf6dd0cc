import Foundation
import History
import Money
import ReplicateAPI
import Testing

@testable import Predictions

struct WatchTests {
    private let start = Date(timeIntervalSince1970: 1_000)
    private let id = Prediction.ID("p1")

    @Test func `a prediction that is watched is asked for, until it is removed; it still is its run's`() {
        var watch = Watch(interval: 1)
        watch.assign(id, to: "a")
        #expect(watch.next(now: start) == nil)
        #expect(watch.wait(now: start) == nil)
        watch.add(id, createdAt: start, typical: nil)
        #expect(watch.next(now: start) == .get(id))
        #expect(watch.next(now: start) == nil)
        watch.answered(.get(id), now: start)
        #expect(watch.wait(now: start).map { $0 > 0 } == true)
        watch.remove(id)
        #expect(watch.isEmpty)
        #expect(watch.run(of: id) == "a")
        watch.release(id)
        #expect(watch.run(of: id) == nil)
    }

    @Test func `no more questions are under way than eight`() {
        var watch = Watch(interval: nil)
        let ids = (0..<20).map { Prediction.ID("p\($0)") }
        for (number, id) in ids.enumerated() {
            // Each in a window of its own.
            watch.add(id, createdAt: start + Double(number) * 1_000, typical: nil)
        }
        var now = start + 20_000
        var orders: [PollSchedule.Order] = []
        for _ in 0..<100 {
            now += 1
            if let order = watch.next(now: now) { orders.append(order) }
        }
        #expect(orders.count == 8)
        #expect(watch.wait(now: now) == nil)
        watch.failed(orders[0], retryAfter: nil, now: now)
        #expect(watch.next(now: now + 60) != nil)
        #expect(watch.next(now: now + 120) == nil)
    }

    @Test func `the logs of an ended run are asked for once, within the hour`() throws {
        var watch = Watch(interval: nil)
        var run = RunRecord(
            model: "a/b",
            input: [:],
            prompt: "",
            origin: .command,
            createdAt: start,
            estimate: .unknown(reason: "")
        )
        #expect(watch.shouldAskForLogs(of: run, now: start) == nil)
        run.prediction = Prediction(
            json: ["id": "p1", "status": "succeeded", "completed_at": "2026-11-24T14:12:11Z"]
        )
        let end = try #require(run.prediction?.completedAt)
        #expect(watch.shouldAskForLogs(of: run, now: end + 3_600) == nil)
        #expect(watch.shouldAskForLogs(of: run, now: end + 60) == id)
        #expect(watch.shouldAskForLogs(of: run, now: end + 60) == nil)
        var other = Watch(interval: nil)
        run.logs = "x"
        #expect(other.shouldAskForLogs(of: run, now: end + 60) == nil)
    }
}
