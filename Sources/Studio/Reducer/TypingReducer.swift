import Foundation

/// Puts what is typed and pasted into the text that has the keys.
struct TypingReducer: Sendable {
    let pickers: PickerReducer

    func type(_ text: String, _ state: inout StudioState) -> [StudioEffect] {
        if state.picker != nil {
            state.picker?.query.insert(text)
            return pickers.queryChanged(&state)
        }
        if state.ledger != nil { return [] }
        if state.contexts.contains(.normal) {
            return PromptReducer.type(text, &state)
        }
        if state.contexts.contains(.value) { return beginInput(with: text, &state) }
        insert(text, &state) { $0.insert(text) }
        return []
    }

    func paste(_ text: String, _ state: inout StudioState) -> [StudioEffect] {
        if state.picker != nil {
            state.picker?.query.paste(text)
            return pickers.queryChanged(&state)
        }
        if state.ledger != nil { return [] }
        // A pattern is one line.
        if state.contexts.contains(.normal), state.vim?.isTypingPattern == true {
            return PromptReducer.type(text.filter { !$0.isNewline }, &state)
        }
        let isTyping =
            state.nameEntry != nil || state.annotationEntry != nil || state.filterEntry != nil
            || state.compose.inputs.editing != nil
        if !isTyping, state.focus == .images {
            if let said = ImagesReducer.add(text, &state.compose.images) { state.say(.information, said) }
        } else {
            insert(text, &state) { $0.paste(text) }
            let isPrompt = !isTyping && state.compose.imageEntry == nil && state.focus == .prompt
            if isPrompt, let path = DroppedPicture.path(in: text) {
                return [.world(.examinePicture(path: path, text: text.trimmingCharacters(in: .whitespacesAndNewlines)))]
            }
        }
        return []
    }

    private func insert(_ text: String, _ state: inout StudioState, _ put: (inout TextEditor) -> Void) {
        if state.nameEntry != nil {
            put(&state.nameEntry!.editor)
        } else if state.annotationEntry != nil {
            put(&state.annotationEntry!.editor)
        } else if state.filterEntry != nil {
            put(&state.filterEntry!)
            state.filter(by: state.filterEntry?.text ?? "")
        } else if state.compose.imageEntry != nil {
            put(&state.compose.imageEntry!.editor)
        } else if state.compose.inputs.editing != nil {
            state.compose.inputs.edit { put(&$0) }
        } else if state.focus == .prompt {
            state.vim?.beginTyping(.text(text), &state.compose.prompt)
            put(&state.compose.prompt)
        }
    }

    /// What is typed on an input replaces its value.
    private func beginInput(with text: String, _ state: inout StudioState) -> [StudioEffect] {
        guard text.allSatisfy(Context.value.takes) else { return [] }
        pickers.editInput(&state)
        if state.picker != nil {
            state.picker?.query.insert(text)
            return pickers.queryChanged(&state)
        }
        state.compose.inputs.edit { editor in
            editor.clear()
            editor.insert(text)
        }
        return []
    }
}
