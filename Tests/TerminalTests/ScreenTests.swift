import Foundation
import Terminal
import TestSupport
import Testing

/// The probe program on a pseudo-terminal.
struct ScreenTests {
    @Test func `keys, pastes and the mouse reach the program, and the terminal is restored afterwards`() async throws {
        let terminal = try Probe.start(["events"])
        try await terminal.waitForText("80x24 palette256 unicode=true synchronized=true")
        #expect(terminal.modes.isSuperset(of: [1049, 2004, 2031, 1004, 1000, 1002, 1006]))
        terminal.press("alt+enter", "f5", "shift+tab", "ctrl+x", "alt+up")
        terminal.send("é漢")
        terminal.paste("two\nlines")
        terminal.click(column: 4, row: 2)
        terminal.focus(false)
        for text in ["key alt+enter", "key f5", "key shift+tab", "key ctrl+x", "key alt+up", "key é", "key 漢"] {
            try await terminal.waitForText(text)
        }
        try await terminal.waitForText("paste(\"two\\nlines\")")
        try await terminal.waitForText("focus(false)")
        terminal.press("escape")
        try await terminal.waitForText("key esc")
        #expect(terminal.frame[0, 0].isBold)
        #expect(terminal.frame.isAlternate)
        terminal.press("q")
        try await terminal.waitForExit(as: .exited(0))
        #expect(terminal.attributesAreRestored)
        #expect(terminal.modes.isDisjoint(with: [1049, 2004, 2031, 1004, 1000, 1002, 1006]))
        #expect(terminal.frame.isCursorVisible)
        #expect(!terminal.frame.isAlternate)
    }

    @Test func `a key that another program has taken meanwhile stops nothing`() async throws {
        let terminal = try Probe.start(["emptied"])
        try await terminal.waitForText("80x24")
        terminal.send("a")
        terminal.resize(columns: 100, rows: 30)
        try await terminal.waitForText("100x30")
        terminal.signal(SIGTERM)
        try await terminal.waitForExit(as: .exited(0))
    }

    @Test func `the size follows the terminal`() async throws {
        let terminal = try Probe.start(["events"])
        try await terminal.waitForText("80x24")
        for (columns, rows) in [(120, 36), (40, 10), (1, 1), (200, 50)] {
            terminal.resize(columns: columns, rows: rows)
            try await terminal.waitUntil("the first cell is drawn") {
                $0.frame[0, 0].text == String("\(columns)".first!)
            }
        }
        try await terminal.waitForText("200x50")
        #expect(!terminal.contains("80x24"))
    }

    @Test(arguments: [
        (["TERM": "xterm-256color", "COLORTERM": "truecolor"], "direct"),
        (["TERM": "no-such-terminal", "COLORTERM": "24bit"], "direct"),
        (["TERM": "no-such-terminal"], "palette256"),
        (["TERM": ""], "palette256"),
        (["TERM": "linux"], "ansi16"),
        (["TERM": "xterm-256color", "NO_COLOR": "1", "COLORTERM": "truecolor"], "mono"),
        (["TERM": "xterm-256color", "LC_ALL": "C"], "unicode=false"),
        (["TERM": "xterm-256color", "LANG": "C"], "unicode=true"),
        (["TERM": "xterm-256color", "LINES": "5", "COLUMNS": "17"], "80x24"),
    ]) func `each environment gets its colours`(environment: [String: String], expected: String) async throws {
        let terminal = try Probe.start(["events"], environment: environment)
        try await terminal.waitForText(expected)
        terminal.press("q")
        try await terminal.waitForExit(as: .exited(0))
        #expect(terminal.attributesAreRestored)
    }

    @Test func `24-bit colours are drawn unchanged`() async throws {
        let terminal = try Probe.start(["events"], environment: ["COLORTERM": "truecolor"])
        try await terminal.waitForText("direct")
        #expect(terminal.frame[0, 0].foreground == .rgb(10, 200, 30))
    }

    @Test func `a terminal that cannot place its cursor is refused with a sentence`() async throws {
        let terminal = try Probe.start(["events"], environment: ["TERM": "dumb"])
        try await terminal.waitForExit(as: .exited(1))
        #expect(terminal.contains("TERM=dumb"))
        #expect(terminal.attributesAreRestored)
    }

    @Test(arguments: [SIGSEGV, SIGABRT, SIGQUIT, SIGBUS])
    func `a crash restores the terminal first`(signal: Int32) async throws {
        let terminal = try Probe.start(["events"], environment: ["SWIFT_BACKTRACE": "enable=no"])
        try await terminal.waitForText("synchronized=true")
        terminal.signal(signal)
        try await terminal.waitForExit(as: .signalled(signal))
        #expect(terminal.attributesAreRestored)
        #expect(terminal.modes.isDisjoint(with: [1049, 2004, 2031, 1004, 1000, 1002, 1006]))
        #expect(terminal.frame.isCursorVisible)
    }

    @Test func `a trap in Swift restores the terminal first`() async throws {
        let terminal = try Probe.start(["events"], environment: ["SWIFT_BACKTRACE": "enable=no"])
        try await terminal.waitForText("synchronized=true")
        terminal.press("ctrl+k")
        let status = try await terminal.waitForExit()
        #expect(status == .signalled(SIGILL) || status == .signalled(SIGTRAP))
        #expect(terminal.attributesAreRestored)
        #expect(!terminal.frame.isAlternate)
    }

    @Test func `TERM ends the program in good order, and so does a closed window`() async throws {
        let first = try Probe.start(["events"])
        try await first.waitForText("synchronized=true")
        first.signal(SIGTERM)
        try await first.waitForExit(as: .exited(0))
        #expect(first.attributesAreRestored)
        let second = try Probe.start(["events"])
        try await second.waitForText("synchronized=true")
        second.hangUp()
        try await second.waitForExit(as: .exited(0))
    }

    @Test func `a child has the terminal's own settings, and the screen is restored after it`() async throws {
        let terminal = try Probe.start(["events"], environment: ["COLORTERM": "truecolor"])
        try await terminal.waitForText("synchronized=true")
        terminal.press("ctrl+r")
        try await terminal.waitUntil("the child prints") {
            $0.output.contains(text: "child sees TERM=xterm-256color TERMINFO=\r")
        }
        #expect(!terminal.frame.isAlternate)
        #expect(terminal.isCooked)
        terminal.press("enter")
        try await terminal.waitForText("child exited(0)")
        try await terminal.waitUntil("modes are back") { $0.modes.isSuperset(of: [1049, 2004, 1006]) }
    }

    @Test func `the suspend key stops the program under a shell, and it can be continued`() async throws {
        let terminal = try PseudoTerminal(
            "/bin/bash",
            arguments: ["--norc", "--noprofile", "-i"],
            environment: ["PS1": "ready> ", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HISTFILE": ""]
        )
        try await terminal.waitForText("ready>")
        terminal.send("'\(Probe.path)' events\r")
        try await terminal.waitForText("synchronized=true")
        terminal.press("a", "ctrl+z")
        try await terminal.waitUntil("the shell is back") { !$0.frame.isAlternate && $0.contains("Stopped") }
        #expect(terminal.modes.isDisjoint(with: [1004, 1000, 1006]))
        terminal.resize(columns: 100, rows: 30)
        terminal.send("fg\r")
        try await terminal.waitForText("100x30")
        try await terminal.waitForText("key ctrl+z")
        terminal.press("q")
        try await terminal.waitUntil("the shell is back") { !$0.frame.isAlternate }
    }

    @Test func `an ordinary key press writes few bytes`() async throws {
        let terminal = try Probe.start(["events"], columns: 120, rows: 36)
        try await terminal.waitForText("synchronized=true")
        let before = terminal.output.count
        terminal.press("a")
        try await terminal.waitForText("key a")
        #expect(terminal.output.count - before <= 80)
    }

    @Test func `noise on standard error and hostile titles do not reach the screen`() async throws {
        let terminal = try Probe.start(["events"])
        try await terminal.waitForText("synchronized=true")
        terminal.press("ctrl+e", "ctrl+t", "ctrl+g", "x")
        try await terminal.waitForText("key x")
        #expect(!terminal.output.contains(text: "noise"))
        #expect(terminal.frame.title == "probe ␛]2;x")
        #expect(terminal.bells == 1)
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `random drawings look the same on a real terminal`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let drawings = (0..<40).map { _ in Drawing.random(columns: 60, rows: 12, using: &random) }
        let file = FileManager.default.temporaryDirectory.appending(path: "drawings-\(UUID()).json")
        try JSONEncoder().encode(drawings.map(\.strokes)).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let terminal = try Probe.start(
            ["draw", file.path],
            environment: ["COLORTERM": "truecolor"],
            columns: 60,
            rows: 12
        )
        for (number, drawing) in drawings.enumerated() {
            try await terminal.waitUntil("drawing \(number) is shown") { $0.frame.title == "drawing \(number) shown" }
            #expect(drawing.differences(from: terminal.frame) == [])
            terminal.press("space")
        }
        try await terminal.waitForExit(as: .exited(0))
    }
}
