import Foundation
import Money
import ReplicateAPI
import TestSupport
import Testing

@testable import Commands

struct ShowCommandTests {
    private func withRun(_ body: (CommandHarness) async throws -> Void) async throws {
        let commands = try CommandHarness()
        try commands.settle("first", files: [try commands.folder.write("x", to: "first.webp").path])
        try await body(commands)
    }

    @Test func `a run is found by its ids, by a beginning of one, and by a file`() async throws {
        try await withRun { commands in
            for name in ["first", "fir", "run-first", "run-f", "first.webp", commands.folder.file("first.webp").path] {
                let result = try await commands.run("show", name, "--json")
                #expect(result.status == 0, "\(name): \(result.messages)")
                #expect(try result.document["run_id"] == "run-first", "\(name)")
            }
        }
    }

    @Test func `estimate and cost stand side by side, with what the server said`() async throws {
        try await withRun { commands in
            let document = try await commands.run("show", "first", "--json").document
            #expect(document["estimate_low"] == 0.02)
            #expect(document["cost"] == 0.02)
            #expect(document["cost_because"] == "2 images")
            #expect(document["status"] == "succeeded")
            #expect(document["files"]?.array?.count == 1)
            #expect(document["missing_files"] == [])
            #expect(document["prediction"]?.object?["id"] == "first")
            let text = try await commands.run("show", "first")
            #expect(text.lines.contains { $0.hasPrefix("cost") && $0.contains("$0.02 (2 images)") })
            #expect(text.lines.contains { $0.hasPrefix("input prompt") && $0.hasSuffix("a fox") })
        }
    }

    @Test func `the server's answer comes unchanged, and not beside the other form`() async throws {
        try await withRun { commands in
            let raw = try await commands.run("show", "first", "--raw")
            #expect(try raw.document["output"] == ["https://replicate.delivery/first.webp"])
            #expect(try await commands.run("show", "first", "--raw", "--json").status == 64)
            try commands.queue("waiting")
            #expect(try await commands.run("show", "waiting", "--raw").status == 1)
        }
    }

    @Test func `a beginning of several is refused with their names`() async throws {
        try await withRun { commands in
            try commands.settle("fiction")
            let result = try await commands.run("show", "fi")
            #expect(result.status == 64)
            #expect(result.messages.contains("first") && result.messages.contains("fiction"))
        }
    }

    @Test func `what this history does not have is asked for`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let made = try await CommandHarness(api: url).run("image", "a fox", "--json").document
            let id = try #require(made["prediction_id"]?.string)
            let other = try CommandHarness(api: url)
            let document = try await other.run("show", id, "--json").document
            #expect(document["status"] == "succeeded")
            #expect(document["estimate_low"] == .null)
            let unknown = try await other.run("show", "nobody", "--json")
            #expect(unknown.status == 66)
            #expect(try unknown.document["success"] == false)
            #expect(try await other.run("list").output.isEmpty)
        }
        #expect(try await CommandHarness().run("show", "nobody").status == 77)
        #expect(try await CommandHarness().run("show").status == 64)
    }

    @Test func `control sequences in what the server said do not reach a terminal`() async throws {
        let commands = try CommandHarness()
        try commands.settle("evil", model: "a/\u{1B}[2Jb")
        let shown = try await commands.run(["show", "evil"], streams: .terminal(columns: 200))
        #expect(!shown.output.contains("\u{1B}"))
        let raw = try await commands.run(["show", "evil", "--raw"], streams: .terminal(columns: 200))
        #expect(!raw.output.contains("\u{1B}"))
    }

    @Test func `a picture of another machine says what made it`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let commands = try CommandHarness(api: url)
            let saved = try await commands.run("image", "a red fox", "--json")
            let made = try saved.document
            let file = try #require(made["files"]?.array?.first?.string)
            let elsewhere = try CommandHarness()
            let shown = try await elsewhere.run("show", file, "--json").document
            #expect(shown["made_by"] == "darkroom")
            #expect(shown["prompt"] == "a red fox")
            #expect(shown["prediction_id"] == made["prediction_id"])
            #expect(shown["seed"] == made["input"]?["seed"])
            #expect(shown["omitted_inputs"] == [])
            let text = try await elsewhere.run("show", file)
            #expect(text.lines.contains { $0.hasPrefix("prompt") && $0.hasSuffix("a red fox") })
        }
    }

    @Test func `metadata that is off is in no file`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let commands = try CommandHarness(api: url)
            try commands.configure("metadata: off")
            let file = try #require(try await commands.run("image", "a red fox").lines.first)
            #expect(try Data(contentsOf: URL(filePath: file)).range(of: Data("red fox".utf8)) == nil)
            #expect(try await CommandHarness().run("show", file).status != 0)
        }
    }
}
