import Foundation
import History
import Money
import ReplicateAPI
import ReplicateClient
import Testing

@testable import Predictions

@Suite(.timeLimit(.minutes(10)))
struct RunSecretsTests {
    private static let secret = "hunter2hunter2"

    private func draft(_ bench: JournalBench) -> RunDraft {
        var draft = bench.draft("a fjord")
        draft.input["api_key"] = .string(Self.secret)
        draft.secretInputs = ["api_key"]
        return draft
    }

    private func filesHolding(_ text: String, _ bench: JournalBench) throws -> [String] {
        let folder = URL(filePath: bench.path).deletingLastPathComponent()
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return names.filter { name in
            FileManager.default.contents(atPath: folder.appending(path: name).path)?.range(of: Data(text.utf8)) != nil
        }
    }

    @Test func `a secret input is sent, and is on the disk at no time`() async throws {
        let during = Holder()
        let bench = try await JournalBench { _ in during.look() }
        during.look = { during.found += (try? filesHolding(Self.secret, bench)) ?? ["unreadable"] }
        let run = try await bench.runner.submit([draft(bench)])[0]
        #expect(try filesHolding(Self.secret, bench) == [])
        let done = try #require(await bench.runner.wait(for: run.id, timeout: nil))
        await bench.runner.stop()
        #expect(bench.api.creations[0]["input"]?["api_key"]?.string == Self.secret)
        #expect(during.found == [])
        #expect(try filesHolding(Self.secret, bench) == [])
        // What was no secret is there, so the look at the files would have found it.
        #expect(try !filesHolding("a fjord", bench).isEmpty)
        #expect(done.secretInputs == ["api_key"])
        #expect(done.input["api_key"] == nil)
        #expect(done.prediction?.raw.text().contains(Self.secret) == false)
        #expect(bench.told.allSatisfy { !"\($0)".contains(Self.secret) })
    }

    @Test func `a lost answer with a secret is found by what the server repeats`() async throws {
        let listed: JSONValue = [
            "id": "p9", "model": "a/b", "status": "succeeded", "output": "words", "created_at": "2026-11-24T14:12:11Z",
            "input": ["prompt": "a fjord", "api_key": "[redacted]"], "metrics": ["predict_time": 0.1],
            "completed_at": "2026-11-24T14:12:11Z", "logs": "",
        ]
        let bench = try await JournalBench(listed: [listed]) { _ in throw CancellationError() }
        let run = try await bench.runner.submit([draft(bench)])[0]
        let done = try #require(await bench.runner.wait(for: run.id, timeout: nil))
        await bench.runner.stop()
        #expect(done.prediction?.id == Prediction.ID("p9"))
        #expect(bench.api.creations.count == 1)
    }

    @Test func `a run whose secret nobody knows any more is not sent without it`() async throws {
        let bench = try await JournalBench()
        var run = RunRecord(
            model: "a/b",
            input: ["prompt": "x"],
            prompt: "x",
            origin: .command,
            createdAt: Date(),
            estimate: .unknown(reason: "")
        )
        run.secretInputs = ["api_key"]
        try bench.store.journal([run])
        try await bench.runner.start()
        let done = try #require(await bench.runner.wait(for: run.id, timeout: nil))
        await bench.runner.stop()
        #expect(done.stage == .refused)
        #expect(done.failure?.contains("secret") == true)
        #expect(bench.api.creations.isEmpty)
    }

    @Test func `what a model or a refusal repeats of a secret is taken out`() throws {
        var run = RunRecord(
            model: "a/b",
            input: [:],
            prompt: "",
            origin: .studio,
            createdAt: Date(),
            estimate: .unknown(reason: "")
        )
        run.secretInputs = ["key", "pin"]
        var secrets = RunSecrets()
        secrets.keep(["key": .string(Self.secret), "pin": 123_456], of: run.id)
        let prediction = try #require(
            Prediction(
                json: [
                    "id": "p", "input": ["key": .string(Self.secret), "x": 1],
                    "error": .string("bad key \(Self.secret)!"),
                    "logs": .string("using \(Self.secret) and 123456"), "output": ["a": [.string("<\(Self.secret)>")]],
                ]
            )
        )
        let cleaned = secrets.cleaned(prediction, of: run)
        #expect(cleaned.input == ["x": 1])
        #expect(cleaned.error == "bad key <secret>!")
        #expect(cleaned.logs == "using <secret> and <secret>")
        #expect(!cleaned.raw.text().contains(Self.secret))
        let refusal = APIError(
            .invalidInput,
            "no \(Self.secret)",
            invalidFields: [.init(type: "x", field: "key", message: "\(Self.secret) is wrong")]
        )
        #expect(
            !"\(secrets.cleaned(refusal, of: run))\(secrets.cleaned(refusal, of: run).invalidFields)".contains(
                Self.secret
            )
        )
        // By name alone, where the values are forgotten.
        #expect(run.withoutSecrets(prediction).input == ["x": 1])
    }
}

/// What a test looks at while a creation is under way. `@unchecked`: the creation is the only one at that time.
private final class Holder: @unchecked Sendable {
    var look: () -> Void = {}
    var found: [String] = []
}
