import Foundation
import History
import Logging
import Money
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient
import Sandbox
import Testing

struct RunnerSpendingTests {
    /// Runs `body` with a runner on a history in memory and a sandbox that waits for nothing.
    private func withRunner(
        _ policy: SpendingPolicy,
        _ body: (PredictionRunner, HistoryStore, SandboxServer) async throws -> Void
    ) async throws {
        let server = SandboxServer(configuration: SandboxConfiguration(speed: 0))
        let transport = CurlTransport()
        defer { transport.close() }
        let base = try await server.start()
        let store = try HistoryStore.inMemory()
        let client = APIClient(
            configuration: ClientConfiguration(baseURL: base, token: Token("r8_x")),
            transport: transport
        )
        let runner = PredictionRunner(
            store: store,
            client: client,
            prices: .builtIn,
            saver: OutputSaver(client: client, folder: FileManager.default.temporaryDirectory),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            configuration: RunnerConfiguration(spending: policy)
        )
        do { try await body(runner, store, server) } catch {
            await runner.stop()
            await server.stop()
            throw error
        }
        await runner.stop()
        await server.stop()
    }

    private func draft(_ model: String, _ estimate: Estimate) -> RunDraft {
        RunDraft(
            model: model,
            prompt: "a fox",
            input: ["prompt": "a fox"],
            origin: .command,
            estimate: estimate,
            savesOutputs: false
        )
    }

    private let cents = Estimate.exact(Money("0.04")!, because: "1 image × $0.04")

    @Test func `what breaks a budget is neither journaled nor sent, and the sentence holds the sum`() async throws {
        try await withRunner(SpendingPolicy(budget: Budget(day: Money("0.10")))) { runner, store, server in
            let refused = draft("google/imagen-4", cents)
            await #expect(throws: BudgetRefusal.self) { try await runner.submit([refused, refused, refused]) }
            #expect(try store.runs().isEmpty)
            let two = try await runner.submit([refused, refused])
            for run in two { _ = await runner.wait(for: run.id, timeout: .seconds(60)) }
            let error = await #expect(throws: BudgetRefusal.self) { try await runner.submit([refused]) }
            #expect(error?.description.contains("$0.12") == true)
            #expect(server.statistics.predictionsCreated == 2)
        }
    }

    @Test func `a model billed by time costs its time on the hardware of the settings`() async throws {
        let policy = SpendingPolicy(hardware: ["lab/slow-diffusion": "gpu-l40s"])
        try await withRunner(policy) { runner, store, _ in
            let run = try await runner.submit([draft("lab/slow-diffusion", .unknown(reason: ""))])[0]
            let done = try #require(await runner.wait(for: run.id, timeout: .seconds(60)))
            let seconds = try #require(done.prediction?.predictTime)
            #expect(done.cost?.basis == .estimated)
            let known = runner.costs.knownHistory(of: "lab/slow-diffusion")
            #expect(known.seconds == [seconds])
            #expect(known.hardware == "gpu-l40s")
            #expect(known.costs == [done.cost?.money].compactMap { $0 })
        }
    }

    @Test func `a deleted run still counts against the budget`() async throws {
        try await withRunner(SpendingPolicy(budget: Budget(day: Money("0.05")))) { runner, store, _ in
            let run = try await runner.submit([draft("google/imagen-4", cents)])[0]
            _ = await runner.wait(for: run.id, timeout: .seconds(60))
            try await runner.delete(run.id)
            #expect(try store.runs().isEmpty)
            await #expect(throws: BudgetRefusal.self) { try await runner.submit([draft("google/imagen-4", cents)]) }
        }
    }

    @Test func `a deleted run that is asked for again keeps what was booked, also without its inputs`() async throws {
        try await withRunner(SpendingPolicy()) { runner, store, _ in
            let run = try await runner.submit([draft("google/imagen-4", cents)])[0]
            let done = try #require(await runner.wait(for: run.id, timeout: .seconds(60)))
            let paid = try #require(done.cost?.money)
            #expect(paid > .zero)
            try await runner.delete(run.id)
            // After an hour the server keeps neither inputs nor outputs nor counters.
            let bare = Prediction(
                json: [
                    "id": .string(try #require(done.prediction?.id.rawValue)), "model": "google/imagen-4",
                    "status": "succeeded", "input": [:], "data_removed": true,
                ]
            )
            let followed = try await runner.follow(try #require(bare), origin: .command, savesOutputs: false)
            _ = await runner.wait(for: followed.id, timeout: .seconds(60))
            let again = try #require(try store.run(followed.id))
            #expect(again.id != done.id && again.stage == .settled)
            #expect(again.cost == done.cost)
            #expect(again.finishedAt == done.finishedAt)
            #expect(try store.readSpend { try $0.spent(since: .distantPast).counted } == paid)
        }
    }

    @Test func `a price that was exact is what was paid where the server tells nothing of it`() async throws {
        try await withRunner(SpendingPolicy()) { runner, _, _ in
            let exact = Estimate.exact(Money("0.06")!, because: "1 run × $0.015 + 3 MP × $0.015")
            let run = try await runner.submit([draft("acme/unheard-of", exact)])[0]
            var record = run
            record.prediction = Prediction(json: ["id": "p", "model": "acme/unheard-of", "status": "succeeded"])
            #expect(runner.costs.cost(of: record)?.basis == .estimated)
            #expect(runner.costs.cost(of: record)?.money == Money("0.06"))
            record.estimate = .range(low: Money("0.06")!, high: Money("0.06")!, because: "")
            #expect(runner.costs.cost(of: record)?.basis == .unknown)
        }
    }

    @Test func `a private model's failed run is billed for its time, a public one's is free`() async throws {
        try await withRunner(SpendingPolicy(hardware: ["me/mine": "cpu"])) { runner, store, _ in
            var run = RunRecord(
                model: "me/mine",
                input: [:],
                prompt: "",
                origin: .command,
                createdAt: Date(),
                estimate: .unknown(reason: "")
            )
            run.prediction = Prediction(
                json: ["id": "p", "model": "me/mine", "status": "failed", "metrics": ["predict_time": 9]]
            )
            #expect(runner.costs.cost(of: run)?.basis == .unknown)
            for (visibility, amount) in [("public", "0"), ("private", "0.0009")] {
                let model = Model(json: ["owner": "me", "name": "mine", "visibility": .string(visibility)])
                try store.models.save(try #require(model), at: Date())
                #expect(runner.costs.cost(of: run)?.money == Money(amount))
            }
        }
    }

    @Test func `a range stays one in the record, also with equal ends`() {
        let range = Estimate.range(low: cents.high!, high: cents.high!, because: "your last run")
        for estimate in [range, cents, .unknown(reason: "nobody knows")] {
            let record = RunRecord(
                model: "a/b",
                input: [:],
                prompt: "",
                origin: .command,
                createdAt: Date(),
                estimate: estimate
            )
            #expect(record.estimate == estimate)
        }
    }

    @Test func `public examples are asked for where time is the bill, once, and nowhere else`() async throws {
        try await withRunner(SpendingPolicy()) { runner, store, _ in
            let timed = try await runner.model(try #require(ModelReference("lab/slow-diffusion")))
            #expect(await runner.costs.history(of: timed).exampleSeconds == [14])
            #expect(try store.models.exampleTimes(of: "lab/slow-diffusion")?.seconds == [14])
            let priced = try await runner.model(try #require(ModelReference("google/imagen-4")))
            #expect(await runner.costs.history(of: priced).exampleSeconds.isEmpty)
            #expect(try store.models.exampleTimes(of: "google/imagen-4") == nil)
        }
    }

    @Test func `a guard in time is sent once it is known how long a model takes`() async throws {
        try await withRunner(SpendingPolicy(cancelAfter: 3)) { runner, _, _ in
            var deadlines: [Bool] = []
            for _ in 0..<3 {
                let run = try await runner.submit([draft("google/imagen-4", cents)])[0]
                let done = try #require(await runner.wait(for: run.id, timeout: .seconds(60)))
                #expect(done.prediction?.status == .succeeded)
                deadlines.append(done.prediction?.deadline != nil)
            }
            #expect(deadlines == [false, false, true])
        }
    }
}
