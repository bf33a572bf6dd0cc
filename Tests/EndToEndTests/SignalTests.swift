import Foundation
import TestSupport
import Testing

/// No signal leaves the terminal in the alternate screen, and none can be ignored for ever.
@Suite(.inTurns)
struct SignalTests {
    private static let modes: Set<Int> = [1000, 1002, 1003, 1004, 1006, 1036, 1049, 2004, 2031]

    @Test(arguments: [
        SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU, SIGXFSZ, SIGSYS, SIGVTALRM, SIGPROF, SIGQUIT, SIGIO, SIGPWR, SIGSTKFLT,
        SIGABRT, SIGSEGV, 40,
    ]) func `a signal that ends the process gives the terminal back first`(number: Int32) async throws {
        let workspace = try Workspace()
        // Swift's own backtrace of a debug build takes minutes.
        let environment = workspace.environment(["SWIFT_BACKTRACE": "enable=no"])
        let studio = try workspace.terminal("demo", environment: environment)
        try await studio.waitForText("num_outputs")
        studio.signal(number)
        try await studio.waitForExit(as: .signalled(number))
        #expect(studio.attributesAreRestored)
        #expect(studio.modes.isDisjoint(with: Self.modes))
    }

    /// An editor that heeds no signal keeps the main thread from doing anything.
    @Test func `a second request to end ends it, whatever the main thread does`() async throws {
        let workspace = try Workspace()
        let editor = try workspace.script(
            "editor",
            "trap '' TERM HUP INT; echo editor is up; while read line; do :; done"
        )
        let studio = try workspace.terminal("demo", environment: workspace.environment(["EDITOR": editor]))
        try await studio.waitForText("num_outputs")
        studio.press("f4")
        try await studio.waitForText("editor is up")
        studio.signal(SIGTERM)
        studio.signal(SIGTERM)
        try await studio.waitForExit(as: .signalled(SIGTERM))
    }

    @Test func `TERM is the editor's too, and the draft is kept`() async throws {
        let workspace = try Workspace()
        let editor = try workspace.script("editor", "echo editor is up; while read line; do :; done")
        let studio = try workspace.terminal("demo", environment: workspace.environment(["EDITOR": editor]))
        try await studio.waitForText("num_outputs")
        studio.send("half a sent")
        try await studio.waitForText("half a sent")
        studio.press("f4")
        try await studio.waitForText("editor is up")
        studio.signal(SIGTERM)
        try await studio.waitForExit(as: .exited(0))
        #expect(studio.attributesAreRestored)
        #expect(workspace.contains("half a sent"))
    }
}
