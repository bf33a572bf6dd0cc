import Foundation
import History
import ReplicateAPI
import Sandbox
import TestSupport
import Testing

@testable import Commands

struct ResumeCommandTests {
    @Test func `with nothing in flight it says so, and as JSON nothing`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let commands = try CommandHarness(api: url)
            let text = try await commands.run("resume")
            #expect(text.status == 0)
            #expect(text.output.isEmpty)
            #expect(text.messages == "Nothing was in flight.\n")
            #expect(try await commands.run("resume", "--json").output.isEmpty)
        }
    }

    @Test func `a run that was never sent is not sent where that is forbidden`() async throws {
        try await withSandbox(CommandHarness.immediate()) { sandbox, url in
            let commands = try CommandHarness(api: url)
            try commands.queue("waiting")
            let left = try await commands.run("resume", "--no-send", "--json")
            #expect(left.status == 69)
            #expect(try left.document["error"] == "queued, not sent")
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test func `when its time is up a run goes on, and the status is 75`() async throws {
        try await withSandbox(SandboxConfiguration(speed: 0.02)) { _, url in
            let commands = try CommandHarness(api: url)
            let id = try #require(try await commands.run("image", "a fox", "--no-wait").lines.first)
            let result = try await commands.run("resume", "--timeout", "0", "--json")
            #expect(result.status == 75)
            #expect(try result.document["prediction_id"] == .string(id))
            _ = try await commands.run("cancel", id)
        }
    }

    @Test func `what was sent with another token is left to that one, and told as that by every command`()
        async throws
    {
        try await withSandbox(SandboxConfiguration(speed: 0.02)) { sandbox, url in
            let commands = try CommandHarness(api: url)
            let order = ["image", "a fox", "--key", "order-1", "--json"]
            let id = try #require(try await commands.run("image", "a fox", "--key", "order-1", "--no-wait").lines.first)
            var others = commands
            others.environment["REPLICATE_API_TOKEN"] = "r8_ofAnotherAccount0123456789"
            let sentence: JSONValue = .string(RunRecord.elsewhere)
            let resumed = try await others.run("resume", "--json")
            #expect(resumed.status == 75)
            #expect(try resumed.document["error"] == sentence)
            let ordered = try await others.run(order)
            #expect(ordered.status == 75)
            #expect(try ordered.document["error"] == sentence)
            #expect(try ordered.document["prediction_id"] == .string(id))
            #expect(try await others.run(order + ["--no-wait"]).status == 75)
            #expect(try await others.run("list").messages.contains(RunRecord.elsewhere))
            #expect(try await commands.run("list").messages.isEmpty)
            #expect(sandbox.statistics.predictionsCreated == 1)
            _ = try await commands.run("cancel", id)
        }
    }

    @Test func `without a token nothing is taken over`() async throws {
        let commands = try CommandHarness()
        try commands.queue("waiting")
        let result = try await commands.run("resume", "--json")
        #expect(result.status == 77)
        #expect(try commands.store().inFlight().map(\.stage) == [.queued])
        #expect(try await commands.run("resume", "--timeout", "soon").status == 64)
    }
}
