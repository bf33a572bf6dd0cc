import Foundation
import Sandbox
import TestSupport
import Testing

@Suite(.inTurns)
struct BadInputTests {
    @Test func `without a token the studio opens, says so and offers the demo`() async throws {
        let workspace = try Workspace()
        let studio = try workspace.terminal()
        try await studio.waitForText("no token")
        try await studio.waitForText("darkroom demo")
        studio.send("a fox")
        studio.press("alt+enter")
        try await studio.waitForText("No token")
        studio.press("ctrl+q")
        try await studio.waitForExit()
    }

    @Test func `a bad address is marked with its reason and is not sent`() async throws {
        let workspace = try Workspace()
        let studio = try workspace.terminal("demo", "--speed", "20")
        try await studio.waitForText("num_outputs")
        studio.press("alt+m")
        try await studio.waitForText("Esc")
        studio.send("skyreels")
        try await studio.waitForText("fofr/skyreels-2")
        studio.press("enter")
        try await studio.waitForText("seconds_per_image")
        studio.press("alt+3")
        studio.paste("ftp://example.org/a.png\nnot an address")
        try await studio.waitForText("must begin with")
        try await studio.waitForText("0 of 2 sent")
        studio.press("alt+enter")
        try await studio.waitForText("✗ ftp://example.org/a.png must begin with")
        studio.press("ctrl+q")
        try await studio.waitForExit()
    }

    @Test func `a history of a newer version is refused with a sentence and left alone`() async throws {
        let workspace = try Workspace()
        let first = try workspace.terminal()
        try await first.waitForText("Prompt")
        first.press("ctrl+q")
        try await first.waitForExit()
        // What a later version will have done: a migration that this one does not know.
        let script = "INSERT INTO grdb_migrations VALUES ('from the future');"
        let change = try RunningCommand(
            "/usr/bin/env",
            ["python3", "-c", Self.sql, workspace.database.path, script],
            workspace.environment(),
            directory: workspace.folder
        )
        #expect(await change.status == 0)
        let before = try Data(contentsOf: workspace.database)

        let second = try workspace.terminal()
        try await second.waitForExit(as: .exited(74))
        #expect(second.contains("newer"))
        #expect(try Data(contentsOf: workspace.database) == before)
    }

    private static let sql = """
        import sqlite3, sys
        connection = sqlite3.connect(sys.argv[1])
        connection.execute(sys.argv[2])
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        """

    @Test func `a damaged history is set aside and told`() async throws {
        let workspace = try Workspace()
        try FileManager.default.createDirectory(at: workspace.data, withIntermediateDirectories: true)
        let rubbish = Data(repeating: 0x5A, count: 10_000)
        try rubbish.write(to: workspace.database)
        let studio = try workspace.terminal()
        try await studio.waitForText("damaged")
        studio.press("ctrl+q")
        try await studio.waitForExit()
        let aside = try FileManager.default.contentsOfDirectory(atPath: workspace.data.path)
            .first { $0.contains("damaged") }
        let kept = workspace.data.appending(path: try #require(aside))
        #expect(try Data(contentsOf: kept) == rubbish)
    }

    @Test func `what a prompt and a model say cannot steer the terminal`() async throws {
        let workspace = try Workspace()
        let studio = try workspace.terminal("demo", "--speed", "20")
        try await studio.waitForText("num_outputs")
        studio.paste("title \u{1B}]0;stolen\u{7} \u{202E}evil \u{9B}2J end")
        try await studio.waitForText("end")
        studio.press("alt+enter")
        try await studio.waitForText("✓ title")
        let output = String(decoding: studio.output, as: UTF8.self)
        #expect(!output.contains("\u{1B}]0;stolen"))
        #expect(!output.unicodeScalars.contains("\u{202E}"))
        #expect(!output.unicodeScalars.contains("\u{9B}"))
        studio.press("ctrl+q")
        try await studio.waitForExit()
    }
}
