import Foundation
import Money
import Pricing
import ReplicateAPI
import ReplicateClient
import Synchronization
import Testing

@testable import History
@testable import Predictions

/// What is on the disk, and when.
@Suite(.timeLimit(.minutes(10)))
struct JournalTurnTests {
    private static func record(_ id: String) -> RunRecord {
        RunRecord(
            id: id,
            model: "a/b",
            input: ["prompt": .string(id)],
            prompt: id,
            origin: .command,
            createdAt: Date(),
            estimate: .unknown(reason: "")
        )
    }

    @Test func `before a creation leaves, the disk says that it is being sent, with everything about it`() async throws
    {
        let stages = Mutex<[RunRecord.Stage?]>([])
        let bench = Mutex<JournalBench?>(nil)
        let here = try await JournalBench { number in
            let found = try bench.withLock { $0 }?.onDisk("run-\(number)")
            stages.withLock { $0.append(found?.sentAt == nil ? nil : found?.stage) }
        }
        bench.withLock { $0 = here }
        for number in 1...3 {
            _ = try await here.runner.submit([here.draft("a fox", id: "run-\(number)")])
            _ = await here.runner.wait(for: "run-\(number)", timeout: nil)
        }
        #expect(stages.withLock { $0 } == [.sending, .sending, .sending])
        await here.runner.stop()
        bench.withLock { $0 = nil }
    }

    @Test func `a permit that is used twice ends the process before a second request leaves`() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let store = try HistoryStore.inMemory()
            try store.journal([JournalTurnTests.record("a")])
            let turn = JournalTurn(beginning: [Beginning(runID: "a", version: "a/b")], at: Date())
            let clock = ServerClock()
            let outcome = try JournalTransaction.commit(turn, to: store, SpendingPolicy(), clock)
            let permit = try #require(outcome.begun.first)
            permit.use()
            permit.use()
        }
        let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(said.contains("the creation of a was about to be sent twice"))
    }

    @Test func `many that are submitted together are each journaled, sent and ended once`() async throws {
        let bench = try await JournalBench()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let id = "run-\(number)"
                    _ = try? await bench.runner.submit([bench.draft(id, id: id)])
                    _ = await bench.runner.wait(for: id, timeout: nil)
                }
            }
        }
        let sent = bench.api.creations.compactMap { $0["input"]?["prompt"]?.string }
        #expect(sent.count == 100)
        #expect(Set(sent).count == 100)
        let runs = try bench.store.runs()
        #expect(runs.count == 100)
        #expect(runs.allSatisfy { $0.stage == .settled && $0.prediction != nil })
        await bench.runner.stop()
    }

    @Test func `a run is told about in the order of its stages, and its id only when it is on the disk`() async throws {
        let bench = try await JournalBench()
        _ = try await bench.runner.submit([bench.draft("a fox", id: "a")])
        let told = await bench.runner.wait(for: "a", timeout: nil)
        #expect(told?.stage == .settled)
        #expect(bench.told.map(\.stage) == [.sending, .settled])
        #expect(try bench.onDisk("a")?.prediction?.id == Prediction.ID("p1"))
        await bench.runner.stop()
    }

    @Test func `what died between the journal and the request is looked for, and not sent`() async throws {
        let bench = try await JournalBench()
        var run = Self.record("a")
        run.stage = .sending
        run.sentAt = Date()
        _ = try bench.store.write([], owner: .random()) { _ in [run] }
        try await bench.runner.start()
        let ended = await bench.runner.wait(for: "a", timeout: nil)
        #expect(ended?.stage == .resendable)
        #expect(bench.api.creations == [])
        await bench.runner.stop()
    }

    @Test func `on a full disk nothing is journaled and nothing is sent`() async throws {
        let bench = try await JournalBench()
        try bench.fillDisk()
        await #expect(throws: (any Error).self) { try await bench.runner.submit([bench.draft("a fox", id: "a")]) }
        #expect(bench.api.creations == [])
        #expect(bench.told == [])
        try bench.emptyDisk()
        _ = try await bench.runner.submit([bench.draft("a fox", id: "b")])
        #expect(await bench.runner.wait(for: "b", timeout: nil)?.stage == .settled)
        #expect(bench.api.creations.count == 1)
        await bench.runner.stop()
    }

    @Test func `an answer that cannot be written down is told, kept, and written when there is room`() async throws {
        let bench = Mutex<JournalBench?>(nil)
        let here = try await JournalBench { _ in try bench.withLock { $0 }?.fillDisk() }
        bench.withLock { $0 = here }
        _ = try await here.runner.submit([here.draft("a fox", id: "a")])
        while here.told.last?.prediction == nil { try await Task.sleep(for: .milliseconds(1)) }
        #expect(try here.onDisk("a")?.stage == .sending)
        try here.emptyDisk()
        let ended = await here.runner.wait(for: "a", timeout: nil)
        #expect(ended?.stage == .settled)
        #expect(try here.onDisk("a")?.prediction?.id == Prediction.ID("p1"))
        #expect(here.api.creations.count == 1)
        await here.runner.stop()
        bench.withLock { $0 = nil }
    }

    @Test func `who waits for a place is journaled as queued, and again when it is sent`() async throws {
        let bench = try await JournalBench(mostCreations: 1)
        // Two runs, one place: the second is taken from the queue, which is another write.
        _ = try await bench.runner.submit([bench.draft("a", id: "a"), bench.draft("b", id: "b")])
        for id in ["a", "b"] { #expect(await bench.runner.wait(for: id, timeout: nil)?.stage == .settled) }
        #expect(bench.api.creations.count == 2)
        #expect(bench.told.filter { $0.id == "b" }.map(\.stage) == [.queued, .sending, .settled])
        await bench.runner.stop()
    }

    @Test func `who is canceled while the journal's turn is awaited is not sent, and keeps nobody else from it`()
        async throws
    {
        let bench = try await JournalBench()
        let journaled = ["a", "b"].map { id in
            Self.record(id)
        }
        try bench.store.journal(journaled)
        try await bench.runner.atOnce { runner in
            for run in journaled { runner.state.ready(run, version: "a/b") }
            try runner.cancel("a")
        }
        #expect(await bench.runner.wait(for: "b", timeout: nil)?.stage == .settled)
        #expect(try bench.onDisk("a")?.stage == .refused)
        #expect(bench.api.creations.compactMap { $0["input"]?["prompt"] } == ["b"])
        #expect(await bench.runner.state.outbox.underWay.isEmpty)
        await bench.runner.stop()
    }

    @Test func `of a run that another process has taken, the request is not sent`() async throws {
        let bench = try await JournalBench()
        let run = Self.record("a")
        try bench.store.journal([run], owner: .random())
        await bench.runner.atOnce { runner in
            runner.state.ready(run, version: "a/b")
            runner.proceed()
        }
        await bench.runner.makeDurable()
        #expect(bench.api.creations == [])
        #expect(try bench.onDisk("a")?.stage == .queued)
        #expect(await bench.runner.state.runs["a"] == nil)
        #expect(await bench.runner.state.outbox.underWay.isEmpty)
        await bench.runner.stop()
    }

    @Test func `a run that is taken over while its answer is on its way is left to the other, and that is said`()
        async throws
    {
        let bench = Mutex<JournalBench?>(nil)
        let other = Mutex<HistoryStore?>(nil)
        let here = try await JournalBench { number in
            guard number == 1, let bench = bench.withLock({ $0 }) else { return }
            let store = try bench.takeAway("a") { run in
                run.stage = .unclear
                run.failure = "the other's words"
            }
            other.withLock { $0 = store }
        }
        bench.withLock { $0 = here }
        _ = try await here.runner.submit([here.draft("a", id: "a")])
        #expect(await here.runner.wait(for: "a", timeout: nil)?.prediction == nil)
        #expect(here.takenOver == ["a"])
        #expect(try here.onDisk("a")?.failure == "the other's words")
        #expect(await here.runner.state.runs.isEmpty)
        #expect(await here.runner.state.outbox.underWay.isEmpty)
        // Others are not held up by it.
        _ = try await here.runner.submit([here.draft("b", id: "b")])
        #expect(await here.runner.wait(for: "b", timeout: nil)?.stage == .settled)
        #expect(here.api.creations.count == 2)
        await here.runner.stop()
        bench.withLock { $0 = nil }
        other.withLock { $0 = nil }
    }

    @Test func `a lost answer that another process looks for by now is not called unpaid here`() async throws {
        let bench = try await JournalBench()
        var run = Self.record("a")
        run.stage = .unclear
        run.sentAt = Date()
        try bench.store.journal([run])
        let other = try bench.takeAway("a") { $0.failure = "the other's words" }
        // As one does that still believes in its lock.
        await bench.runner.atOnce { [run] runner in runner.update { $0.resume(run, now: $1) } }
        #expect(await bench.runner.wait(for: "a", timeout: nil) == nil)
        #expect(bench.takenOver == ["a"])
        #expect(try other.run("a")?.stage == .unclear)
        #expect(try other.run("a")?.failure == "the other's words")
        await bench.runner.stop()
    }

    @Test func `what can never be written keeps nothing else from being written`() async throws {
        let bench = try await JournalBench()
        _ = try await bench.runner.submit([bench.draft("a", id: "a")])
        _ = await bench.runner.wait(for: "a", timeout: nil)
        // The same id again, in one turn with others.
        let results = await withTaskGroup(of: Bool.self) { group in
            for id in ["a", "b", "c", "a"] {
                group.addTask { (try? await bench.runner.submit([bench.draft(id, id: id)])) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(results == 2)
        for id in ["b", "c"] { #expect(await bench.runner.wait(for: id, timeout: nil)?.stage == .settled) }
        #expect(bench.api.creations.count == 3)
        await bench.runner.stop()
    }

    @Test func `an id that another record has is left to it, and keeps nothing else from being written`() async throws {
        let bench = Mutex<JournalBench?>(nil)
        let here = try await JournalBench { number in
            guard number == 1, let store = bench.withLock({ $0 })?.store else { return }
            var twin = Self.record("twin")
            twin.stage = .accepted
            twin.prediction = Prediction(json: ["id": "p1", "model": "a/b", "status": "processing", "input": [:]])
            try store.journal([twin], owner: .random())
        }
        bench.withLock { $0 = here }
        _ = try await here.runner.submit([here.draft("a", id: "a")])
        let ended = await here.runner.wait(for: "a", timeout: nil)
        #expect(ended?.stage == .resendable)
        #expect(ended?.prediction == nil)
        _ = try await here.runner.submit([here.draft("b", id: "b")])
        #expect(await here.runner.wait(for: "b", timeout: nil)?.stage == .settled)
        #expect(try here.onDisk("twin")?.stage == .accepted)
        await here.runner.stop()
        bench.withLock { $0 = nil }
    }

    @Test func `a run whose prediction a lost twin has taken for its own takes the twin's`() async throws {
        let bench = Mutex<JournalBench?>(nil)
        let input: JSONValue = ["prompt": "a"]
        let both = [1, 2].map { JournalBench.API.prediction($0, input) }
        let here = try await JournalBench(listed: both) { number in
            guard number == 1, let store = bench.withLock({ $0 })?.store else { return }
            var twin = Self.record("twin")
            twin.stage = .accepted
            twin.prediction = Prediction(json: both[0])
            try store.journal([twin], owner: .random())
        }
        bench.withLock { $0 = here }
        _ = try await here.runner.submit([here.draft("a", id: "a")])
        let ended = await here.runner.wait(for: "a", timeout: nil)
        #expect(ended?.stage == .settled)
        #expect(ended?.prediction?.id == Prediction.ID("p2"))
        #expect(try here.onDisk("twin")?.prediction?.id == Prediction.ID("p1"))
        #expect(here.api.creations.count == 1)
        await here.runner.stop()
        bench.withLock { $0 = nil }
    }

    @Test func `runs of one turn count against each other's budget`() async throws {
        let budget = Budget(day: Money("0.10"))
        let bench = try await JournalBench(spending: SpendingPolicy(budget: budget))
        let price = Estimate.exact(Money("0.04")!, because: "1 image × $0.04")
        let admitted = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<6 {
                group.addTask {
                    (try? await bench.runner.submit([bench.draft("\(number)", estimate: price)])) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(admitted == 2)
        #expect(try bench.store.runs().count == 2)
        await bench.runner.stop()
    }

    @Test func `after a stop what is submitted is journaled for the next start, and not sent`() async throws {
        let bench = try await JournalBench()
        await bench.runner.stop()
        let run = try await bench.runner.submit([bench.draft("a fox", id: "a")])[0]
        #expect(run.stage == .queued)
        #expect(try bench.onDisk("a")?.stage == .queued)
        #expect(bench.api.creations == [])
    }
}
