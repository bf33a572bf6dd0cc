import Foundation
import Sandbox
import TestSupport
import Testing

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
            try await first.waitForText("processing")
            first.signal(SIGKILL)
            #expect(try await first.waitForExit() == .signalled(SIGKILL))
            #expect(workspace.outputs("webp") == [])

            let second = try workspace.terminal(environment: workspace.environment(for: url))
            try await second.waitForText("✓ done")
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
            try await first.waitForText("write again")
            // A later change is on disk no earlier than the ones before it.
            first.press("alt+=")
            try await first.waitForText("2 runs")
            try await first.waitUntil(elsewhere: "the draft is on disk") {
                workspace.contains("write again") && workspace.contains("\"count\":2")
            }
            first.signal(SIGKILL)
            try await first.waitForExit()

            let second = try workspace.terminal(environment: workspace.environment(for: url))
            try await second.waitForText("write again")
            try await second.waitForText("2 runs")
            second.press("ctrl+q")
            try await second.waitForExit()
        }
    }
}

extension Workspace {
    /// Whether the text is in any file that the program keeps.
    func contains(_ text: String) -> Bool {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.compactMap { $0 as? URL } ?? []).contains { file in
            (try? Data(contentsOf: file))?.range(of: Data(text.utf8)) != nil
        }
    }
}
