package import Composing

/// The chosen model and whether it is known to exist.
package struct ModelChoice: Hashable, Sendable {
    /// What is known of the model.
    package enum State: Hashable, Sendable {
        case loading
        case ready(ModelDetails)
        /// The API knows no such model: nothing can be run.
        case missing(String)
        /// The API could not be asked.
        case unavailable(String)
    }

    /// `owner/name` or `owner/name:version`; as the API spells it once that is known.
    package var path: String
    /// Changes when the API has answered.
    package var state: State

    /// A model that is being asked for.
    package init(path: String, state: State = .loading) {
        self.path = path
        self.state = state
    }

    /// The part after the slash, without a version.
    package var name: Substring {
        let reference = path.split(separator: ":").first ?? ""
        return reference.split(separator: "/").last ?? reference
    }

    /// nil until the API has answered with a model.
    package var details: ModelDetails? { if case .ready(let details) = state { details } else { nil } }
}
