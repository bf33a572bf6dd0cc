import ReplicateAPI

/// Whether a command can be done now.
package enum CommandAvailability {
    /// Why it cannot be done now, as a sentence; nil when it can. The footer leaves out what cannot be done; pressed all
    /// the same, it says this.
    package static func obstacle(to command: Command, in state: StudioState) -> String? {
        switch command.meaning {
        case .compose(.run): state.compose.quote.obstacle?.reason
        case .compose(.editExternally): obstacleToEditor(state)
        case .compose(.nameHardware): obstacleToHardware(state.compose)
        case .runs(let command): obstacle(to: command, state)
        case .annotate: state.runs.targets.isEmpty ? "No prediction is selected" : nil
        case .detail(let command): obstacle(to: command, state)
        case .images(.complete):
            state.compose.imageEntry == nil && !state.compose.inputs.editsFile
                ? "Only a path that is being typed can be completed" : nil
        case .compose(.completeName): state.libraryToken == nil ? "No name is typed here: @ begins one" : nil
        case .images(let command): obstacle(to: command, state.compose.images, state.keys)
        case .inputs(let command): obstacle(to: command, state.compose.inputs, state.keys)
        case .screen(.compare): state.comparison == nil ? ComparedOutputs.obstacle(in: state) : nil
        case .screen(.enlarge): obstacleToEnlarging(state)
        case .screen(.setUp): obstacleToSetUp(state)
        case .large(let command): obstacle(to: command, state)
        case .film: state.film == nil ? "No film is shown" : nil
        case .edit(.undo): state.typed.canUndo ? nil : "Nothing to undo"
        case .edit(.redo): state.typed.canRedo ? nil : "Nothing to redo"
        case .edit(.copy), .edit(.cut):
            state.typed.selection == nil ? "Nothing is selected: \(state.keys.name(of: .selectRight)) selects" : nil
        case .screen, .compose, .list, .edit, .normalMode, .acceptField, .ledger, .dialog: nil
        }
    }

    private static func obstacleToEditor(_ state: StudioState) -> String? {
        let form = state.compose.inputs
        if form.editing == nil, state.contexts.contains(.field) { return "Only the prompt and inputs go to the editor" }
        guard form.editing != nil || state.focus == .inputs else { return nil }
        guard let field = form.editing.flatMap({ form[$0.field] }) ?? form.selected else {
            return "No input is selected"
        }
        return field.kind == .secret ? "A secret is not written to a file for the editor" : nil
    }

    private static func obstacle(to command: LargeCommand, _ state: StudioState) -> String? {
        if state.comparison != nil { return nil }
        guard state.isLarge else { return "Only a picture over the whole screen can be zoomed" }
        return switch command {
        case .zoomIn, .zoomOut, .realPixels, .fit, .up, .down:
            state.pictureFailure == nil ? nil : "There is no picture to zoom into"
        // Sideways goes to another output, too.
        case .left, .right: nil
        }
    }

    private static func obstacleToEnlarging(_ state: StudioState) -> String? {
        if state.runs.selected == nil { return "No prediction is selected" }
        return state.isZoomed && state.focus == .detail ? "It has the whole screen already" : nil
    }

    private static func obstacleToSetUp(_ state: StudioState) -> String? {
        switch state.mode {
        case .noToken: nil
        case .demo: "This is the demo: start darkroom without a word to set up an account"
        case .live: "There is a token already; the config file has everything else"
        }
    }

    private static func obstacleToHardware(_ compose: ComposeState) -> String? {
        if compose.model.details == nil { return "The model is not known yet" }
        return compose.quote.isTimed ? nil : "\(compose.pricedModel) is not billed by time"
    }

    private static func obstacle(to command: RunsCommand, _ state: StudioState) -> String? {
        switch command {
        case .cancel: return obstacle(toCancel: true, state.runs.targets)
        case .delete: return obstacle(toCancel: false, state.runs.targets)
        case .undoDelete: return state.undoableDeletions == 0 ? "Nothing was deleted since the start" : nil
        case .filter, .sort, .nextOrder, .reverseOrder: return nil
        case .runAgain:
            if state.mode == .noToken { return "No token: set REPLICATE_API_TOKEN" }
            return state.runs.targets.isEmpty ? "No prediction is selected" : nil
        case .useAsImage, .openOutput, .copyOutput:
            guard state.runs.targets.isEmpty else { return obstacle(to: command, state.shownOutputs, state) }
            return "No prediction is selected"
        case .resend, .listCandidates, .reuse, .reuseWithNewSeed, .mark:
            guard let run = state.runs.selected else { return "No prediction is selected" }
            return obstacle(to: command, run, state.keys)
        }
    }

    private static func obstacle(toCancel areActive: Bool, _ targets: [RunItem]) -> String? {
        guard let first = targets.first else { return "No prediction is selected" }
        if targets.contains(where: { $0.isActive == areActive }) { return nil }
        return areActive ? "\(first.shortModel) has already ended" : "It is still running: cancel it first"
    }

    private static func obstacle(to command: RunsCommand, _ outputs: [RunOutput], _ state: StudioState) -> String? {
        switch command {
        case .useAsImage where outputs.isEmpty: "This prediction has no output to use"
        case .useAsImage:
            outputs.contains(where: \.isPictureOrFilm) ? nil : "Only a picture or a film can be put into the image list"
        case .openOutput: outputs.contains { $0.path != nil } ? nil : "Nothing of this prediction is saved yet"
        case .copyOutput:
            outputs.isEmpty && state.runs.targets.allSatisfy { $0.text == nil }
                ? "This prediction has no output to copy" : nil
        case .cancel, .delete, .undoDelete, .filter, .resend, .listCandidates, .reuse, .reuseWithNewSeed, .runAgain,
            .mark, .sort, .nextOrder, .reverseOrder:
            nil
        }
    }

    private static func obstacle(to command: RunsCommand, _ run: RunItem, _ keys: KeyTable) -> String? {
        switch command {
        case .resend where run.stage == .resendable && !run.candidates.isEmpty:
            "The server knows what it could be: \(keys.name(of: .whichOne)) lists that"
        case .resend: run.stage == .resendable ? nil : "Only a run that the server does not know can be sent again"
        case .listCandidates: run.candidates.isEmpty ? "There is no doubt which it is" : nil
        case .cancel, .delete, .undoDelete, .filter, .useAsImage, .openOutput, .copyOutput, .reuse, .reuseWithNewSeed,
            .runAgain,
            .mark, .sort, .nextOrder, .reverseOrder:
            nil
        }
    }

    private static func obstacle(to command: DetailCommand, _ state: StudioState) -> String? {
        switch command {
        case .nextOutput, .previousOutput:
            state.isOnLightTable || (state.runs.selected?.outputs.count ?? 0) > 1 ? nil : "There is no other output"
        case .followLogs:
            state.detail.tab == .logs || state.detail.tab == .preview && state.runs.selected?.isActive == true
                ? nil : "Only a log or a text that grows can be followed"
        case .nextTab, .previousTab: nil
        }
    }

    private static func obstacle(to command: ImagesCommand, _ images: ImageList, _ keys: KeyTable) -> String? {
        switch command {
        case .edit, .toggle, .remove:
            images.items.isEmpty ? "The image list is empty: \(keys.name(of: .addImage)) adds an address" : nil
        case .moveUp, .moveDown: images.items.count > 1 ? nil : "There is no other image to move it past"
        case .undo: images.canUndo ? nil : "Nothing to undo"
        case .redo: images.canRedo ? nil : "Nothing to redo"
        case .add, .browse, .complete: nil
        }
    }

    private static func obstacle(to command: InputsCommand, _ form: InputsForm, _ keys: KeyTable) -> String? {
        if command == .changedOnly {
            return form.changedCount > 0 || form.showsChangedOnly ? nil : "Every input has its default"
        }
        if form.isFoldSelected {
            return command == .edit ? nil : "\(keys.name(of: .editInput)) shows or hides the deprecated inputs"
        }
        guard let field = form.selected.map(form.branched) else { return "This model has no other inputs" }
        return switch command {
        case .reset:
            form.values[field.name] == nil && form.uploads[field.name] == nil
                ? "\(field.name) has its default already" : nil
        case .decrease, .increase:
            field.hasSteps ? nil : "\(field.name) has no steps: \(keys.name(of: .editInput)) edits it"
        case .edit, .changedOnly: nil
        }
    }
}
