import Foundation
import TestSupport
import Testing

/// What terminals do differently.
@Suite(.inTurns)
struct TerminalDialectTests {
    /// The colour of a cell of the given text on the screen.
    private func color(of text: String, in studio: PseudoTerminal) -> TerminalFrame.Color? {
        let frame = studio.frame
        for (row, line) in frame.lines.enumerated() {
            guard let range = line.range(of: text) else { continue }
            return frame[line.distance(from: line.startIndex, to: range.lowerBound), row].foreground
        }
        return nil
    }

    @Test(arguments: [
        (PseudoTerminal.Answers.light, TerminalFrame.Color.rgb(0x2A, 0x2D, 0x38)), (.usual, .rgb(0xD8, 0xDA, 0xE3)),
        (.none, .standard),
    ]) func `the theme fits the background`(
        answers: PseudoTerminal.Answers,
        expected: TerminalFrame.Color
    ) async throws {
        let workspace = try Workspace()
        let studio = try workspace.terminal("demo", answers: answers)
        try await studio.waitForText("num_outputs")
        studio.send("visible")
        try await studio.waitUntil("the text has its colour") { color(of: "visible", in: $0) == expected }
        studio.press("ctrl+q")
        try await studio.waitForExit()
    }

    @Test func `alt is made to send Esc, and put back as it was`() async throws {
        let workspace = try Workspace()
        let studio = try workspace.terminal("demo")
        try await studio.waitForText("num_outputs")
        try await studio.waitUntil("alt sends Esc") { $0.modes.contains(1036) }
        studio.press("alt+m")
        try await studio.waitForText("Model")
        studio.press("escape", "ctrl+q")
        try await studio.waitForExit()
        #expect(!studio.modes.contains(1036))
    }

    @Test func `with modes Esc is Esc, also in one packet with what follows`() async throws {
        let workspace = try Workspace()
        try FileManager.default.createDirectory(
            at: workspace.folder.appending(path: ".config/darkroom"),
            withIntermediateDirectories: true
        )
        try Data("editing: vim\n".utf8).write(to: workspace.folder.appending(path: ".config/darkroom/config.yaml"))
        let studio = try workspace.terminal("demo")
        try await studio.waitForText("num_outputs")
        studio.send("one line")
        try await studio.waitForText("one line")
        studio.send("\u{1B}ddiother\u{1B}")
        try await studio.waitUntil("the line is another") { !$0.contains("one line") && $0.contains("other") }
        studio.press("ctrl+q")
        try await studio.waitForExit()
    }

    @Test func `half an answer and a paste without end swallow no keys`() async throws {
        let workspace = try Workspace()
        let studio = try workspace.terminal("demo")
        try await studio.waitForText("num_outputs")
        studio.send("\u{1B}[200~pasted without an end")
        try await studio.waitForText("pasted without an end")
        studio.send("\u{1B}]11;rgb:ff")
        studio.press("ctrl+c")
        try await studio.waitForPassing("Cleared")
        studio.press("ctrl+q")
        try await studio.waitForExit()
    }

    @Test func `a text that is not UTF-8 is kept, and its path is named`() async throws {
        let workspace = try Workspace()
        let editor = try workspace.script("editor", "printf 'caf\\351' > \"$1\"")
        let studio = try workspace.terminal("demo", environment: workspace.environment(["EDITOR": editor]))
        try await studio.waitForText("num_outputs")
        studio.press("f4")
        try await studio.waitForText("not UTF-8")
        let kept =
            FileManager.default.enumerator(at: workspace.data, includingPropertiesForKeys: nil)?
            .compactMap { $0 as? URL }.filter { $0.path.contains("/kept/") } ?? []
        #expect(try kept.map { try Data(contentsOf: $0) } == [Data([0x63, 0x61, 0x66, 0xE9])])
        studio.press("ctrl+q")
        try await studio.waitForExit()
    }
}
