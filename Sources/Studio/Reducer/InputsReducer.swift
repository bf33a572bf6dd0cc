import ReplicateAPI

/// Changes the form of inputs.
enum InputsReducer {
    /// What is left to do.
    enum Outcome: Hashable {
        case done
        /// The selected input is chosen from a list.
        case listsChoices
    }

    static func reduce(_ command: InputsCommand, _ form: inout InputsForm) -> Outcome {
        switch command {
        case .edit: return edit(&form)
        case .decrease: form.step(by: -1)
        case .increase: form.step(by: 1)
        case .reset: form.reset()
        case .changedOnly: form.toggleChangedOnly()
        }
        return .done
    }

    static func move(_ move: ListMove, _ form: inout InputsForm, columns: Int, page: Int) {
        switch move {
        case .up: form.moveSelection(by: -columns)
        case .down: form.moveSelection(by: columns)
        case .pageUp: form.moveSelection(by: -page)
        case .pageDown: form.moveSelection(by: page)
        case .first: form.select(0)
        case .last: form.select(.max)
        }
    }

    /// Each kind in its own way: a switch turns, choices are listed, everything else is typed.
    static func edit(_ form: inout InputsForm) -> Outcome {
        switch form.selected?.kind {
        case .boolean: form.toggle()
        case .choice: return .listsChoices
        case .text, .secret, .integer, .number, .file, .files, .texts, .list, .object, .union, .json, nil:
            form.beginEditing()
        }
        return .done
    }
}
