import Foundation
import History
import Money
import Predictions
import ReplicateAPI
import ReplicateClient
import Sandbox
import Synchronization
import Testing

struct PredictionRunnerTests {
    @Test func `a creation whose answer is lost is found and not sent again`() async throws {
        try await withRunner([FaultRule(.dropCreate, .first(1))]) { bench in
            let runs = try await bench.runner.submit([RunnerBench.draft])
            let done = try #require(await bench.runner.wait(for: runs[0].id, timeout: nil))
            #expect(done.stage == .settled)
            #expect(done.outputs.count == 1 && done.outputs[0].path != nil)
            #expect(bench.server.statistics.predictionsCreated == 1)
        }
    }

    @Test func `a refusal names the inputs, once the run has ended without a bill`() async throws {
        let updates = Mutex<[String]>([])
        let told: @Sendable (RunUpdate) -> Void = { update in
            switch update {
            case .run(let run) where run.stage == .refused:
                updates.withLock { $0.append("ended: \(run.failure ?? "")") }
            case .refused(_, let fields): updates.withLock { $0 += fields.map { "\($0.field): \($0.message)" } }
            default: break
            }
        }
        try await withRunner([], onUpdate: told) { bench in
            var draft = RunnerBench.draft
            draft.input = ["num_outputs": 9, "megapixels": "0.25"]
            let done = try await bench.finished(draft)
            #expect(done.stage == .refused)
            #expect(done.cost?.basis == .free)
            #expect(
                updates.withLock { $0 } == [
                    "ended: prompt is required; num_outputs: Must be less than or equal to 4",
                    "prompt: prompt is required", "num_outputs: Must be less than or equal to 4",
                ]
            )
            #expect(bench.server.statistics.predictionsCreated == 0)
        }
    }

    /// Without a seed nobody can tell two equal creations whose answers were both lost.
    @Test func `a person says which prediction a lost run is, and each is taken once`() async throws {
        try await withRunner([FaultRule(.dropCreate)]) { bench in
            let (runner, store, draft) = (bench.runner, bench.store, RunnerBench.draft)
            let runs = try await runner.submit([draft, draft])
            for run in runs { _ = await runner.wait(for: run.id, timeout: nil) }
            let lost = try store.resendable()
            #expect(lost.count == 2)
            let ids = try #require(lost.first).candidates
            #expect(ids.count == 2)

            let chosen = try await bench.client.prediction(Prediction.ID(ids[1]))
            let taken = try await runner.follow(chosen, as: lost[0].id)
            #expect(taken?.id == lost[0].id)
            let refused = try await runner.follow(chosen, as: lost[1].id)
            #expect(refused == nil)
            let done = await runner.wait(for: lost[0].id, timeout: nil)
            #expect(done?.stage == .settled && done?.prediction?.id.rawValue == ids[1])
            #expect(done?.candidates.isEmpty == true && done?.failure == nil)
            #expect(try store.run(lost[1].id)?.stage == .resendable)
            #expect(bench.server.statistics.predictionsCreated == 2)
        }
    }

    @Test func `twins whose answers are all lost find each their own`() async throws {
        try await withRunner([FaultRule(.dropCreate)]) { bench in
            // The schema is known, so each gets a seed of its own.
            _ = try await bench.runner.model(try #require(ModelReference(RunnerBench.draft.model)))
            let runs = try await bench.runner.submit(Array(repeating: RunnerBench.draft, count: 4))
            for run in runs { _ = await bench.runner.wait(for: run.id, timeout: nil) }
            let ended = try bench.store.runs()
            #expect(ended.allSatisfy { $0.stage == .settled })
            #expect(Set(ended.compactMap { $0.prediction?.id }).count == 4)
            for run in ended { #expect(run.prediction?.input["seed"] == run.input["seed"]) }
            #expect(bench.server.statistics.predictionsCreated == 4)
        }
    }

    @Test func `a refusal for now is waited out, and what was refused is sent once`() async throws {
        try await withRunner([FaultRule(.rateLimit, .first(2), at: .create)]) { bench in
            let runs = try await bench.runner.submit([RunnerBench.draft])
            let done = try #require(await bench.runner.wait(for: runs[0].id, timeout: nil))
            #expect(done.stage == .settled)
            #expect(bench.server.statistics.predictionsCreated == 1)
        }
    }

    @Test func `failing to ask is no failure of the run`() async throws {
        let faults = [
            FaultRule(.serverError, .first(2), at: .poll), FaultRule(.html, .first(1), at: .list),
            FaultRule(.truncatedJSON, .every(3), at: .poll), FaultRule(.refuse, .every(4), at: .poll),
        ]
        try await withRunner(faults) { bench in
            let runs = try await bench.runner.submit([RunnerBench.draft, RunnerBench.draft])
            for run in runs {
                let done = try #require(await bench.runner.wait(for: run.id, timeout: nil))
                #expect(done.prediction?.status == .succeeded)
                #expect(done.outputs.allSatisfy { $0.path != nil })
            }
        }
    }

    @Test func `no credit ends the run before it costs, and says what to do`() async throws {
        try await withRunner([FaultRule(.credit)]) { bench in
            let runs = try await bench.runner.submit([RunnerBench.draft])
            let done = try #require(await bench.runner.wait(for: runs[0].id, timeout: nil))
            #expect(done.stage == .refused)
            #expect(done.cost?.basis == .free)
            #expect(done.failure?.contains("billing") == true)
            #expect(bench.server.statistics.predictionsCreated == 0)
        }
    }

    @Test func `outputs wait for a folder that can be written`() async throws {
        try await withRunner([]) { bench in
            // Files where the folder of the day should be, whichever day it is by then.
            try FileManager.default.createDirectory(at: bench.folder, withIntermediateDirectories: true)
            let days = [0, 86_400].map { OutputName.folder(for: Date(timeIntervalSinceNow: $0), calendar: .current) }
            for day in days { try Data().write(to: bench.folder.appending(path: day)) }
            let runs = try await bench.runner.submit([RunnerBench.draft])
            let id = runs[0].id
            while try bench.store.run(id)?.outputs.first?.failure == nil { try await Task.sleep(for: .milliseconds(5)) }
            #expect(try bench.store.run(id)?.stage == .accepted)
            for day in days { try FileManager.default.removeItem(at: bench.folder.appending(path: day)) }
            let done = try #require(await bench.runner.wait(for: id, timeout: nil))
            #expect(done.outputs.first?.path != nil)
            #expect(done.outputs.first?.failure == nil)
        }
    }

    @Test func `half a file is fetched again, and only the whole one gets the name`() async throws {
        try await withRunner([FaultRule(.truncatedDownload, .first(2))]) { bench in
            let runs = try await bench.runner.submit([RunnerBench.draft])
            let done = try #require(await bench.runner.wait(for: runs[0].id, timeout: nil))
            let output = try #require(done.outputs.first)
            let path = try #require(output.path)
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64 == output.size)
            let day = URL(filePath: path).deletingLastPathComponent().path
            #expect(try FileManager.default.contentsOfDirectory(atPath: day).count == 1)
        }
    }

    @Test func `an end nobody has heard of does not keep it asking for ever`() async throws {
        try await withRunner([FaultRule(.aborted)]) { bench in
            let runs = try await bench.runner.submit([RunnerBench.draft])
            let done = try #require(await bench.runner.wait(for: runs[0].id, timeout: nil))
            #expect(done.prediction?.status == .aborted)
            #expect(done.cost?.basis == .free)
        }
    }
}
