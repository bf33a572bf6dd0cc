import Foundation
import TestSupport
import Testing

/// The mouse, through the terminal.
@Suite(.inTurns)
struct MouseTests {
    /// Where a text stands on the screen: its first cell. Everything before it in its row is one cell wide.
    private func place(of text: String, on studio: PseudoTerminal) throws -> (column: Int, row: Int) {
        let lines = studio.screen
        let row = try #require(lines.firstIndex { $0.contains(text) }, "\(text)")
        let start = try #require(lines[row].range(of: text)).lowerBound
        return (lines[row].distance(from: lines[row].startIndex, to: start), row)
    }

    private func hasCopied(_ text: String, _ studio: PseudoTerminal) -> Bool {
        let sequence = "\u{1B}]52;c;" + Data(text.utf8).base64EncodedString()
        return String(decoding: studio.output, as: UTF8.self).contains(sequence)
    }

    @Test func `a drag selects and copies the prompt's text, and what another pane shows`() async throws {
        let workspace = try Workspace()
        let studio = try workspace.terminal("demo")
        try await studio.waitForText("num_outputs")
        studio.send("a red fox asleep")
        try await studio.waitForText("a red fox asleep")
        let prompt = try place(of: "red fox", on: studio)
        studio.drag(from: prompt, to: (prompt.column + 7, prompt.row))
        try await studio.waitUntil(elsewhere: "the prompt's words are copied") {
            hasCopied("red fox", studio) || hasCopied("red fo", studio)
        }

        let name = try place(of: "num_outputs", on: studio)
        studio.drag(from: name, to: (name.column + 10, name.row))
        try await studio.waitUntil(elsewhere: "the input's name is copied") { hasCopied("num_outputs", studio) }
        try await studio.waitForPassing("Copied")
        try await studio.waitUntil("it is shown") { $0.frame.cells[name.row * 120 + name.column + 10].isReversed }
        studio.press("escape")
        try await studio.waitUntil("no more") { !$0.frame.cells[name.row * 120 + name.column + 10].isReversed }
        studio.press("ctrl+q")
        try await studio.waitForExit()
    }

    @Test func `what is shown can be clicked: a key in a frame, a row of a list`()
        async throws
    {
        let workspace = try Workspace()
        let studio = try workspace.terminal("demo")
        try await studio.waitForText("num_outputs")
        let key = try place(of: "alt+m", on: studio)
        studio.click(column: key.column, row: key.row)
        try await studio.waitForText("skyreels")
        let row = try place(of: "fofr/skyreels-2", on: studio)
        studio.click(column: row.column, row: row.row)
        try await studio.waitForText("seconds_per_image")
        studio.press("ctrl+q")
        try await studio.waitForExit()
    }
}
