import Foundation
import TestSupport
import Testing

/// Whatever is typed or pasted, the studio answers.
@Suite(.inTurns)
struct LongTextTests {
    private func studio(_ workspace: Workspace) async throws -> PseudoTerminal {
        let studio = try workspace.terminal("demo")
        try await studio.waitForText("num_outputs")
        return studio
    }

    @Test(arguments: [
        String(repeating: "{", count: 40), String(repeating: "{a|b", count: 30),
        String(repeating: "{\"k\": 1, \"child\": ", count: 18) + "0" + String(repeating: "}", count: 18),
    ]) func `braces that are no alternatives hang nothing, neither now nor at the next start`(text: String) async throws
    {
        let workspace = try Workspace()
        for _ in 0..<2 {
            let studio = try await studio(workspace)
            studio.paste(text)
            try await studio.waitForText("chars")
            studio.press("ctrl+q")
            try await studio.waitForExit(as: .exited(0))
        }
    }

    @Test func `twenty thousand typed characters are taken in`() async throws {
        let workspace = try Workspace()
        let studio = try await studio(workspace)
        studio.send(String(repeating: "twenty characters. \r", count: 1_000))
        try await studio.waitForText("20000 chars")
        studio.press("ctrl+q")
        try await studio.waitForExit(as: .exited(0))
    }
}
