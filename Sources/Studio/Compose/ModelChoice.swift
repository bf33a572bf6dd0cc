package import Composing

/// A model that can be picked.
package struct ModelSummary: Hashable, Sendable {
    /// `owner/name`.
    package let path: String
    /// The model's description, not safe for a terminal yet; empty: none.
    package let summary: String
    /// Priced by output and run without a version.
    package let isOfficial: Bool
    /// How often it was run by everybody; nil when not said.
    package let runCount: Int?

    package init(path: String, summary: String, isOfficial: Bool, runCount: Int? = nil) {
        self.path = path
        self.summary = summary
        self.isOfficial = isOfficial
        self.runCount = runCount
    }
}

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

    /// nil until the API has answered with a model.
    package var details: ModelDetails? { if case .ready(let details) = state { details } else { nil } }
}
