import Foundation
import History
import ReplicateAPI
import ReplicateClient
import Sandbox
import TestSupport
import Testing

@testable import Commands

/// What commands do with ids that name nothing, everything, or what is somebody else's.
struct RunNameTests {
    @Test(arguments: ["show", "poll", "cancel", "tag", "delete"], ["", " "])
    func `an empty id, such as a variable that was never set, is wrong usage and asks nobody`(
        command: String,
        id: String
    ) async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let transport = AlteredTransport()
            let commands = try CommandHarness(api: url, transport: transport)
            try commands.settle("only")
            let result = try await commands.run(command, id, "--json")
            #expect(result.status == 64)
            #expect(result.messages.contains("An id is empty: `darkroom list` shows them."))
            #expect(try result.document["exit_status"] == 64)
            #expect(transport.sent.isEmpty)
            #expect(try await commands.run("list", "--json").documents.count == 1)
        }
    }

    @Test(arguments: ["../models", "a/b?x=1", "%2e%2e", "..", "a b", "x\u{1B}[2J"])
    func `an id stays one component of the address, and comes back harmless`(id: String) async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let transport = AlteredTransport()
            let commands = try CommandHarness(api: url, transport: transport)
            for command in ["show", "poll", "cancel"] {
                let result = try await commands.run(command, id, "--json")
                #expect(result.status == 66, "\(command): \(result.messages)")
                #expect(result.messages.contains("`darkroom list --remote` shows"))
                #expect(!result.messages.contains("\u{1B}"))
            }
            let paths = transport.sent.compactMap { URLComponents(string: $0.url)?.percentEncodedPath }
            #expect(paths.allSatisfy { $0.hasPrefix("/v1/predictions/") && $0.split(separator: "/").count <= 4 })
        }
    }

    @Test func `several ids are each told, and the worst one decides, in whatever order they come`() async throws {
        try await withSandbox(SandboxConfiguration(speed: 0.02)) { _, url in
            let commands = try CommandHarness(api: url)
            try commands.queue("waiting")
            try commands.settle("ended", status: .failed) { $0.prediction = nil }
            for names in [["nobody", "run-ended"], ["run-ended", "nobody"]] {
                let result = try await commands.run(["cancel"] + names + ["--json"])
                #expect(result.status == 66)
                #expect(try Set(result.documents.map { $0["exit_status"] }) == [1, 66])
                #expect(result.messages.contains("`darkroom show run-ended` tells how"))
            }
            let polled = try await commands.run("poll", "nobody", "waiting", "--json")
            #expect(polled.status == 69)
            #expect(try polled.documents.map { $0["status"] } == ["error", "queued"])
        }
    }

    @Test func `what is in flight with another token is told as that, and nothing is made of it`() async throws {
        try await withSandbox(SandboxConfiguration(speed: 0.02)) { sandbox, url in
            let commands = try CommandHarness(api: url)
            let id = try #require(try await commands.run("image", "a fox", "--no-wait").lines.first)
            var others = commands
            // Another account sees nothing of the prediction.
            others.environment["REPLICATE_API_TOKEN"] = "r8_ofAnotherAccount0123456789"
            others.transport = AlteredTransport(answer: { request in
                request.url.contains("/predictions/")
                    ? .init(status: 404, body: Data(#"{"detail":"not found","status":404}"#.utf8)) : nil
            })
            for command in ["poll", "cancel"] {
                let result = try await others.run(command, id, "--json")
                #expect(result.status == 75, "\(command): \(result.messages)")
                #expect(try result.document["exit_status"] == 75)
                #expect(try result.document["error"]?.string?.isEmpty == false)
            }
            let shown = try await others.run("show", id, "--json")
            #expect(shown.status == 0)
            #expect(try shown.document["cost"] == .null)
            #expect(shown.messages.contains("this is what was last known"))
            #expect(try await others.run("delete", id).status == 1)
            #expect(try await commands.run("list", "--json").documents.count == 1)
            #expect(sandbox.statistics.predictionsCreated == 1)
            _ = try await commands.run("cancel", id)
        }
    }
}
