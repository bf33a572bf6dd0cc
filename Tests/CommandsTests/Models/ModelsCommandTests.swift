import ReplicateAPI
import TestSupport
import Testing

@testable import Commands

struct ModelsCommandTests {
    @Test func `models are found by words, with their price`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let commands = try CommandHarness(api: url)
            let documents = try await commands.run("models", "flux", "--json").documents
            #expect(documents.contains { $0["model"] == "black-forest-labs/flux-schnell" })
            #expect(documents.contains { $0["price"]?.string?.contains("$0.003") == true })
            let newest = try await commands.run("models")
            #expect(newest.status == 0)
            #expect(!newest.lines.isEmpty)
            let shown = try await commands.run(["models", "flux"], streams: .terminal(columns: 60))
            #expect(shown.lines.first?.hasPrefix("Model") == true)
            #expect(shown.lines.allSatisfy { $0.count <= 60 })
        }
    }

    @Test func `where none is found it says so, and as JSON nothing`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let commands = try CommandHarness(api: url)
            let text = try await commands.run("models", "nobody", "has", "this")
            #expect(text.status == 0)
            #expect(text.messages == "No model was found: other words may find one.\n")
            #expect(try await commands.run("models", "nobody", "has", "this", "--json").output.isEmpty)
        }
        #expect(try await CommandHarness().run("models").status == 77)
    }
}

struct SchemaCommandTests {
    @Test func `every input is a line: what it takes, what stands without it, what it means`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let commands = try CommandHarness(api: url)
            let text = try await commands.run("schema", "black-forest-labs/flux-schnell")
            #expect(text.status == 0)
            #expect(text.lines.contains { $0.hasPrefix("prompt") && $0.contains("text") && $0.contains("required") })
            #expect(text.lines.contains { $0.hasPrefix("num_outputs") && $0.contains("integer 1–4") })
            let document = try await commands.run("schema", "black-forest-labs/flux-schnell", "--json").document
            #expect(document["properties"]?.object?["prompt"] != nil)
            let shown = try await commands.run(
                ["schema", "black-forest-labs/flux-schnell"],
                streams: .terminal(columns: 90)
            )
            #expect(shown.lines.count == text.lines.count + 1)
            #expect(shown.lines.allSatisfy { $0.count <= 90 })
        }
    }

    @Test(arguments: [
        (["schema"], "model", 64), (["schema", "flux"], "flux", 64),
        (["schema", "nobody/nothing"], "models WORDS", 66),
    ])
    func `what is no model is told`(arguments: [String], sentence: String, status: Int32) async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let result = try await CommandHarness(api: url).run(arguments)
            #expect(result.status == status)
            #expect(result.messages.contains(sentence), "\(result.messages)")
        }
    }
}
