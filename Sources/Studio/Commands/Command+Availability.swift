extension Command {
    /// Why this cannot be done now, as a sentence; nil when it can. Shown instead of hiding the command.
    package func obstacle(in state: StudioState) -> String? {
        switch self {
        case .run: return state.compose.quote.obstacle?.reason
        case .nameHardware:
            return state.compose.model.details == nil
                ? "The model is not known yet"
                : state.compose.quote.isTimed ? nil : "\(state.compose.pricedModel) is not billed by time"
        case .cancelRun:
            guard let run = state.runs.selected else { return "No prediction is selected" }
            let targets = state.runs.targets
            return targets.contains(where: \.isActive) ? nil : "\(run.shortModel) has already ended"
        case .useAsImage:
            guard state.runs.selected != nil else { return "No prediction is selected" }
            return state.shownOutput == nil ? "This prediction has no output to use" : nil
        case .openOutput:
            guard state.runs.selected != nil else { return "No prediction is selected" }
            return state.shownOutput?.path == nil ? "Nothing of this prediction is saved yet" : nil
        case .copyURL:
            guard let run = state.runs.selected else { return "No prediction is selected" }
            return run.outputs.isEmpty && run.text == nil ? "This prediction has no output to copy" : nil
        case .reuse, .newSeed, .markRun, .deleteRecord:
            guard let run = state.runs.selected else { return "No prediction is selected" }
            return self == .deleteRecord && run.isActive ? "It is still running: cancel it first" : nil
        case .sendAgain:
            guard let run = state.runs.selected else { return "No prediction is selected" }
            return run.stage == .resendable ? nil : "Only a run that the server does not know can be sent again"
        case .editImage, .toggleImage, .removeImage, .moveImageUp, .moveImageDown:
            return state.compose.images.items.isEmpty ? "The image list is empty: a adds an address" : nil
        case .editInput, .decreaseInput, .increaseInput, .resetInput:
            return state.compose.inputs.rows.isEmpty ? "This model has no other inputs" : nil
        default: return nil
        }
    }
}
