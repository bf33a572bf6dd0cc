import Foundation
import History
import Sandbox
import TestSupport
import Testing

/// Two processes that cannot see each other's process ids, as in two containers with one volume.
@Suite(.inTurns, .timeLimit(.minutes(10)))
struct NamespaceTests {
    /// Words before a command that give it process ids of its own; nil: this machine does not let us.
    private static let words: [String]? = {
        let candidates = [
            ["/usr/bin/unshare", "--pid", "--fork", "--kill-child", "--mount-proc"],
            ["/usr/bin/unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc"],
        ]
        return candidates.first { words in
            let probe = Process()
            probe.executableURL = URL(filePath: words[0])
            probe.arguments = Array(words.dropFirst()) + ["/bin/true"]
            probe.standardError = FileHandle.nullDevice
            guard (try? probe.run()) != nil else { return false }
            probe.waitUntilExit()
            return probe.terminationStatus == 0
        }
    }()

    @Test(.enabled(if: words != nil, "unshare is not allowed here"))
    func `a process in another namespace does not take a living one for dead`() async throws {
        let words = try #require(Self.words)
        let workspace = try Workspace()
        try await withSandbox(SandboxConfiguration(speed: 0.001)) { sandbox, url in
            let environment = workspace.environment(for: url)
            func start(_ arguments: String...) throws -> RunningCommand {
                try RunningCommand(
                    words[0],
                    words.dropFirst() + [Workspace.program] + arguments,
                    environment,
                    directory: workspace.folder
                )
            }
            let first = try start("image", "a fox")
            while sandbox.statistics.predictionsCreated == 0 { try await Task.sleep(for: .milliseconds(5)) }
            let store = try HistoryStore.open(path: workspace.database.path)
            while try store.inFlight().first?.stage != .accepted { try await Task.sleep(for: .milliseconds(5)) }
            let id = try #require(try store.inFlight().first).id
            #expect(try store.claim(id) == nil)
            let second = try start("resume", "--timeout", "1")
            #expect(await second.status == 75)
            // Had the second taken it over, it would be a dead one's now, and free.
            #expect(try store.claim(id) == nil)
            first.signal(SIGKILL)
            _ = await first.status
            // Once its process has gone, anybody may go on with it.
            while try store.claim(id) == nil { try await Task.sleep(for: .milliseconds(5)) }
            #expect(sandbox.statistics.predictionsCreated == 1)
        }
    }
}
