import Composing
import ReplicateAPI

/// Takes what a run made or was given into the next one, into the clipboard or to the desktop.
enum ReuseReducer {
    /// The image→video loop in one key: outputs go to the image list, by their addresses while the server has them.
    static func useAsImage(_ state: inout StudioState) {
        let outputs = state.shownOutputs.filter(\.isPictureOrFilm)
        let expired = Set(
            state.runs.targets.filter { $0.outputsAreExpired(at: state.now) }.flatMap(\.outputs).map(\.url)
        )
        let addresses = outputs.map(\.url).joined(separator: "\n")
        if let said = ImagesReducer.add(addresses, &state.compose.images) { state.say(.information, said) }
        for output in outputs where expired.contains(output.url) {
            if let path = output.path { state.compose.images.takeFromDisk(output.url, path: path) }
        }
        state.runs.marks.removeAll()
        if state.compose.model.details != nil, state.compose.binding == nil {
            let (key, name) = (state.keys.name(of: .changeModel), state.compose.model.name)
            state.sayOfModel(.warning, "Added; \(name) takes no images: \(key) changes the model")
        }
    }

    /// Programs that are started by one key at most.
    private static let mostOpened = 12

    static func open(_ state: inout StudioState) -> [StudioEffect] {
        let paths = state.shownOutputs.compactMap(\.path)
        if paths.count > mostOpened { state.say(.warning, "Opened the first \(mostOpened) of \(paths.count)") }
        return paths.prefix(mostOpened).map { .world(.openFile(path: $0)) }
    }

    static func copy(_ state: inout StudioState) -> [StudioEffect] {
        let outputs = state.shownOutputs
        let texts = outputs.isEmpty ? state.runs.targets.compactMap(\.text) : outputs.map { $0.path ?? $0.url }
        guard !texts.isEmpty else { return [] }
        let said =
            texts.count > 1
            ? "\(texts.count) lines" : outputs.first?.path == nil ? "the address" : "the file's path"
        state.say(.information, "Copied \(outputs.isEmpty && texts.count == 1 ? "the text" : said)")
        return [.terminal(.copy(texts.joined(separator: "\n")))]
    }

    static func reuse(keepingSeed: Bool, _ state: inout StudioState) -> [StudioEffect] {
        // In the order in which they were run.
        let runs = Array(state.runs.targets.reversed())
        guard let run = runs.first else { return [] }
        guard runs.allSatisfy({ $0.model == run.model }) else {
            state.say(.warning, "The marked runs are of several models: mark runs of one")
            return []
        }
        var prompts: [String] = []
        for run in runs where !prompts.contains(run.prompt) { prompts.append(run.prompt) }
        var values = run.input
        if !keepingSeed { values["seed"] = nil }
        let effects = take(model: run.model, prompts: prompts, inputs: values, &state)
        state.say(.information, Self.said(runs, prompts: prompts.count, keepingSeed: keepingSeed))
        return effects
    }

    private static func said(_ runs: [RunItem], prompts: Int, keepingSeed: Bool) -> String {
        guard runs.count > 1 else {
            return keepingSeed ? "Prompt and inputs taken over" : "Taken over with a new seed"
        }
        let names = Set(runs.flatMap(\.input.keys)).subtracting(keepingSeed ? ["prompt"] : ["prompt", "seed"])
        let differing = names.filter { name in runs.contains { $0.input[name] != runs[0].input[name] } }.sorted()
        let what = prompts == 1 ? "The prompt" : "\(prompts) prompts"
        let inputs = differing.isEmpty ? "inputs" : "of the first run its \(differing.joined(separator: ", "))"
        return "\(what) and \(inputs) taken over\(keepingSeed ? "" : " with a new seed")"
    }

    /// Composes what was run before.
    ///
    /// - Parameter prompts: as they were sent; not empty. Several become alternatives.
    static func take(
        model: String,
        prompts: [String],
        inputs: JSONObject,
        _ state: inout StudioState
    ) -> [StudioEffect] {
        let prompt = PromptAlternatives.joined(prompts)
        var effects: [StudioEffect] = []
        if model != state.compose.model.path { effects = ModelReducer.change(to: model, &state.compose) }
        state.compose.prompt.replaceAll(prompt)
        let urls = state.compose.binding?.urls(in: inputs) ?? []
        if !urls.isEmpty { state.compose.images = ImageList(urls, binding: state.compose.binding) }
        if state.compose.model.details == nil {
            state.compose.pendingInputs = inputs
        } else {
            state.compose.inputs.load(inputs)
        }
        state.focus(on: .prompt)
        return effects
    }
}
