import Foundation
import History
import Logging
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient
import Sandbox
import Testing

/// A run belongs to the token and the address that it was sent with, and nobody else says anything of it.
@Suite(.timeLimit(.minutes(10)))
struct RunAccountTests {
    private static let another = "0123456789abcdef"
    private static let time = Date(timeIntervalSince1970: 1_795_536_988)

    /// A run of another account, of which nobody knows whether it was created.
    private func foreign(_ id: String, _ stage: RunRecord.Stage, _ bench: RunnerBench) throws -> RunRecord {
        var run = RunRecord(
            id: id,
            model: RunnerBench.draft.model,
            input: RunnerBench.draft.input,
            prompt: "a fjord",
            origin: .command,
            createdAt: Self.time,
            estimate: RunnerBench.draft.estimate
        )
        run.stage = stage
        run.sentAt = Self.time
        run.account = Self.another
        run.key = "order-1"
        run.keyRequest = RunnerBench.draft.input
        if stage == .accepted {
            run.prediction = Prediction(
                json: ["id": .string("p\(id)"), "model": "a/b", "status": "processing", "input": [:]]
            )
        }
        try bench.store.journal([run])
        return run
    }

    @Test(arguments: [RunRecord.Stage.queued, .sending, .unclear, .accepted])
    func `what another account has in flight is neither sent nor looked for nor watched, and is called that`(
        stage: RunRecord.Stage
    ) async throws {
        try await withRunner([]) { bench in
            let run = try foreign("a", stage, bench)
            #expect(bench.runner.isOfAnotherAccount(run))
            try await bench.runner.start()
            try await bench.runner.goOn(with: "a", sendsQueued: true)
            // A run of its own, so that whatever was begun has had its turn.
            let own = try await bench.finished()
            #expect(own.account == bench.client.configuration.account)
            #expect(!bench.runner.isOfAnotherAccount(own))
            #expect(try bench.store.run("a") == run)
            #expect(bench.server.statistics.predictionsCreated == 1)
        }
    }

    @Test(arguments: [RunRecord.Stage.queued, .sending, .unclear, .accepted])
    func `an order under the key of such a run makes no other`(stage: RunRecord.Stage) async throws {
        try await withRunner([]) { bench in
            let run = try foreign("a", stage, bench)
            var draft = RunnerBench.draft
            draft.key = OrderKey("order-1", input: draft.input)
            let ordered = try await bench.runner.order([draft])
            #expect(ordered == [OrderedRun(run, isReused: true)])
            #expect(bench.server.statistics.predictionsCreated == 0)
        }
    }

    @Test func `one that was never sent is taken back from anywhere, one that was sent only from where it was`()
        async throws
    {
        try await withRunner([]) { bench in
            _ = try foreign("a", .queued, bench)
            let lost = try foreign("b", .unclear, bench)
            #expect(try await bench.runner.cancelRecorded("a"))
            #expect(await bench.runner.wait(for: "a", timeout: nil)?.stage == .refused)
            #expect(try await !bench.runner.cancelRecorded("b"))
            #expect(try bench.store.run("b") == lost)
        }
    }

    @Test func `a prediction that the server shows to this token is gone on with, whoever ordered it`() async throws {
        try await withRunner([], speed: 0.5) { bench in
            let made = try await bench.client.createPrediction(
                version: RunnerBench.draft.model,
                input: RunnerBench.draft.input
            )
            var run = try foreign("a", .queued, bench)
            run.stage = .accepted
            run.prediction = made
            try bench.store.update(run)
            // The token was replaced by another one of the same account.
            _ = try await bench.runner.follow(made, origin: .command)
            let done = try #require(await bench.runner.wait(for: "a", timeout: nil))
            #expect(done.stage == .settled)
            #expect(done.account == bench.client.configuration.account)
        }
    }

    @Test func `a run of an older version is anybody's`() async throws {
        try await withRunner([]) { bench in
            var run = try foreign("a", .queued, bench)
            run.account = nil
            try bench.store.update(run)
            try await bench.runner.start()
            let done = try #require(await bench.runner.wait(for: "a", timeout: nil))
            #expect(done.prediction?.status == .succeeded)
        }
    }
}
