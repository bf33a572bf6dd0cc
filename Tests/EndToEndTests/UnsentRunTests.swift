import Foundation
import Sandbox
import TestSupport
import Testing

/// Runs that were journaled and never sent, because the API could not be reached.
@Suite(.inTurns, .timeLimit(.minutes(10)))
struct UnsentRunTests {
    private func id(_ workspace: Workspace, _ environment: [String: String]) async throws -> String {
        let list = await (try workspace.start("list", "--json", "--status", "queued", environment: environment)).output
        let line = try #require(list.split(separator: "\n").first)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        return try #require(object["id"] as? String)
    }

    /// A history with one run in line, and the environment of an API that nobody answers at.
    ///
    /// - Parameter body: `comesBack` has the API answer at the same address from then on.
    private func withUnsentRun(
        _ body: (Workspace, _ id: String, _ api: [String: String], SandboxServer, _ comesBack: () throws -> Void)
            async throws -> Void
    ) async throws {
        let workspace = try Workspace()
        let nobody = try LoopbackSocket(isListening: false)
        var proxy: ChunkProxy?
        defer { if let proxy { proxy.stop() } else { nobody.close() } }
        let api = workspace.environment(for: try #require(URL(string: "http://127.0.0.1:\(nobody.port)/v1")))
        try await withSandbox { sandbox, url in
            let there = workspace.environment(for: url)
            // So that the model is known.
            #expect(await (try workspace.start("image", "a hare", "--no-download", environment: there)).status == 0)
            let run = try workspace.start("image", "a fox", "--timeout", "1", "--json", environment: api)
            #expect(await run.status == 69)
            let result = try #require(
                try JSONSerialization.jsonObject(with: Data(await run.output.utf8)) as? [String: Any]
            )
            #expect(result["success"] as? Bool == false)
            #expect(result["error"] as? String == "queued, not sent")
            let port = try #require(url.port)
            try await body(workspace, try await id(workspace, api), api, sandbox) {
                try nobody.startListening()
                proxy = try ChunkProxy(to: port, listener: nobody)
            }
        }
    }

    @Test func `such a run is told as not sent, and can be taken back by its own id`() async throws {
        try await withUnsentRun { workspace, id, api, sandbox, comesBack in
            let poll = try workspace.start("poll", id, "--json", environment: api)
            #expect(await poll.status == 69)
            #expect(await poll.output.contains(#""status":"queued""#))
            #expect(
                await (try workspace.start("poll", id, environment: api)).messages.contains("darkroom cancel \(id)")
            )
            #expect(await (try workspace.start("cancel", id, environment: api)).status == 0)
            #expect(await (try workspace.start("cancel", id, environment: api)).status == 1)
            try comesBack()
            #expect(await (try workspace.start("resume", environment: api)).messages.contains("Nothing was in flight"))
            #expect(sandbox.statistics.predictionsCreated == 1)
        }
    }

    @Test func `resume says what it sends for the first time and its price, and leaves it where it is told to`()
        async throws
    {
        try await withUnsentRun { workspace, id, api, sandbox, comesBack in
            try comesBack()
            let left = try workspace.start("resume", "--no-send", environment: api)
            #expect(await left.status == 69)
            #expect(sandbox.statistics.predictionsCreated == 1)
            let sent = try workspace.start("resume", environment: api)
            #expect(await sent.status == 0)
            let messages = await sent.messages
            #expect(messages.contains("Sent for the first time: \(id)"))
            #expect(messages.contains("One run, $0.003 in all"))
            #expect(sandbox.statistics.predictionsCreated == 2)
            #expect(await (try workspace.start("poll", id, environment: api)).status == 0)
        }
    }

    @Test func `the studio says that it sends what an earlier session left in line`() async throws {
        try await withUnsentRun { workspace, _, api, sandbox, comesBack in
            try comesBack()
            let studio = try workspace.terminal(environment: api)
            try await studio.waitForText("queued earlier is sent now: $0.003")
            try await studio.waitUntil(elsewhere: "it is created") { sandbox.statistics.predictionsCreated == 2 }
            try await studio.waitUntil(elsewhere: "it is saved") { workspace.outputs("webp").count == 1 }
            try await studio.waitForText("✓ a fox")
            studio.press("ctrl+q")
            try await studio.waitForExit()
        }
    }

    @Test(arguments: [
        "HTTP/1.1 407 Proxy Authentication Required", "HTTP/1.1 502 Bad Gateway", "HTTP/1.1 403 Forbidden", "",
    ])
    func `what a proxy refuses never left, whatever it says`(line: String) async throws {
        let workspace = try Workspace()
        let proxy = try RawServer { _ in Array((line.isEmpty ? "" : line + "\r\nContent-Length: 0\r\n\r\n").utf8) }
        defer { proxy.stop() }
        try await withSandbox { _, url in
            let known = try workspace.start("image", "x", "--no-download", environment: workspace.environment(for: url))
            #expect(await known.status == 0)
        }
        let environment = workspace.environment([
            "REPLICATE_API_TOKEN": Workspace.token, "REPLICATE_BASE_URL": "https://api.invalid/v1",
            "HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)",
        ])
        let run = try workspace.start("image", "y", "--timeout", "10", environment: environment)
        #expect(await run.status == 69)
        #expect(await run.messages.contains("not sent"))
        // The end of the command may cut a connection on which nothing was said yet.
        let received = proxy.received.filter { !$0.isEmpty }
        #expect(received.allSatisfy { $0.hasPrefix("CONNECT api.invalid:443 ") && !$0.contains(Workspace.token) })
        #expect(!received.isEmpty)
    }

    @Test func `an API on this machine is asked without a proxy`() async throws {
        let workspace = try Workspace()
        let proxy = try RawServer { _ in Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".utf8) }
        defer { proxy.stop() }
        try await withSandbox { sandbox, url in
            let address = "http://127.0.0.1:\(proxy.port)"
            let environment = workspace.environment(for: url).merging(
                ["http_proxy": address, "HTTPS_PROXY": address, "ALL_PROXY": address]
            ) { $1 }
            let run = try workspace.start("image", "x", "--no-download", environment: environment)
            #expect(await run.status == 0)
            #expect(proxy.received.isEmpty)
            #expect(sandbox.statistics.predictionsCreated == 1)
        }
    }
}
