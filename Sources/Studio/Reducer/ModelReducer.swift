import Composing

/// The chosen model, and what is learnt of it.
enum ModelReducer {
    /// Takes a model of the list, or one that was typed. It is asked for while the list stays open: a list can name models
    /// that are gone, and then the list says so and the form keeps its model. What was seen before is there at once.
    static func choose(_ path: String, _ state: inout StudioState) -> [StudioEffect] {
        let isShown = path == state.compose.model.path && state.compose.model.details != nil
        guard !isShown, state.mode != .noToken else {
            state.picker = nil
            return change(to: path, &state.compose)
        }
        state.picker?.awaits(path)
        return [.world(.loadModel(path))]
    }

    static func change(to path: String, _ compose: inout ComposeState) -> [StudioEffect] {
        guard path != compose.model.path || compose.model.details == nil else { return [] }
        if compose.model.details != nil { compose.previousModel = compose.model }
        compose.model = ModelChoice(path: path)
        compose.history = nil
        compose.wasHardwareAsked = true
        return [.world(.loadModel(path))]
    }

    /// - Parameter asked: what was asked for, where the API may spell it otherwise.
    static func load(_ details: ModelDetails, askedAs asked: String?, _ state: inout StudioState) {
        if let awaited = state.picker?.awaited, [details.path, asked].contains(awaited) {
            state.picker = nil
            // The question is answered: nothing is to be asked.
            _ = change(to: awaited, &state.compose)
        }
        guard [details.path, asked].contains(state.compose.model.path) else { return }
        state.compose.previousModel = nil
        // From here on it is named as the API spells it.
        state.compose.model.path = details.path
        adopt(details, &state)
    }

    static func miss(_ path: String, reason: String, _ state: inout StudioState) -> [StudioEffect] {
        if let effects = keepPrevious(path, reason, &state) { return effects }
        guard path == state.compose.model.path else { return [] }
        state.compose.model.state = .missing("\(reason): \(state.keys.name(of: .changeModel)) picks another")
        return []
    }

    static func fail(_ path: String, reason: String, _ state: inout StudioState) -> [StudioEffect] {
        if let effects = keepPrevious(path, reason, &state) { return effects }
        // A model that was seen before stays usable while the network is away.
        guard path == state.compose.model.path, state.compose.model.details == nil else { return [] }
        state.compose.model.state = .unavailable(reason)
        return []
    }

    /// A model that cannot be had leaves the one before it in the form; the list says why where it is open.
    ///
    /// - Returns: nil where there is none before it.
    private static func keepPrevious(
        _ path: String,
        _ reason: String,
        _ state: inout StudioState
    ) -> [StudioEffect]? {
        if state.picker?.awaited == path {
            state.picker?.fail(reason)
            return [.world(.loadModel(state.compose.model.path))]
        }
        guard path == state.compose.model.path, state.compose.model.details == nil,
            let previous = state.compose.previousModel
        else { return nil }
        state.compose.previousModel = nil
        state.compose.model = previous
        state.say(Notice(.error, "\(reason); \(previous.path) stays"), waitsForPerson: true)
        return [.world(.loadModel(previous.path))]
    }

    static func adopt(_ details: ModelDetails, _ state: inout StudioState) {
        let isUnchanged = state.compose.model.details == details
        state.compose.model.state = .ready(details)
        guard !isUnchanged else { return }
        state.compose.inputs.adopt(details.schema)
        if let values = state.compose.pendingInputs {
            state.compose.pendingInputs = nil
            let refused = state.compose.inputs.load(values)
            if !refused.isEmpty {
                let words = refused.count == 1 ? "does not fit any more and is" : "do not fit any more and are"
                state.sayOfModel(.warning, "\(refused.joined(separator: ", ")) \(words) at the default")
            }
        }
        state.compose.images.binding = details.images
    }

    /// The model is the latest that was used.
    static func remember(_ model: ModelSummary, _ models: inout [ModelSummary]) {
        models.removeAll { $0.path == model.path }
        models.insert(model, at: 0)
    }

    /// Asks for the model again once the network went away: only a question can find out that it is back.
    static func connect(_ connectivity: Connectivity, _ state: inout StudioState) -> [StudioEffect] {
        let before = state.connectivity
        state.connectivity = connectivity
        guard case .offline = connectivity, connectivity != before, before != .unknown else { return [] }
        return [.world(.loadModel(state.compose.model.path))]
    }
}
