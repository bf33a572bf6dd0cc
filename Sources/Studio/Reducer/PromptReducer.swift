/// Edits the prompt, by vim's keys where those are asked for.
enum PromptReducer {
    static func edit(_ operation: TextOperation, _ state: inout StudioState) {
        switch operation {
        case .newline where state.vim?.mode == .normal:
            // The Enter key is one of vim's there.
            return type("\n", &state)
        case .move(.lineStart): return go(.rowStart, &state)
        case .move(.lineEnd): return go(.rowEnd, &state)
        case .select(.lineStart): return select(.rowStart, &state)
        case .select(.lineEnd): return select(.rowEnd, &state)
        case .selectRow(let motion): return select(motion, &state)
        case .move, .select, .selectAll, .copy: state.vim?.interruptTyping(&state.compose.prompt)
        case .undo, .redo: break
        case .newline, .cut, .deleteBackward, .deleteForward, .deleteWordBackward, .deleteWordForward, .killToLineEnd,
            .killToLineStart, .yank, .moveLineUp, .moveLineDown:
            state.vim?.beginTyping(&state.compose.prompt)
        }
        state.compose.prompt.perform(operation)
        state.vim?.settle(&state.compose.prompt)
    }

    /// Moves over the rows on the screen; a prompt has no first and last of its own.
    static func move(_ move: ListMove, _ state: inout StudioState) {
        switch move {
        case .up: go(.up, &state)
        case .down: go(.down, &state)
        case .pageUp: go(.pageUp(rows: state.viewport.promptRows), &state)
        case .pageDown: go(.pageDown(rows: state.viewport.promptRows), &state)
        case .first, .last: break
        }
    }

    private static func go(_ motion: RowMotion, _ state: inout StudioState) {
        state.vim?.interruptTyping(&state.compose.prompt)
        state.compose.prompt.move(motion, in: state.compose.promptLayout)
        state.vim?.settle(&state.compose.prompt)
    }

    private static func select(_ motion: RowMotion, _ state: inout StudioState) {
        state.vim?.interruptTyping(&state.compose.prompt)
        state.compose.prompt.select(motion, in: state.compose.promptLayout)
        state.vim?.settle(&state.compose.prompt)
    }

    /// Leaves vim's insert mode, or gives up what was typed of a command.
    static func escape(_ state: inout StudioState) {
        state.vim?.escape(&state.compose.prompt)
        state.vim?.settle(&state.compose.prompt)
    }

    /// Keys of vim's normal mode.
    static func type(_ keys: String, _ state: inout StudioState) {
        for character in keys {
            state.vim?.take(character, &state.compose.prompt, in: state.compose.promptLayout)
        }
    }
}
