import Composing

/// The chosen model, and what is learnt of it.
enum ModelReducer {
    static func change(to path: String, _ compose: inout ComposeState) -> [StudioEffect] {
        guard path != compose.model.path || compose.model.details == nil else { return [] }
        compose.model = ModelChoice(path: path)
        compose.history = nil
        compose.wasHardwareAsked = true
        return [.world(.loadModel(path))]
    }

    /// - Parameter asked: what was asked for, where the API may spell it otherwise.
    static func load(_ details: ModelDetails, askedAs asked: String?, _ state: inout StudioState) {
        guard [details.path, asked].contains(state.compose.model.path) else { return }
        // From here on it is named as the API spells it.
        state.compose.model.path = details.path
        adopt(details, &state)
    }

    static func miss(_ path: String, reason: String, _ state: inout StudioState) {
        guard path == state.compose.model.path else { return }
        state.compose.model.state = .missing("\(reason): \(state.keys.name(of: .changeModel)) picks another")
    }

    static func fail(_ path: String, reason: String, _ compose: inout ComposeState) {
        // A model that was seen before stays usable while the network is away.
        guard path == compose.model.path, compose.model.details == nil else { return }
        compose.model.state = .unavailable(reason)
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
                state.say(.warning, "\(refused.joined(separator: ", ")) \(words) at the default")
            }
        }
        state.compose.images.binding = details.images
    }

    /// Asks for the model again once the network went away: only a question can find out that it is back.
    static func connect(_ connectivity: Connectivity, _ state: inout StudioState) -> [StudioEffect] {
        let before = state.connectivity
        state.connectivity = connectivity
        guard case .offline = connectivity, connectivity != before, before != .unknown else { return [] }
        return [.world(.loadModel(state.compose.model.path))]
    }
}
