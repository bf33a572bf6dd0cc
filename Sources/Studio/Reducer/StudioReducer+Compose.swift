import ReplicateAPI

extension StudioReducer {
    // MARK: What is typed and pasted

    func type(_ text: String, _ state: inout StudioState) -> [StudioEffect] {
        if state.confirmation != nil {
            // y stands on the button only after the focus was moved there on purpose.
            return text == "y" && state.confirmation?.isConfirmFocused == true ? answer(.confirm, &state) : []
        }
        if state.picker != nil {
            state.picker?.query.insert(text)
            return queryChanged(&state)
        }
        if state.ledger != nil { return [] }
        if state.contexts.contains(.normal) {
            for character in text {
                state.vim?.take(character, &state.compose.prompt, in: state.compose.promptLayout)
            }
            return []
        }
        if state.contexts.contains(.value) { return beginInput(with: text, &state) }
        insert(text, isPaste: false, &state)
        return []
    }

    func paste(_ text: String, _ state: inout StudioState) -> [StudioEffect] {
        if state.confirmation != nil { return [] }
        if state.picker != nil {
            state.picker?.query.paste(text)
            return queryChanged(&state)
        }
        if state.ledger != nil { return [] }
        let isTyping = state.filterEntry != nil || state.compose.inputs.editing != nil
        if !isTyping, state.focus == .images {
            addImages(text, &state)
        } else {
            insert(text, isPaste: true, &state)
        }
        return []
    }

    private func insert(_ text: String, isPaste: Bool, _ state: inout StudioState) {
        func put(into editor: inout TextEditor) {
            if isPaste { editor.paste(text) } else { editor.insert(text) }
        }
        if state.filterEntry != nil {
            put(into: &state.filterEntry!)
            state.runs.setFilter(state.filterEntry?.text ?? "")
        } else if state.compose.imageEntry != nil {
            put(into: &state.compose.imageEntry!.editor)
        } else if state.compose.inputs.editing != nil {
            state.compose.inputs.edit { put(into: &$0) }
        } else if state.focus == .prompt {
            state.vim?.beginTyping(&state.compose.prompt)
            put(into: &state.compose.prompt)
        }
    }

    // MARK: Prompt

    func editPrompt(_ command: Command, _ state: inout StudioState) {
        // The Enter key is one of vim's there.
        if command == .newline, state.vim?.mode == .normal {
            state.vim?.take("\n", &state.compose.prompt, in: state.compose.promptLayout)
            return
        }
        let motion: RowMotion? =
            switch command {
            case .up: .up
            case .down: .down
            case .pageUp: .pageUp(rows: state.viewport.promptRows)
            case .pageDown: .pageDown(rows: state.viewport.promptRows)
            case .lineStart: .rowStart
            case .lineEnd: .rowEnd
            default: nil
            }
        if let motion {
            state.vim?.interruptTyping(&state.compose.prompt)
            state.compose.prompt.move(motion, in: state.compose.promptLayout)
        } else if command == .normalMode {
            state.vim?.escape(&state.compose.prompt)
        } else {
            if command.movesCaret {
                state.vim?.interruptTyping(&state.compose.prompt)
            } else if command != .undo, command != .redo {
                state.vim?.beginTyping(&state.compose.prompt)
            }
            _ = state.compose.prompt.edit(command)
        }
        state.vim?.settle(&state.compose.prompt)
    }

    // MARK: Images

    func editImages(_ command: Command, _ state: inout StudioState) {
        switch command {
        case .up: state.compose.images.moveSelection(by: -1)
        case .down: state.compose.images.moveSelection(by: 1)
        case .pageUp: state.compose.images.moveSelection(by: -state.viewport.imageRows)
        case .pageDown: state.compose.images.moveSelection(by: state.viewport.imageRows)
        case .first: state.compose.images.select(0)
        case .last: state.compose.images.select(.max)
        case .addImage: state.compose.imageEntry = .init(id: nil, editor: TextEditor(isMultiline: false))
        case .editImage:
            guard let item = state.compose.images.selected else { break }
            state.compose.imageEntry = .init(id: item.id, editor: TextEditor(item.text, isMultiline: false))
        case .toggleImage: state.compose.images.toggle()
        case .removeImage: state.compose.images.remove()
        case .moveImageUp: state.compose.images.moveUp()
        case .moveImageDown: state.compose.images.moveDown()
        case .undoImages: state.compose.images.undo()
        case .redoImages: state.compose.images.redo()
        default: break
        }
    }

    func addImages(_ text: String, _ state: inout StudioState) {
        let result = state.compose.images.add(text)
        var said: [String] = []
        let added = result.added.count
        if added > 0 { said.append(added == 1 ? "1 image added" : "\(added) images added") }
        if !result.duplicates.isEmpty { said.append("\(result.duplicates.count) already there") }
        if result.overflow > 0 { said.append("\(result.overflow) more than the list holds") }
        if !said.isEmpty { state.say(.information, said.joined(separator: ", ")) }
    }

    /// nil: not for the field that is being typed.
    func enterImage(_ command: Command, _ state: inout StudioState) -> [StudioEffect]? {
        guard let entry = state.compose.imageEntry else { return nil }
        switch command {
        case .acceptField:
            guard let id = entry.id else {
                state.compose.imageEntry = nil
                addImages(entry.editor.text, &state)
                break
            }
            // What is refused stays in the field, to be mended.
            switch state.compose.images.edit(id, to: entry.editor.text) {
            case .changed, .unchanged: state.compose.imageEntry = nil
            case .duplicate:
                let back = state.keys.name(of: .back)
                state.say(.warning, "This image is in the list already; \(back) leaves the row as it was")
            case .several: state.say(.warning, "One image a row; \(state.keys.name(of: .addImage)) adds more")
            }
        case .back, .interrupt: state.compose.imageEntry = nil
        default:
            guard state.compose.imageEntry?.editor.edit(command) == true else { return nil }
        }
        return []
    }

    // MARK: Inputs

    func editInputs(_ command: Command, _ state: inout StudioState) {
        switch command {
        case .up: state.compose.inputs.moveSelection(by: -state.viewport.inputColumns)
        case .down: state.compose.inputs.moveSelection(by: state.viewport.inputColumns)
        case .pageUp: state.compose.inputs.moveSelection(by: -state.viewport.inputRows)
        case .pageDown: state.compose.inputs.moveSelection(by: state.viewport.inputRows)
        case .first: state.compose.inputs.select(0)
        case .last: state.compose.inputs.select(.max)
        case .editInput: editInput(&state)
        case .decreaseInput: state.compose.inputs.step(by: -1)
        case .increaseInput: state.compose.inputs.step(by: 1)
        case .resetInput: state.compose.inputs.reset()
        case .changedInputs: state.compose.inputs.toggleChangedOnly()
        default: break
        }
    }

    /// Each kind in its own way: a switch turns, choices are listed, everything else is typed.
    private func editInput(_ state: inout StudioState) {
        switch state.compose.inputs.selected?.kind {
        case .boolean: state.compose.inputs.toggle()
        case .choice: openChoices(&state)
        default: state.compose.inputs.beginEditing()
        }
    }

    /// What is typed on an input replaces its value.
    private func beginInput(with text: String, _ state: inout StudioState) -> [StudioEffect] {
        guard text.allSatisfy(Context.value.takes) else { return [] }
        editInput(&state)
        if state.picker != nil {
            state.picker?.query.insert(text)
            return queryChanged(&state)
        }
        state.compose.inputs.edit { editor in
            editor.clear()
            editor.insert(text)
        }
        return []
    }

    func enterInput(_ command: Command, _ state: inout StudioState) -> [StudioEffect]? {
        switch command {
        case .acceptField: state.compose.inputs.commitEditing()
        case .nextPane, .previousPane:
            // Tab takes the value, then goes on as Tab does; a refused one stays.
            return state.compose.inputs.commitEditing() ? nil : []
        case .back, .interrupt: state.compose.inputs.cancelEditing()
        default:
            return state.compose.inputs.edit { $0.edit(command) } == true ? [] : nil
        }
        return []
    }
}
