import Foundation
import History
import Money
import Pricing
import ReplicateAPI
import ReplicateClient
import Testing

@testable import Predictions

/// What may happen while a turn of the journal is being written, and between the tasks of one run.
struct RunnerStateTests {
    private static let now = Date(timeIntervalSince1970: 1_000_000)
    private let now = Self.now

    private static func state(places: Int = 4, spending: SpendingPolicy = SpendingPolicy()) -> RunnerState {
        RunnerState(
            RunnerConfiguration(spending: spending, mostCreations: places),
            RunKnowledge(
                typical: { _ in nil },
                booking: { _, _ in
                    Booking(cost: ActualCost.counted(Money("0.01")!, because: ""), schema: .anything)
                }
            ),
            now: now
        )
    }

    private static func record(_ id: String, _ stage: RunRecord.Stage = .queued) -> RunRecord {
        var run = RunRecord(
            id: id,
            model: "a/b",
            input: [:],
            prompt: "",
            origin: .command,
            createdAt: now,
            estimate: .unknown(reason: "")
        )
        run.stage = stage
        run.savesOutputs = false
        return run
    }

    private static func prediction(_ id: String, _ status: String = "processing") -> Prediction {
        Prediction(json: ["id": .string(id), "model": "a/b", "status": .string(status), "input": [:]])!
    }

    private static func submission(_ ids: String..., version: String? = "a/b") -> RunSubmission {
        RunSubmission(
            id: UUID(),
            entries: ids.map { RunSubmission.Entry(record: record($0), version: version) }
        )
    }

    /// A journal on its own disk, in which these runs are.
    private static func writer(_ runs: RunRecord...) throws -> JournalWriter {
        let store = try HistoryStore.inMemory()
        try store.journal(runs)
        return JournalWriter(store: store)
    }

    private static func write(_ turn: JournalTurn, _ writer: JournalWriter) async -> JournalOutcome {
        await writer.write(turn, spending: SpendingPolicy(), clock: ServerClock())
    }

    private static func sent(_ effects: [RunnerEffect]) -> [String] {
        effects.compactMap { if case .begin(.send(let run, _, _, _)) = $0 { run.id } else { nil } }
    }

    private static func told(_ effects: [RunnerEffect]) -> [RunRecord.Stage] {
        effects.compactMap { if case .tell(.run(let run)) = $0 { run.stage } else { nil } }
    }

    @Test func `a new run is sent only when the journal has it, and then once`() async throws {
        var state = Self.state()
        let writer = try Self.writer()
        #expect(Self.sent(state.submit(Self.submission("a"))).isEmpty)
        #expect(Self.sent(state.begin(now: now).effects).isEmpty)
        let turn = try state.turn()
        #expect(turn.entering[0].entries[0].record.stage == .sending)
        #expect(state.runs.isEmpty)
        let effects = state.endTurn(await Self.write(turn, writer), now: now)
        #expect(Self.sent(effects) == ["a"])
        #expect(Self.told(effects) == [.sending])
        #expect(try await writer.run("a")?.stage == .sending)
        #expect(Self.sent(state.begin(now: now).effects).isEmpty)
        #expect(state.beginTurn(now: now) == nil)
    }

    @Test func `how the server's clock stood when a run was sent is journaled with the time`() async throws {
        var state = Self.state()
        let writer = try Self.writer()
        _ = state.submit(Self.submission("a"))
        let begun = state.beginTurn(now: now, skew: 7)
        let turn = try #require(begun)
        _ = state.endTurn(await Self.write(turn, writer), now: now)
        #expect(state.runs["a"]?.sentSkew == 7)
        #expect(try await writer.run("a")?.sentSkew == 7)
    }

    @Test func `what is canceled while the journal notes that it is being sent is not sent`() async throws {
        var state = Self.state()
        let writer = try Self.writer(Self.record("a"))
        state.ready(Self.record("a"), version: "a/b")
        let turn = try state.turn()
        #expect(turn.beginning.map(\.runID) == ["a"])
        let canceled = state.take(.cancelRequested, of: "a", now: now)
        #expect(Self.told(canceled) == [.refused])
        #expect(Self.sent(state.endTurn(await Self.write(turn, writer), now: now)).isEmpty)
        #expect(state.outbox.underWay.isEmpty)
        let last = try state.turn()
        _ = state.endTurn(await Self.write(last, writer), now: now)
        #expect(try await writer.run("a")?.stage == .refused)
        #expect(state.runs.isEmpty)
    }

    @Test func `what the journal notes as being sent while the runner stops is written as queued again`() async throws {
        var state = Self.state()
        let writer = try Self.writer(Self.record("a"))
        state.ready(Self.record("a"), version: "a/b")
        _ = state.submit(Self.submission("b"))
        let turn = try state.turn()
        #expect(turn.entering[0].entries[0].record.stage == .sending)
        state.stop()
        #expect(Self.sent(state.endTurn(await Self.write(turn, writer), now: now)).isEmpty)
        let last = try state.turn()
        _ = state.endTurn(await Self.write(last, writer), now: now)
        for id in ["a", "b"] {
            #expect(try await writer.run(id)?.stage == .queued)
            #expect(try await writer.run(id)?.sentAt == nil)
        }
        #expect(state.outbox.underWay.isEmpty)
    }

    @Test func `a run that ends while its id is written is told of in order, and forgotten when its end is durable`()
        async throws
    {
        var state = Self.state()
        let writer = try Self.writer()
        _ = state.submit(Self.submission("a"))
        let first = try state.turn()
        _ = state.endTurn(await Self.write(first, writer), now: now)
        #expect(Self.told(state.take(.created(Self.prediction("p1")), of: "a", now: now)).isEmpty)
        let second = try state.turn()
        // The end is known before its id is durable, and is held back too.
        let ended = Self.prediction("p1", "succeeded")
        #expect(Self.told(state.take(.reported(ended), ofRunWith: ended.id, now: now)).isEmpty)
        #expect(state.runs["a"]?.stage == .settled)
        #expect(Self.told(state.endTurn(await Self.write(second, writer), now: now)) == [.accepted])
        #expect(state.runs["a"] != nil)
        let third = try state.turn()
        #expect(Self.told(state.endTurn(await Self.write(third, writer), now: now)) == [.settled])
        #expect(try await writer.run("a")?.stage == .settled)
        #expect(state.runs.isEmpty)
        #expect(state.watch.run(of: ended.id) == nil)
    }

    @Test func `a submission that breaks the budget gives its places back`() async throws {
        let spending = SpendingPolicy(budget: .init(day: Money("0.01")))
        var state = Self.state(places: 1, spending: spending)
        let writer = try Self.writer()
        let dear = Estimate.exact(Money("1")!, because: "")
        var submission = Self.submission("a")
        submission.entries[0].record.estimate = dear
        _ = state.submit(submission)
        let turn = try state.turn()
        #expect(state.outbox.underWay == ["a"])
        let outcome = await writer.write(turn, spending: spending, clock: ServerClock())
        let effects = state.endTurn(outcome, now: now)
        #expect(Self.sent(effects).isEmpty)
        #expect(state.outbox.underWay.isEmpty)
        #expect(try await writer.run("a") == nil)
    }

    @Test func `the same id twice is journaled and sent once, and takes no place of the first`() async throws {
        var state = Self.state()
        let writer = try Self.writer()
        _ = state.submit(Self.submission("a"))
        _ = state.submit(Self.submission("a"))
        let turn = try state.turn()
        #expect(Self.sent(state.endTurn(await Self.write(turn, writer), now: now)) == ["a"])
        #expect(state.outbox.underWay == ["a"])
        _ = state.submit(Self.submission("a"))
        let second = try state.turn()
        #expect(second.entering[0].entries[0].record.stage == .queued)
        #expect(Self.sent(state.endTurn(await Self.write(second, writer), now: now)).isEmpty)
        _ = state.take(.created(Self.prediction("p1")), of: "a", now: now)
        #expect(state.outbox.underWay.isEmpty)
    }

    @Test func `a cancellation of a run that is not journaled yet leaves it its place`() throws {
        var state = Self.state()
        _ = state.submit(Self.submission("a"))
        _ = try state.turn()
        _ = state.take(.cancelRequested, of: "a", now: now)
        #expect(state.outbox.underWay == ["a"])
    }

    @Test func `a run that is lost again while its search ends is looked for again, by one search at a time`() throws {
        func searches(_ effects: [RunnerEffect]) -> Int {
            effects.count { if case .begin(.search) = $0 { true } else { false } }
        }
        var state = Self.state()
        #expect(searches(state.resume(Self.record("a", .unclear), now: now)) == 1)
        _ = state.take(.found(Self.prediction("p1")), of: "a", now: now)
        // Before the search has said that it ended, the prediction turns out to be another's.
        #expect(searches(state.take(.belongsToAnother(Prediction.ID("p1")), of: "a", now: now)) == 0)
        #expect(searches(state.searchEnded("a", now: now)) == 1)
        #expect(state.runs["a"]?.stage == .unclear)
    }

    @Test func `one task asks for the end of a run, and another when the run has another prediction by then`() {
        func cancels(_ effects: [RunnerEffect]) -> Int {
            effects.count { if case .begin(.cancel) = $0 { true } else { false } }
        }
        var state = Self.state()
        var run = Self.record("a", .accepted)
        run.prediction = Self.prediction("p1")
        _ = state.resume(run, now: now)
        #expect(cancels(state.take(.cancelRequested, of: "a", now: now)) == 1)
        #expect(cancels(state.take(.cancelRequested, of: "a", now: now)) == 0)
        #expect(cancels(state.cancelEnded("a", of: Prediction.ID("p1"))) == 0)
        #expect(cancels(state.take(.cancelRequested, of: "a", now: now)) == 1)
        _ = state.take(.belongsToAnother(Prediction.ID("p1")), of: "a", now: now)
        _ = state.take(.found(Self.prediction("p2")), of: "a", now: now)
        #expect(cancels(state.cancelEnded("a", of: Prediction.ID("p1"))) == 1)
    }

    @Test func `outputs of another prediction are saved when the task for the first has ended`() {
        func saves(_ effects: [RunnerEffect]) -> Int {
            effects.count { if case .begin(.saveOutputs) = $0 { true } else { false } }
        }
        var state = Self.state()
        var run = Self.record("a", .accepted)
        run.savesOutputs = true
        run.prediction = Prediction(
            json: ["id": "p1", "model": "a/b", "status": "succeeded", "output": "https://x/1"]
        )
        _ = state.resume(run, now: now)
        #expect(saves(state.begin(now: now).effects) == 1)
        _ = state.take(.belongsToAnother(Prediction.ID("p1")), of: "a", now: now)
        let other = Prediction(json: ["id": "p2", "model": "a/b", "status": "succeeded", "output": "https://x/2"])!
        _ = state.take(.found(other), of: "a", now: now)
        #expect(saves(state.begin(now: now).effects) == 0)
        _ = state.savingEnded("a")
        #expect(saves(state.begin(now: now).effects) == 1)
    }

    @Test func `a run that another process works on is dropped, and an answer that comes later frees its place`()
        async throws
    {
        var state = Self.state()
        let writer = try Self.writer()
        _ = state.submit(Self.submission("a"))
        let turn = try state.turn()
        _ = state.endTurn(await Self.write(turn, writer), now: now)
        _ = state.lose("a")
        #expect(state.runs.isEmpty)
        #expect(state.take(.created(Self.prediction("p1")), of: "a", now: now).isEmpty)
        #expect(state.outbox.underWay.isEmpty)
        #expect(state.beginTurn(now: now) == nil)
    }

    @Test func `a claim of a run that this process works on changes nothing`() {
        var state = Self.state()
        var run = Self.record("a", .accepted)
        run.prediction = Self.prediction("p1")
        _ = state.resume(run, now: now)
        var stale = run
        stale.prediction = nil
        #expect(state.resume(stale, isNew: true, now: now).isEmpty)
        #expect(state.runs["a"] == run)
    }
}

extension RunnerState {
    fileprivate mutating func turn() throws -> JournalTurn {
        let turn = beginTurn(now: Date(timeIntervalSince1970: 1_000_000))
        return try #require(turn)
    }
}
