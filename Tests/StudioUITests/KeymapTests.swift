import Composing
import Studio
import StudioUI
import Terminal
import Testing

struct KeymapTests {
    private static let size = Size(columns: 120, rows: 36)

    /// What `key` does to a studio whose inputs have the focus, on the input of this name.
    private func press(_ key: Character, on input: String) -> StudioAction? {
        var state = SampleStudio.opened(size: Self.size)
        SampleStudio.send(.command(.focusInputs), to: &state)
        state.compose.inputs.select(named: input)
        var keymap = Keymap()
        return keymap.action(for: Key(.character(key)), contexts: state.contexts)
    }

    @Test(arguments: Array("0123456789-"))
    func `a digit on an input is the beginning of its value`(key: Character) {
        #expect(press(key, on: "seed") == .typed(String(key)))
    }

    @Test func `a digit where nothing can be typed goes to a pane, and letters stay commands`() {
        #expect(press("5", on: "go_fast") == .command(.focusPredictions))
        #expect(press("j", on: "seed") == .command(.down))
        #expect(press("?", on: "seed") == .command(.help))
    }

    @Test func `a second interrupt reaches the question whether to leave`() throws {
        var state = SampleStudio.opened(size: Self.size)
        var keymap = Keymap()
        let interrupt = Key(.character("c"), modifiers: .control)
        for _ in 0..<2 {
            let action = keymap.action(for: interrupt, contexts: state.contexts)
            SampleStudio.send(try #require(action), to: &state)
        }
        #expect(state.isQuitting)
    }
}
