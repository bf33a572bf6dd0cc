package import Composing

/// A model that can be picked.
package struct ModelSummary: Hashable, Sendable {
    package let path: String
    package let summary: String
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
    package enum State: Hashable, Sendable {
        case loading
        case ready(ModelDetails)
        /// The API knows no such model: nothing can be run.
        case missing(String)
        /// The API could not be asked.
        case unavailable(String)
    }

    package var path: String
    package var state: State

    package init(path: String, state: State = .loading) {
        self.path = path
        self.state = state
    }

    package var details: ModelDetails? { if case .ready(let details) = state { details } else { nil } }
}
