import Foundation
import Sandbox
import Synchronization
import TestSupport
import Testing

@Suite(.inTurns, .timeLimit(.minutes(10)))
struct KillTests {
    @Test func `a studio killed in mid-run finishes the run at the next start, with one prediction on the server`()
        async throws
    {
        let workspace = try Workspace()
        try await withSandbox(SandboxConfiguration(speed: 1)) { sandbox, url in
            let first = try workspace.terminal(environment: workspace.environment(for: url))
            try await first.waitForText("num_outputs")
            first.send("a lighthouse in a storm")
            try await first.waitForText("Run $0.003")
            first.press("alt+enter")
            try await first.waitUntil(elsewhere: "it is created") { sandbox.statistics.predictionsCreated == 1 }
            first.signal(SIGKILL)
            try await first.waitForExit(as: .signalled(SIGKILL))
            #expect(workspace.outputs("webp") == [])

            let second = try workspace.terminal(environment: workspace.environment(for: url))
            try await second.waitForText("✓ a lighthouse")
            try await second.waitUntil(elsewhere: "the file is saved") { workspace.outputs("webp").count == 1 }
            // What was being written is still there.
            try await second.waitForText("a lighthouse in a storm")
            second.press("ctrl+q")
            try await second.waitForExit()
            #expect(sandbox.statistics.predictionsCreated == 1)
            #expect(sandbox.statistics.leakedTokens == 0)
        }
    }

    @Test func `a draft survives a kill`() async throws {
        let workspace = try Workspace()
        try await withSandbox { _, url in
            let first = try workspace.terminal(environment: workspace.environment(for: url))
            try await first.waitForText("num_outputs")
            first.send("twelve words that nobody wants to write again")
            try await first.waitForText("nobody wants")
            // A later change is on disk no earlier than the ones before it.
            first.press("alt+=")
            try await first.waitForText("2 runs")
            try await first.waitUntil(elsewhere: "the draft is on disk") {
                workspace.contains("write again") && workspace.contains("\"count\":2")
            }
            first.signal(SIGKILL)
            try await first.waitForExit()

            let second = try workspace.terminal(environment: workspace.environment(for: url))
            try await second.waitForText("nobody wants")
            try await second.waitForText("2 runs")
            second.press("ctrl+q")
            try await second.waitForExit()
        }
    }

    /// The twelve first pieces that go over the network hold the model, the creation, its answer and the first questions.
    @Test(arguments: 1...12, [false, true])
    func `a command killed at any piece of its conversation goes on at the next start and creates nothing twice`(
        piece: Int,
        passes: Bool
    ) async throws {
        let workspace = try Workspace()
        try await withSandbox { sandbox, url in
            let command = Mutex<RunningCommand?>(nil)
            let proxy = try ChunkProxy(to: try #require(url.port), last: piece, passesLast: passes) {
                command.withLock { $0?.signal(SIGKILL) }
            }
            defer { proxy.stop() }
            try command.withLock { command in
                command = try workspace.start("image", "a fox", environment: workspace.environment(for: proxy.url))
            }
            _ = await command.withLock { $0 }?.status
            proxy.open()
            let environment = workspace.environment(for: proxy.url)
            // That there is none takes a minute to be certain of; one that is there is found and saved.
            repeat {
                _ = await (try workspace.start("resume", "--timeout", "3", environment: environment)).status
            } while workspace.outputs("webp").count < sandbox.statistics.predictionsCreated
            let list = await (try workspace.start("list", "--json", environment: environment)).output
            let created = sandbox.statistics.predictionsCreated
            #expect(created <= 1)
            #expect(created == 0 || list.contains(#""status":"succeeded""#), "\(list)")
            #expect(sandbox.statistics.leakedTokens == 0)
        }
    }

    @Test func `a command killed in the middle of a download leaves no half picture, and the next start fetches it`()
        async throws
    {
        let workspace = try Workspace()
        let slowly = FaultRule(.drip, .first(1), at: .delivery)
        try await withSandbox(SandboxConfiguration(speed: 20, faults: [slowly])) { sandbox, url in
            let environment = workspace.environment(for: url)
            let command = try workspace.start("image", "a fox", environment: environment)
            // Whether the folder takes files is tried before anything is sent.
            while sandbox.statistics.predictionsCreated == 0 || workspace.parts.isEmpty {
                try await Task.sleep(for: .milliseconds(1))
            }
            command.signal(SIGKILL)
            _ = await command.status
            #expect(workspace.outputs("webp").isEmpty)
            #expect(await (try workspace.start("resume", environment: environment)).status == 0)
            #expect(workspace.outputs("webp").count == 1)
            #expect(sandbox.statistics.predictionsCreated == 1)
        }
    }
}

extension Workspace {
    /// Files that are still arriving, or were.
    var parts: [URL] { outputs("part") }

    /// Whether the text is in any file that the program keeps.
    func contains(_ text: String) -> Bool {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.compactMap { $0 as? URL } ?? []).contains { file in
            (try? Data(contentsOf: file))?.range(of: Data(text.utf8)) != nil
        }
    }
}
