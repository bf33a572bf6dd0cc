/// Edits the prompt, by vim's keys where those are asked for.
enum PromptReducer {
    static func edit(_ operation: TextOperation, _ state: inout StudioState) -> [StudioEffect] {
        if state.vim?.readsCommands == true, let key = vimKey(operation) {
            // In a pattern there is no caret to move.
            return state.vim?.isTypingPattern == true && key.isLetter ? [] : type(String(key), &state)
        }
        change(operation, &state)
        return []
    }

    /// The key of vim's normal mode that stands for a command of the binding table.
    private static func vimKey(_ operation: TextOperation) -> Character? {
        switch operation {
        case .newline: "\n"
        case .deleteBackward: "\u{8}"
        case .redo: "\u{12}"
        case .move(.left): "h"
        case .move(.right): "l"
        default: nil
        }
    }

    private static func change(_ operation: TextOperation, _ state: inout StudioState) {
        switch operation {
        case .move(.lineStart): return go(.rowStart, &state)
        case .move(.lineEnd): return go(.rowEnd, &state)
        case .select(.lineStart): return select(.rowStart, &state)
        case .select(.lineEnd): return select(.rowEnd, &state)
        case .selectRow(let motion): return select(motion, &state)
        case .move, .select, .selectAll, .copy: state.vim?.interruptTyping(&state.compose.prompt)
        case .undo, .redo: break
        case .newline, .cut, .deleteBackward, .deleteForward, .deleteWordBackward, .deleteWordForward, .killToLineEnd,
            .killToLineStart, .yank, .moveLineUp, .moveLineDown:
            if state.vim?.mode == .insert {
                state.vim?.type(.operation(operation), &state.compose.prompt)
                return
            }
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

    /// Leaves vim's insert or visual mode, or gives up what was typed of a command.
    static func escape(_ state: inout StudioState) {
        state.vim?.escape(&state.compose.prompt)
        state.vim?.settle(&state.compose.prompt)
    }

    /// Keys of vim's normal and visual mode.
    static func type(_ keys: String, _ state: inout StudioState) -> [StudioEffect] {
        var effects: [StudioEffect] = []
        for character in keys {
            let layout = state.compose.promptLayout
            for request in state.vim?.take(character, &state.compose.prompt, in: layout) ?? [] {
                switch request {
                case .copy(let text):
                    effects.append(.terminal(.copy(text)))
                    state.say(.success, "Copied")
                case .readClipboard: effects.append(.world(.readClipboard))
                }
            }
        }
        return effects
    }
}
