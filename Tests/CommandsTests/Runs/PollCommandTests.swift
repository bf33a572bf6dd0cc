import Foundation
import ReplicateAPI
import Sandbox
import TestSupport
import Testing

@testable import Commands

struct PollCommandTests {
    @Test func `one that was started elsewhere is taken into the history`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let id = try #require(try await CommandHarness(api: url).run("image", "a fox", "--no-wait").lines.first)
            let other = try CommandHarness(api: url)
            #expect(try await other.run("poll", id, "--no-download", "--json").document["files"] == [])
            let saved = try await other.run("poll", id, "--output-dir", other.folder.file("here").path, "--json")
            #expect(try saved.document["files"]?.array?.count == 1)
        }
    }

    @Test func `the reference's word for a time that is up is timeout, and the status is 75`() async throws {
        try await withSandbox(SandboxConfiguration(speed: 0.02)) { _, url in
            let commands = try CommandHarness(api: url)
            let id = try #require(try await commands.run("image", "a fox", "--no-wait").lines.first)
            let result = try await commands.run("poll", id, "--timeout", "0", "--json")
            #expect(result.status == 75)
            #expect(try result.document["status"] == "timeout")
            #expect(result.messages.contains("darkroom poll \(id)"))
            _ = try await commands.run("cancel", id)
        }
    }

    @Test func `a run that was never sent is told of, and is not sent`() async throws {
        try await withSandbox(CommandHarness.immediate()) { sandbox, url in
            let commands = try CommandHarness(api: url)
            try commands.queue("waiting")
            let result = try await commands.run("poll", "waiting", "--json")
            #expect(result.status == 69)
            #expect(try result.document["status"] == "queued")
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test func `a failed one ends with 1 and its cause`() async throws {
        try await withSandbox(CommandHarness.immediate { $0.faults = [FaultRule(.failed)] }) { _, url in
            let commands = try CommandHarness(api: url)
            let id = try #require(try await commands.run("image", "a fox", "--json").document["prediction_id"]?.string)
            let result = try await commands.run("poll", id, "--json")
            #expect(result.status == 1)
            #expect(try result.document["status"] == "failed")
            #expect(try result.document["error"]?.string?.isEmpty == false)
        }
    }

    @Test func `without a token nobody is asked`() async throws {
        let result = try await CommandHarness().run("poll", "nobody", "--json")
        #expect(result.status == 77)
        #expect(try result.document["status"] == "error")
    }

    @Test(arguments: [
        ["poll"], ["poll", "nobody", "--interval", "0"], ["poll", "nobody", "--timeout", "-1"],
    ])
    func `wrong usage ends with 64`(arguments: [String]) async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let result = try await CommandHarness(api: url).run(arguments + ["--json"])
            #expect(result.status == 64)
            #expect(try result.document["status"] == "error")
            #expect(try result.document["output"] == .null)
        }
    }
}
