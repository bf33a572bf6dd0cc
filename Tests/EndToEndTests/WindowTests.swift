import Foundation
import TestSupport
import Testing

@Suite(.inTurns)
struct WindowTests {
    @Test func `every size has its screen, and a window can change its mind`() async throws {
        let workspace = try Workspace()
        let studio = try workspace.terminal("demo", columns: 80, rows: 24)
        try await studio.waitForText("[Compose]")
        studio.send("one prompt through all sizes")
        for (columns, rows, sign) in [
            (120, 36, "5 Predictions"), (200, 50, "Details"), (60, 16, "Compose"), (40, 16, "Compose"),
            (39, 15, "40 × 16"),
            (80, 24, "[Compose]"), (84, 50, "5 Predictions"),
        ] {
            studio.resize(columns: columns, rows: rows)
            try await studio.waitUntil("\(columns)×\(rows) shows \(sign)") {
                $0.frame.columns == columns && $0.contains(sign)
            }
        }
        try await studio.waitForText("one prompt through all sizes")
        studio.press("ctrl+q")
        try await studio.waitForExit(as: .exited(0))
    }

    @Test(arguments: ["ctrl+q", "ctrl+c"])
    func `a window that is too small can be left by key`(key: String) async throws {
        let workspace = try Workspace()
        let studio = try workspace.terminal("demo", columns: 40, rows: 10)
        try await studio.waitForText("40 × 16")
        studio.press(key)
        try await studio.waitForExit()
        #expect(studio.attributesAreRestored)
    }

    @Test func `letters that are typed while the window is too small do not leave`() async throws {
        let workspace = try Workspace()
        let studio = try workspace.terminal("demo", columns: 80, rows: 24)
        try await studio.waitForText("[Compose]")
        studio.resize(columns: 40, rows: 10)
        try await studio.waitForText("40 × 16")
        studio.send("quite a question")
        studio.resize(columns: 80, rows: 24)
        try await studio.waitForText("[Compose]")
        studio.press("ctrl+q")
        try await studio.waitForExit(as: .exited(0))
    }

    @Test func `a window wider than any is cut, not fatal`() async throws {
        let workspace = try Workspace()
        let studio = try workspace.terminal("demo", columns: 120, rows: 36)
        try await studio.waitForText("Prompt")
        studio.resizeLine(columns: 32_768, rows: 20)
        studio.resizeLine(columns: 65_535, rows: 16)
        studio.resize(columns: 100, rows: 30)
        studio.send("still here")
        try await studio.waitForText("still here")
        studio.press("ctrl+q")
        try await studio.waitForExit(as: .exited(0))
    }

    @Test(arguments: ["vt100", "screen", "tmux-256color", "xterm-kitty", "no-such-terminal", ""])
    func `any terminal that can place its cursor gets the studio`(name: String) async throws {
        let workspace = try Workspace()
        var environment = workspace.environment()
        environment["TERM"] = name
        let studio = try workspace.terminal("demo", environment: environment)
        try await studio.waitForText("Prompt")
        studio.press("ctrl+q")
        try await studio.waitForExit(as: .exited(0))
    }

    @Test func `a dumb terminal gets a sentence`() async throws {
        let workspace = try Workspace()
        var environment = workspace.environment()
        environment["TERM"] = "dumb"
        let studio = try workspace.terminal(environment: environment)
        try await studio.waitForExit(as: .exited(64))
        #expect(studio.contains("cannot place its cursor"))
    }

    @Test(arguments: ["de_DE.ISO-8859-1", "C", "POSIX"])
    func `a terminal with another character set gets plain ASCII`(locale: String) async throws {
        let workspace = try Workspace()
        let studio = try workspace.terminal("demo", environment: workspace.environment(["LC_ALL": locale]))
        try await studio.waitForText("num_outputs")
        #expect(studio.screen.allSatisfy { $0.allSatisfy(\.isASCII) })
        studio.press("ctrl+q")
        try await studio.waitForExit()
    }
}
