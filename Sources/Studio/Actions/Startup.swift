package import Composing
package import Pricing

/// What is known before anything is asked of the network.
package struct Startup: Hashable, Sendable {
    /// Live, demo, or without a token.
    package var mode: StudioMode
    /// What was being composed when the last sitting ended; empty at the first start.
    package var draft: Draft
    /// `owner/name`, for a draft that names none.
    package var defaultModel: String
    /// The first page, with every run in flight among it, however old.
    package var runs: RunPage
    /// What counts against the limits at the start.
    package var spend: Spend
    /// The limits of the settings.
    package var budget: Budget
    /// Models to offer before the network has answered: recent ones and the price book's.
    package var models: [ModelSummary]
    /// The draft's model as it was last seen; nil when it has to be asked for first.
    package var model: ModelDetails?

    /// What the runtime has read before the first frame.
    package init(
        mode: StudioMode,
        draft: Draft,
        defaultModel: String,
        runs: RunPage,
        spend: Spend,
        budget: Budget,
        models: [ModelSummary],
        model: ModelDetails? = nil
    ) {
        self.mode = mode
        self.draft = draft
        self.defaultModel = defaultModel
        self.runs = runs
        self.spend = spend
        self.budget = budget
        self.models = models
        self.model = model
    }
}
