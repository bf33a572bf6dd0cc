import Foundation
import ReplicateAPI
import Testing

@testable import Predictions

struct PollScheduleTests {
    private let start = Date(timeIntervalSince1970: 1_795_000_000)
    private func id(_ number: Int) -> Prediction.ID { Prediction.ID("p\(number)") }

    /// Plays time forward in steps of 10 ms, answers every question at once, and says what was asked when.
    private func play(
        _ schedule: inout PollSchedule,
        seconds: Double,
        answering: (inout PollSchedule, PollSchedule.Order, Date) -> Void = { $0.asked($1, now: $2) }
    ) -> [(order: PollSchedule.Order, at: Double)] {
        var asked: [(PollSchedule.Order, Double)] = []
        for step in 0..<Int(seconds * 100) {
            let now = start.addingTimeInterval(Double(step) / 100)
            while let order = schedule.next(now: now) {
                asked.append((order, Double(step) / 100))
                answering(&schedule, order, now)
            }
        }
        return asked
    }

    private func schedule(_ count: Int, apart: Double = 0.1, typical: Double? = nil) -> PollSchedule {
        var schedule = PollSchedule()
        for number in 0..<count {
            schedule.add(id(number), createdAt: start.addingTimeInterval(Double(number) * apart), typical: typical)
        }
        return schedule
    }

    @Test func `nothing in flight asks nothing, ever`() {
        var schedule = PollSchedule()
        #expect(schedule.dueAt(now: start) == nil)
        #expect(play(&schedule, seconds: 60).isEmpty)
        #expect(schedule.isEmpty)
    }

    @Test func `a single one is asked for by itself, at once and then nearly three times a second`() {
        var schedule = schedule(1)
        let asked = play(&schedule, seconds: 10)
        #expect(asked.first?.at == 0)
        #expect(asked.allSatisfy { $0.order == .get(id(0)) })
        #expect((24...30).contains(asked.count))
    }

    @Test func `ten cost no more than one: a page shows them all`() {
        var schedule = schedule(10)
        let asked = play(&schedule, seconds: 10)
        #expect(asked.count <= 30)
        for question in asked {
            guard case .window(let window, let from, let to) = question.order else {
                Issue.record("\(question.order) is not a page")
                continue
            }
            #expect(schedule.members(of: window).count == 10)
            #expect(from < start && to > start.addingTimeInterval(0.9))
        }
    }

    @Test(arguments: [(100, 5.0), (1_000, 15.0), (10_000, 45.0)])
    func `many are asked for within the API's limit, and everybody in turn`(count: Int, mostPerSecond: Double) {
        var schedule = schedule(count, apart: 0.005)
        let asked = play(&schedule, seconds: 10)
        #expect(Double(asked.count) / 10 <= mostPerSecond)
        var shown: Set<Prediction.ID> = []
        for question in asked {
            if case .window(let window, _, _) = question.order { shown.formUnion(schedule.members(of: window)) }
        }
        #expect(shown.count == count)
    }

    @Test func `who is looked at is asked for singly, the others stay on their page`() {
        var schedule = schedule(10)
        schedule.watch([id(3)])
        let asked = play(&schedule, seconds: 10)
        let singles = asked.filter { $0.order == .get(id(3)) }
        #expect((15...24).contains(singles.count))
        #expect(asked.count - singles.count >= 15)
        #expect(asked.count <= 50)
        schedule.watch([])
        #expect(play(&schedule, seconds: 5).allSatisfy { $0.order != .get(id(3)) })
    }

    @Test func `three who are looked at cost as much as one`() {
        var schedule = schedule(3)
        schedule.watch([id(0), id(1), id(2)])
        let asked = play(&schedule, seconds: 10)
        #expect(asked.count <= 28)
        for number in 0..<3 { #expect(asked.contains { $0.order == .get(id(number)) }) }
    }

    @Test func `what no page shows is asked for singly`() {
        var schedule = schedule(5)
        let asked = play(&schedule, seconds: 3) { schedule, order, now in
            if case .window = order { return schedule.asked(order, unseen: [id(4)], now: now) }
            schedule.asked(order, now: now)
        }
        #expect(asked.contains { $0.order == .get(id(4)) })
        #expect(!asked.contains { $0.order == .get(id(0)) })
    }

    @Test func `a failure holds back all questions, longer each time, and says nothing of anybody`() {
        var schedule = schedule(2)
        let asked = play(&schedule, seconds: 60) { $0.failed($1, retryAfter: nil, now: $2) }
        #expect((8...14).contains(asked.count))
        let pauses = zip(asked, asked.dropFirst()).map { $1.at - $0.at }
        #expect(pauses.prefix(5) == pauses.prefix(5).sorted()[...])
        #expect(pauses.allSatisfy { $0 <= 10.1 })
        #expect(schedule.count == 2)
    }

    @Test func `a server that says how long to wait is waited for, and asked less afterwards`() {
        var schedule = schedule(1_000, apart: 0.01)
        var isFirst = true
        let asked = play(&schedule, seconds: 20) { schedule, order, now in
            if isFirst {
                isFirst = false
                return schedule.failed(order, retryAfter: 7, now: now)
            }
            schedule.asked(order, now: now)
        }
        #expect(asked[1].at >= 7)
        let second = asked.filter { (7..<8).contains($0.at) }
        #expect(second.count <= 9, "half of what it would have been")
    }

    @Test func `a model that takes minutes is left in peace at first`() {
        var slow = schedule(1, typical: 120)
        let early = play(&slow, seconds: 20)
        #expect(early.count <= 16)
    }

    @Test func `who asked for an interval gets it`() {
        var schedule = PollSchedule(interval: 6)
        schedule.add(id(0), createdAt: start, typical: nil)
        #expect(play(&schedule, seconds: 60).count == 10)
    }

    @Test func `what has ended is asked for no more, and a window without members is gone`() {
        var schedule = schedule(3)
        for number in 0..<3 { schedule.remove(id(number)) }
        #expect(schedule.isEmpty)
        #expect(schedule.dueAt(now: start) == nil)
    }

    @Test func `one that joins while its window's only member is asked for is not forgotten`() {
        var schedule = schedule(1)
        let first = schedule.next(now: start)
        #expect(first == .get(id(0)))
        schedule.add(id(1), createdAt: start.addingTimeInterval(1), typical: nil)
        schedule.remove(id(0))
        if let first { schedule.asked(first, now: start.addingTimeInterval(1)) }
        let asked = play(&schedule, seconds: 5)
        #expect(asked.contains { $0.order == .get(id(1)) })
    }

    @Test func `logs are fetched one by one in spare time`() {
        var schedule = PollSchedule()
        for number in 0..<5 { schedule.wantLogs(id(number)) }
        #expect(!schedule.isEmpty)
        let asked = play(&schedule, seconds: 20)
        #expect(asked.map(\.order) == (0..<5).map { .logs(id($0)) })
        #expect(zip(asked, asked.dropFirst()).allSatisfy { $1.at - $0.at >= 2 })
        #expect(schedule.isEmpty)
    }

    @Test func `an hour asleep is made good at once`() {
        var schedule = schedule(4)
        _ = play(&schedule, seconds: 2)
        let later = start.addingTimeInterval(3_600)
        #expect(schedule.dueAt(now: later).map { $0 <= later } == true)
        #expect(schedule.next(now: later) != nil)
    }

    @Test func `after an hour asleep everybody is asked for once, at the usual pace`() {
        var schedule = schedule(1_000, apart: 0.005)
        _ = play(&schedule, seconds: 2)
        let woken = start.addingTimeInterval(3_600)
        var orders: [PollSchedule.Order] = []
        while let order = schedule.next(now: woken) {
            orders.append(order)
            schedule.asked(order, now: woken)
        }
        #expect(orders.count == 1)
    }

    @Test func `a clock that is set back does not stop the questions`() {
        var schedule = schedule(200)
        let ahead = start.addingTimeInterval(3_600)
        while let order = schedule.next(now: ahead) { schedule.failed(order, retryAfter: 30, now: ahead) }
        #expect(play(&schedule, seconds: 5).count > 5)
    }
}
