import Foundation
import Sandbox
import Synchronization
import TestSupport
import Testing

/// The same order under the same key is made and paid once, over processes and kills.
@Suite(.inTurns, .timeLimit(.minutes(10)))
struct KeyTests {
    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
    }

    @Test func `eight processes with one key at the same instant make one prediction, and all return it`() async throws
    {
        let workspace = try Workspace()
        try await withSandbox { sandbox, url in
            let environment = workspace.environment(for: url)
            let commands = try (1...8).map { _ in
                try workspace.start("image", "a fox", "--key", "SKU-001", "--json", environment: environment)
            }
            var ids: Set<String> = []
            var reused = 0
            for command in commands {
                await expect(command, endsWith: 0)
                let result = try object(await command.output)
                ids.insert(try #require(result["prediction_id"] as? String))
                if result["reused"] as? Bool == true { reused += 1 }
                #expect(result["key"] as? String == "SKU-001")
                #expect((result["files"] as? [String])?.count == 1)
            }
            #expect(ids.count == 1)
            #expect(reused == 7)
            #expect(sandbox.statistics.predictionsCreated == 1)
        }
    }

    @Test func `other inputs under a key are refused with the difference, a failed run is made again, force makes one`()
        async throws
    {
        let workspace = try Workspace()
        try await withSandbox { sandbox, url in
            let environment = workspace.environment(for: url)
            func run(_ words: String...) async throws -> RunningCommand {
                let command = try workspace.start(["image"] + words, environment)
                _ = await command.status
                return command
            }
            #expect(await (try await run("a fox", "--key", "k", "--input", "num_outputs=1")).status == 0)
            // What the model takes anyway is no difference.
            #expect(await (try await run("a fox", "--key", "k")).status == 0)
            #expect(sandbox.statistics.predictionsCreated == 1)
            let other = try await run("a hare", "--key", "k", "--json")
            #expect(await other.status == 65)
            let error = try #require(try object(await other.output)["error"] as? String)
            #expect(error.contains(#"prompt was "a fox", now "a hare""#), "\(error)")
            #expect(sandbox.statistics.predictionsCreated == 1)
            #expect(await (try await run("a fox", "--key", "k", "--force")).status == 0)
            #expect(sandbox.statistics.predictionsCreated == 2)
            for created in 3...4 {
                let failing = try await run("a fox", "--key", "f", "--model", "lab/always-fails")
                await expect(failing, endsWith: 1)
                #expect(sandbox.statistics.predictionsCreated == created)
            }
            #expect(await (try await run("a fox, mended", "--key", "f")).status == 0)
            #expect(sandbox.statistics.predictionsCreated == 5)
        }
    }

    @Test func `a command without a wait is followed by one that waits for the same run and saves it once`()
        async throws
    {
        let workspace = try Workspace()
        try await withSandbox { sandbox, url in
            let environment = workspace.environment(for: url)
            let first = try workspace.start(
                "image",
                "a fox",
                "--key",
                "k",
                "--no-wait",
                "--json",
                environment: environment
            )
            #expect(await first.status == 0)
            let second = try workspace.start("image", "a fox", "--key", "k", "--json", environment: environment)
            #expect(await second.status == 0)
            let (before, after) = (try object(await first.output), try object(await second.output))
            #expect(before["prediction_id"] as? String == after["prediction_id"] as? String)
            #expect(after["reused"] as? Bool == true)
            #expect(workspace.outputs("webp").count == 1)
            #expect(sandbox.statistics.predictionsCreated == 1)
        }
    }

    /// The pieces that go over the network hold the model, the creation, its answer and the first questions.
    @Test(arguments: [3, 4, 5, 6, 7, 8, 10], [false, true])
    func `a command killed at any piece of its conversation and run again has made one prediction in all`(
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
            let words = ["image", "a fox", "--key", "SKU-001", "--json"]
            try command.withLock { command in
                command = try workspace.start(words, workspace.environment(for: proxy.url))
            }
            _ = await command.withLock { $0 }?.status
            proxy.open()
            // That the server has none takes a minute to be certain of; then it is made.
            let again = try workspace.start(words, workspace.environment(for: proxy.url))
            await expect(again, endsWith: 0)
            let third = try workspace.start(words, workspace.environment(for: proxy.url))
            #expect(try object(await third.output)["reused"] as? Bool == true)
            #expect(sandbox.statistics.predictionsCreated == 1)
            #expect(workspace.outputs("webp").count == 1)
        }
    }
}
