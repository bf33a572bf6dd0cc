import ArgumentParser
import Foundation
import History
import Money
import Pricing
import ReplicateAPI
import Testing

@testable import Commands

/// What shells are offered to complete.
struct CandidatesTests {
    private func candidates(_ prepare: (HistoryStore) throws -> Void = { _ in }) throws -> Candidates {
        let store = try HistoryStore.inMemory()
        try prepare(store)
        return Candidates(store: store, prices: .builtIn)
    }

    private func model(_ path: String) throws -> Model {
        let parts = path.split(separator: "/")
        let json = """
            {"owner": "\(parts[0])", "name": "\(parts[1])", "latest_version": {"id": "v", "openapi_schema": {"components":
             {"schemas": {"Input": {"type": "object", "properties": {
                "prompt": {"type": "string", "x-order": 0},
                "aspect_ratio": {"enum": ["1:1", "16:9"], "type": "string", "x-order": 1},
                "raw": {"type": "boolean", "x-order": 2}}}}}}}}
            """
        return try #require(Model(json: JSONValue(parsing: Data(json.utf8))))
    }

    private func record(_ id: String, _ stage: RunRecord.Stage, tags: [String] = [], age: Double = 10) -> RunRecord {
        var run = RunRecord(
            id: id,
            model: "a/b",
            input: [:],
            prompt: "",
            origin: .command,
            createdAt: Date(timeIntervalSinceNow: -age),
            estimate: .unknown(reason: "")
        )
        run.stage = stage
        run.tags = tags
        return run
    }

    @Test func `models that ran come first, then those with a price, each once`() throws {
        let models = try candidates {
            try $0.models.save(model("lab/mine"), at: Date())
            try $0.models.save(model("black-forest-labs/flux-schnell"), at: Date(timeIntervalSinceNow: -60))
        }.models
        #expect(models.prefix(2) == ["lab/mine", "black-forest-labs/flux-schnell"])
        #expect(models.count == Set(models).count && models.contains("google/veo-3.1"))
    }

    @Test func `ids are the newest first, and only what runs can be canceled`() throws {
        let known = try candidates {
            try $0.journal([
                record("old", .settled, age: 90), record("new", .settled), record("queued", .queued, age: 50),
            ])
        }
        #expect(known.runs == ["new", "queued", "old"])
        #expect(known.activeRuns == ["queued"])
    }

    @Test func `tags are told once, in order`() throws {
        let known = try candidates {
            try $0.journal([record("1", .settled, tags: ["moss", "fox"]), record("2", .settled, tags: ["fox"])])
        }
        #expect(known.tags == ["fox", "moss"])
    }

    @Test func `inputs of the named model, without those that are given, and their values`() throws {
        let known = try candidates { try $0.models.save(model("lab/mine"), at: Date()) }
        #expect(known.inputs(after: ["run", "lab/mine"], "") == ["prompt=", "aspect_ratio=", "raw="])
        #expect(known.inputs(after: ["run", "lab/mine", "raw=true"], "as") == ["prompt=", "aspect_ratio="])
        #expect(
            known.inputs(after: ["run", "lab/mine"], "aspect_ratio=1") == ["aspect_ratio=1:1", "aspect_ratio=16:9"]
        )
        #expect(known.inputs(after: ["run", "lab/mine"], "raw=") == ["raw=true", "raw=false"])
        #expect(known.inputs(after: ["run", "lab/mine"], "prompt=a").isEmpty)
        #expect(known.inputs(after: ["run", "lab/other"], "").isEmpty)
        #expect(known.inputs(after: ["run"], "").isEmpty)
    }

    @Test func `a line that bash has broken at its signs is put together`() throws {
        let known = try candidates { try $0.models.save(model("lab/mine"), at: Date()) }
        #expect(known.inputs(after: ["run", "lab/mine", "aspect_ratio"], "=") == ["1:1", "16:9"])
        #expect(known.inputs(after: ["run", "lab/mine", "aspect_ratio", "="], "1") == ["1:1", "16:9"])
        #expect(known.inputs(after: ["run", "lab/mine", "aspect_ratio", "=", "16"], ":") == ["9"])
        #expect(known.inputs(after: ["run", "lab/mine", "raw", "=", "true"], "") == ["prompt=", "aspect_ratio="])
        let line = TypedWords(["run", "lab/mine", "a", "=", "16", ":", "9"], "b")
        #expect(line.words == ["run", "lab/mine", "a=16:9"] && line.last == "b" && !line.isBroken)
    }

    @Test func `a command that names no model has the inputs of the usual one`() throws {
        let usual = DefaultModel.image
        let known = try candidates { try $0.models.save(model(usual), at: Date()) }
        #expect(known.inputs(after: ["darkroom", "image", "a fox", "--input"], "ra").contains("raw="))
        #expect(known.inputs(after: ["darkroom", "image", "a fox", "--input"], "raw=") == ["raw=true", "raw=false"])
        #expect(known.inputs(after: ["darkroom", "video", "--input"], "").isEmpty)
    }

    @Test func `the script for bash treats no name as that of a file`() {
        #expect(RootCommand.completionScript(for: .bash).contains(CompletionScript.parsers))
        #expect(CompletionScript.text(for: .bash).contains("compopt +o filenames"))
        #expect(CompletionScript.wanted(by: ["--generate-completion-script=zsh"])?.hasPrefix("#compdef") == true)
        #expect(CompletionScript.wanted(by: ["--generate-completion-script", "csh"]) == nil)
    }

    @Test func `without a history there are prices, and no history is made`() throws {
        let commands = try CommandHarness()
        let known = Candidates.known(
            in: Surroundings(environment: commands.environment, home: commands.folder.url, folder: commands.folder.url)
        )
        #expect(!known.models.isEmpty && known.hardware.contains("gpu-l40s"))
        #expect(known.runs.isEmpty && known.tags.isEmpty && known.activeRuns.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: commands.paths.database.path))
    }

    @Test func `the program answers a shell`() async throws {
        let commands = try CommandHarness()
        try commands.store().journal([record("seen", .settled, tags: ["fox"])])
        for shell in ["bash", "zsh", "fish"] {
            let script = try await commands.run("--generate-completion-script", shell)
            #expect(script.status == 0 && script.output.contains("---completion"), "\(shell)")
        }
    }
}
