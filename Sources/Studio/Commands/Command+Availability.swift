import ReplicateAPI

extension Command {
    /// Why this cannot be done now, as a sentence; nil when it can. The footer leaves out what cannot be done; pressed
    /// all the same, it says this.
    package func obstacle(in state: StudioState) -> String? {
        switch self {
        case .run: state.compose.quote.obstacle?.reason
        case .nameHardware:
            state.compose.model.details == nil
                ? "The model is not known yet"
                : state.compose.quote.isTimed ? nil : "\(state.compose.pricedModel) is not billed by time"
        case .cancelRun, .deleteRecord: obstacle(to: state.runs.targets)
        case .useAsImage, .openOutput, .copyURL, .reuse, .newSeed, .markRun, .sendAgain, .whichOne:
            state.runs.selected.map { obstacle(with: $0, state) } ?? "No prediction is selected"
        case .nextOutput, .previousOutput:
            (state.runs.selected?.outputs.count ?? 0) > 1 ? nil : "There is no other output"
        case .followLogs: state.detail.tab == .logs ? nil : "Only a log can be followed"
        case .editImage, .toggleImage, .removeImage:
            state.compose.images.items.isEmpty
                ? "The image list is empty: \(state.keys.name(of: .addImage)) adds an address" : nil
        case .moveImageUp, .moveImageDown:
            state.compose.images.items.count > 1 ? nil : "There is no other image to move it past"
        case .undoImages: state.compose.images.canUndo ? nil : "Nothing to undo"
        case .redoImages: state.compose.images.canRedo ? nil : "Nothing to redo"
        case .editInput, .decreaseInput, .increaseInput, .resetInput, .changedInputs:
            obstacle(in: state.compose.inputs, state.keys)
        case .undo: state.typed.canUndo ? nil : "Nothing to undo"
        case .redo: state.typed.canRedo ? nil : "Nothing to redo"
        default: nil
        }
    }

    private func obstacle(to targets: [RunItem]) -> String? {
        guard let first = targets.first else { return "No prediction is selected" }
        let areActive = self == .cancelRun
        if targets.contains(where: { $0.isActive == areActive }) { return nil }
        return areActive ? "\(first.shortModel) has already ended" : "It is still running: cancel it first"
    }

    private func obstacle(with run: RunItem, _ state: StudioState) -> String? {
        switch self {
        case .useAsImage: state.shownOutput == nil ? "This prediction has no output to use" : nil
        case .openOutput: state.shownOutput?.path == nil ? "Nothing of this prediction is saved yet" : nil
        case .copyURL: run.outputs.isEmpty && run.text == nil ? "This prediction has no output to copy" : nil
        case .sendAgain where run.stage == .resendable && !run.candidates.isEmpty:
            "The server knows what it could be: \(state.keys.name(of: .whichOne)) lists that"
        case .sendAgain:
            run.stage == .resendable ? nil : "Only a run that the server does not know can be sent again"
        case .whichOne: run.candidates.isEmpty ? "There is no doubt which it is" : nil
        default: nil
        }
    }

    private func obstacle(in form: InputsForm, _ keys: KeyTable) -> String? {
        if self == .changedInputs {
            return form.changedCount > 0 || form.showsChangedOnly ? nil : "Every input has its default"
        }
        guard let field = form.selected else { return "This model has no other inputs" }
        return switch self {
        case .resetInput: form.values[field.name] == nil ? "\(field.name) has its default already" : nil
        case .decreaseInput, .increaseInput:
            field.hasSteps ? nil : "\(field.name) has no steps: \(keys.name(of: .editInput)) edits it"
        default: nil
        }
    }
}
