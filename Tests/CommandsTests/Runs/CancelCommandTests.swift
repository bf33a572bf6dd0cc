import Foundation
import History
import ReplicateAPI
import Sandbox
import TestSupport
import Testing

@testable import Commands

struct CancelCommandTests {
    @Test func `a run at work is canceled, and its charge is told`() async throws {
        try await withSandbox(SandboxConfiguration(speed: 0.02, queueTime: .zero)) { _, url in
            let commands = try CommandHarness(api: url)
            let id = try #require(try await commands.run("image", "a fox", "--no-wait").lines.first)
            let result = try await commands.run("cancel", id)
            #expect(result.status == 0)
            #expect(result.lines.first?.hasPrefix("\(id)  ") == true)
            let again = try await commands.run("cancel", id, "--json")
            #expect(try again.document["prediction_id"] == .string(id))
        }
    }

    @Test func `a run that was never sent is taken back and costs nothing`() async throws {
        try await withSandbox(CommandHarness.immediate()) { sandbox, url in
            let commands = try CommandHarness(api: url)
            try commands.queue("waiting")
            let result = try await commands.run("cancel", "waiting", "--json")
            #expect(result.status == 0)
            #expect(try result.document["status"] == "refused")
            #expect(try result.document["prediction_id"] == .null)
            #expect(sandbox.statistics.predictionsCreated == 0)
            let again = try await commands.run("cancel", "waiting", "--json")
            #expect(again.status == 1)
            #expect(again.messages.contains("nothing to cancel") || again.messages.contains("has ended"))
        }
    }

    @Test func `each id has its line, and the worst one decides the status`() async throws {
        try await withSandbox(SandboxConfiguration(speed: 0.02)) { _, url in
            let commands = try CommandHarness(api: url)
            let id = try #require(try await commands.run("image", "a fox", "--no-wait").lines.first)
            let result = try await commands.run("cancel", "nobody", id, "--json")
            #expect(result.status == 66)
            let documents = try result.documents
            #expect(documents.map { $0["success"] } == [false, true])
            #expect(documents.map { $0["prediction_id"] } == ["nobody", .string(id)])
            #expect(documents[0]["exit_status"] == 66)
        }
    }

    @Test func `without an id or a token nothing is asked`() async throws {
        #expect(try await CommandHarness().run("cancel").status == 64)
        let result = try await CommandHarness().run("cancel", "nobody", "--json")
        #expect(result.status == 77)
        #expect(try result.document["success"] == false)
    }
}
