import Foundation
import History
import Money
import ReplicateAPI
import Sandbox
import TestSupport
import Testing

@testable import Commands

/// What nobody knows is shown as unknown, and never as an amount of nothing.
struct UnknownCostTests {
    /// A history with one run whose cost nobody knows, and one under way at a price nobody knows.
    private func unknown() throws -> CommandHarness {
        let commands = try CommandHarness()
        try commands.settle(
            "lost",
            cost: .unknown(reason: "the API names no hardware"),
            estimate: .unknown(reason: "no price")
        )
        var run = RunRecord(
            id: "waiting",
            model: "a/b",
            input: [:],
            prompt: "a hare",
            origin: .studio,
            createdAt: Date(timeIntervalSinceNow: -60),
            estimate: .unknown(reason: "no price")
        )
        run.stage = .queued
        try commands.store().journal([run])
        return commands
    }

    private static func hasZero(_ text: String) -> Bool { text.contains(/\$0(\.0+)?\b/) }

    @Test(arguments: [
        ["spend"], ["spend", "--by", "model"], ["spend", "--by", "status"], ["spend", "--by", "day,model"], ["list"],
        ["show", "lost"], ["resume"],
    ])
    func `no text shows it as zero`(arguments: [String]) async throws {
        let result = try await unknown().run(arguments)
        #expect(!Self.hasZero(result.output), "\(result.output)")
        #expect(!Self.hasZero(result.messages), "\(result.messages)")
        if arguments[0] == "spend" {
            #expect(result.messages.contains("? USD for 1 run · "))
            #expect(result.messages.contains("1 under way at a price nobody knows"))
            #expect(result.messages.contains("the cost of 1 is not known"))
        }
    }

    @Test func `as JSON and as a sheet it is null or nothing`() async throws {
        let commands = try unknown()
        let document = try await commands.run("spend", "--by", "model", "--json").document
        #expect(document["total"]?["cost"] == .null)
        #expect(document["total"]?["unknown_runs"] == 1)
        #expect(document["total"]?["unknown_up_to"] == .null)
        #expect(document["under_way"] == ["runs": 1, "up_to": .null, "unknown_runs": 1])
        let lines = try #require(document["lines"]?.array)
        for name in ["cost", "compared", "estimate_low", "estimate_high"] {
            #expect(lines.allSatisfy { $0[name] == .null }, "\(name)")
        }
        #expect(try await commands.run("spend", "--by", "model", "--csv").lines.last == "a/b,1,,0,1,,,")
        for run in try await commands.run("list", "--json").documents {
            for name in ["cost", "estimate", "estimate_low", "estimate_high"] { #expect(run[name] == .null, "\(name)") }
        }
    }

    @Test func `a limit cannot hold where the price is not known, and nothing is sent`() async throws {
        try await withSandbox(CommandHarness.immediate()) { sandbox, url in
            let commands = try CommandHarness(api: url)
            let order = ["meta/meta-llama-3-8b-instruct", "prompt=x", "--max-cost", "1", "--json"]
            for command in ["run", "cost"] {
                let result = try await commands.run([command] + order)
                #expect(result.status == 79, "\(command)")
                #expect(result.messages.contains("--max-cost cannot hold; leave it out to run all the same"))
                let document = try #require(try result.documents.first)
                #expect(document["estimated_cost"] ?? .null == .null)
            }
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test func `a model that nobody has priced is unknown without a network too, with what to do`() async throws {
        let commands = try CommandHarness()
        let text = try await commands.run("cost", "nobody/knows")
        #expect(text.status == 0)
        #expect(text.output.hasPrefix("?  "))
        #expect(!Self.hasZero(text.output))
        let limited = try await commands.run("cost", "nobody/knows", "--max-cost", "9", "--json")
        #expect(limited.status == 79)
        #expect(try limited.document["basis"] == "unknown")
        #expect(try limited.document["low"] == .null && limited.document["high"] == .null)
        #expect(limited.messages.contains("leave it out to run all the same"))
    }
}
