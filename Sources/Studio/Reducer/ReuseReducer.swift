import ReplicateAPI

/// Takes what a run made or was given into the next one, into the clipboard or to the desktop.
enum ReuseReducer {
    /// The image→video loop in one key: the output goes to the image list, by its address while the server has it.
    static func useAsImage(_ state: inout StudioState) {
        guard let run = state.runs.selected, let output = state.shownOutput else { return }
        if let said = ImagesReducer.add(output.url, &state.compose.images) { state.say(.information, said) }
        if run.outputsAreExpired(at: state.now), let path = output.path {
            state.compose.images.takeFromDisk(output.url, path: path)
        }
        if state.compose.model.details != nil, state.compose.binding == nil {
            let key = state.keys.name(of: .changeModel)
            state.say(.warning, "Added, but \(state.compose.model.path) takes no images: \(key) picks another model")
        }
    }

    static func open(_ state: StudioState) -> [StudioEffect] {
        state.shownOutput?.path.map { [.world(.openFile(path: $0))] } ?? []
    }

    static func copy(_ state: inout StudioState) -> [StudioEffect] {
        guard let run = state.runs.selected else { return [] }
        let text = state.shownOutput.map { $0.path ?? $0.url } ?? run.text ?? ""
        state.say(.information, "Copied \(state.shownOutput?.path == nil ? "the address" : "the file's path")")
        return [.terminal(.copy(text))]
    }

    static func reuse(keepingSeed: Bool, _ state: inout StudioState) -> [StudioEffect] {
        guard let run = state.runs.selected else { return [] }
        var effects: [StudioEffect] = []
        if run.model != state.compose.model.path { effects = ModelReducer.change(to: run.model, &state.compose) }
        state.compose.prompt.replaceAll(run.prompt)
        var values = run.input
        if !keepingSeed { values["seed"] = nil }
        let urls = state.compose.binding?.urls(in: run.input) ?? []
        if !urls.isEmpty { state.compose.images = ImageList(urls, binding: state.compose.binding) }
        if state.compose.model.details == nil {
            state.compose.pendingInputs = values
        } else {
            state.compose.inputs.load(values)
        }
        state.focus(on: .prompt)
        state.say(.information, keepingSeed ? "Prompt and inputs taken over" : "Taken over with a new seed")
        return effects
    }
}
