import ReplicateAPI

/// Changes the form of inputs.
enum InputsReducer {
    /// What is left to do.
    enum Outcome: Hashable {
        case done
        /// The selected input is chosen from a list, is any of the values of a list, or has its type chosen first.
        case listsChoices, listsTicks, listsBranches
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
        if form.isFoldSelected {
            form.toggleDeprecated()
            return .done
        }
        guard let field = form.selected else { return .done }
        if case .union = field.kind { return .listsBranches }
        return editBranch(of: field, &form)
    }

    /// The same, where the type has been chosen.
    static func editBranch(of field: InputField, _ form: inout InputsForm) -> Outcome {
        let field = form.branched(field)
        switch field.kind {
        case .boolean: form.toggle()
        case .choice: return .listsChoices
        case .list where field.ticks != nil: return .listsTicks
        case .text, .secret, .integer, .number, .file, .files, .texts, .list, .object, .union, .json:
            form.beginEditing()
        }
        return .done
    }
}
