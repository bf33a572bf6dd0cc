import Foundation
import TestSupport
import Testing

/// However the studio ends, the terminal is as it was.
@Suite(.inTurns)
struct LeavingTests {
    private static let modes: Set<Int> = [1000, 1002, 1003, 1004, 1006, 1049, 2004, 2031]

    private func studio(_ workspace: Workspace) async throws -> PseudoTerminal {
        let studio = try workspace.terminal("demo")
        try await studio.waitForText("num_outputs")
        studio.send("half a sent")
        try await studio.waitForText("half a sent")
        return studio
    }

    @Test(arguments: [SIGTERM, SIGINT]) func `a signal ends it in order`(number: Int32) async throws {
        let workspace = try Workspace()
        let studio = try await studio(workspace)
        studio.signal(number)
        try await studio.waitForExit()
        #expect(studio.attributesAreRestored)
        #expect(studio.modes.isDisjoint(with: Self.modes))
        #expect(workspace.contains("half a sent"))
    }

    @Test func `a closed window ends it, and the draft is kept`() async throws {
        let workspace = try Workspace()
        let studio = try await studio(workspace)
        studio.hangUp()
        try await studio.waitForExit()
        #expect(workspace.contains("half a sent"))
    }

    @Test func `interrupt ends it and loses nothing`() async throws {
        let workspace = try Workspace()
        let studio = try await studio(workspace)
        studio.press("ctrl+c")
        // What it says to that goes after a while, also before anybody has looked.
        try await studio.waitForText("0 chars")
        studio.press("ctrl+c")
        // A second one that comes late, as on a busy machine, is asked about; the third is a person's word.
        try await studio.waitUntil("it has ended or asks") { !$0.isRunning || $0.contains("Leave the studio?") }
        if studio.isRunning { studio.press("ctrl+c") }
        try await studio.waitForExit()
        #expect(studio.attributesAreRestored)
        #expect(studio.modes.isDisjoint(with: Self.modes))
        #expect(workspace.contains("half a sent"))
    }

    @Test func `suspend gives the terminal back, and foreground takes it again`() async throws {
        let workspace = try Workspace()
        let shell = try PseudoTerminal(
            "/bin/bash",
            arguments: ["--norc", "--noprofile", "-i"],
            environment: workspace.environment(["PS1": "shell> "]),
            columns: 120,
            rows: 36,
            directory: workspace.folder.path
        )
        try await shell.waitForText("shell>")
        shell.send("\(Workspace.program) demo\r")
        try await shell.waitForText("num_outputs")
        shell.send("kept over a break")
        try await shell.waitForText("kept over a break")
        shell.press("ctrl+z")
        try await shell.waitForText("Stopped")
        #expect(shell.modes.isDisjoint(with: Self.modes.subtracting([2004])))
        shell.send("fg\r")
        try await shell.waitUntil("the studio is back") { $0.contains("kept over a break") && $0.contains("Prompt") }
        shell.press("ctrl+q")
        try await shell.waitUntil("the shell is back") { !$0.modes.contains(1049) && $0.contains("shell>") }
        shell.send("exit\r")
        try await shell.waitForExit()
    }
}
