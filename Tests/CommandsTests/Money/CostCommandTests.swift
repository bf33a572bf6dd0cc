import ReplicateAPI
import TestSupport
import Testing

struct CostCommandTests {
    private static let flux = "black-forest-labs/flux-schnell"

    @Test func `the reference's estimate is the same as text and as JSON`() async throws {
        let commands = try CommandHarness()
        let arguments = ["cost", "--images", "10", "--video-seconds", "30"]
        let text = try await commands.run(arguments)
        #expect(text.status == 0)
        #expect(text.output == "$3.03  images $0.03, video $3.00  (USD)\n")
        #expect(text.messages.isEmpty)
        let json = try await commands.run(arguments + ["--json"])
        #expect(json.output == #"{"breakdown":{"images":0.03,"video":3},"estimated_cost":3.03}"# + "\n")
    }

    @Test func `without a word it explains itself, and as JSON nothing costs nothing`() async throws {
        let commands = try CommandHarness()
        let help = try await commands.run("cost")
        #expect(help.status == 0)
        #expect(help.output.contains("USAGE: darkroom cost"))
        #expect(try await commands.run("cost", "--json").document["estimated_cost"] == 0)
    }

    @Test func `a model in the price book has a price without a token or a network`() async throws {
        let commands = try CommandHarness()
        let document = try await commands.run("cost", Self.flux, "num_outputs=4", "--json").document
        #expect(document["basis"] == "exact")
        #expect(document["estimated_cost"] == 0.012)
        #expect(document["low"] == 0.012)
        #expect(document["high"] == 0.012)
        #expect(document["decision"] == "go")
        #expect(document["reason"] == .null)
        let text = try await commands.run("cost", Self.flux, "num_outputs=4", "--count", "2")
        #expect(text.lines.count == 1)
        #expect(text.output.hasPrefix("$0.024  "))
    }

    @Test func `a price that nobody knows is null and never 0`() async throws {
        let document = try await CommandHarness().run("cost", "acme/unheard-of", "--json").document
        #expect(document["basis"] == "unknown")
        for name in ["estimated_cost", "low", "high"] { #expect(document[name] == .null, "\(name)") }
        #expect(document["decision"] == "ask")
        #expect(document["explanation"]?.string?.isEmpty == false)
    }

    @Test(arguments: [
        ("ask_above: 0.001", "ask", "$0.001"), ("run: 0.002", "refuse", "$0.003 of $0.002 for one run"),
        ("day: 0.002", "refuse", "$0.003 of $0.002 today"), ("month: 0.001", "refuse", "this month"),
        ("ask_above: none", "go", ""),
    ])
    func `the budgets' decision is told before the run`(budget: String, decision: String, reason: String) async throws {
        let commands = try CommandHarness()
        try commands.configure("budget: {\(budget)}")
        let document = try await commands.run("cost", Self.flux, "--json").document
        #expect(document["decision"] == .string(decision))
        #expect(document["reason"]?.string?.contains(reason) ?? reason.isEmpty)
        let text = try await commands.run("cost", Self.flux)
        #expect(text.status == (decision == "refuse" ? 79 : 0))
        #expect(text.messages.contains(reason))
    }

    @Test(arguments: [
        (["cost", "--images", "2", flux], "know no model"), (["cost", "--images=-1"], "must not be negative"),
        (["cost", "num_outputs=4"], "Inputs go with a model"), (["cost", "--video-seconds", "long"], "a number"),
        (["cost", "--count", "2"], "go with a model"), (["cost", flux, "--count", "0"], "between 1 and 1000"),
        (["cost", flux, "--hardware", "gpu-of-mine"], "no hardware with a known price"),
        (["cost", "flux"], "owner/name"), (["cost", flux, "=4"], "KEY=VALUE"),
    ])
    func `wrong usage ends with 64 and a sentence`(arguments: [String], sentence: String) async throws {
        let commands = try CommandHarness()
        let text = try await commands.run(arguments)
        #expect(text.status == 64)
        #expect(text.output.isEmpty)
        #expect(text.messages.contains(sentence), "\(text.messages)")
        let document = try await commands.run(arguments + ["--json"]).document
        #expect(document["exit_status"] == 64)
    }

    @Test func `inputs that the model would refuse are refused`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let commands = try CommandHarness(api: url)
            let refused = try await commands.run("cost", Self.flux, "num_outputs=40")
            #expect(refused.status == 64)
            #expect(refused.messages.contains("num_outputs"))
            let missing = try await commands.run("cost", Self.flux)
            #expect(missing.status == 0)
            let unknown = try await commands.run("cost", Self.flux, "colour=red")
            #expect(unknown.status == 64)
            #expect(unknown.messages.contains("colour"))
        }
    }

    @Test func `hardware that is named once is remembered`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let commands = try CommandHarness(api: url)
            let first = try await commands.run("cost", "lab/slow-diffusion", "--hardware", "gpu-l40s", "--json")
                .document
            let second = try await commands.run("cost", "lab/slow-diffusion", "--json").document
            #expect(first["basis"] == "range")
            #expect(second == first)
        }
    }
}
