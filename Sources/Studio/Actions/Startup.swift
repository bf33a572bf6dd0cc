package import Composing
package import Pricing

/// What is known before anything is asked of the network.
package struct Startup: Hashable, Sendable {
    package var mode: StudioMode
    package var draft: Draft
    package var defaultModel: String
    /// The first page, with every run in flight among it, however old.
    package var runs: RunPage
    package var spend: Spend
    package var budget: Budget
    /// Models to offer before the network has answered: recent ones and the price book's.
    package var models: [ModelSummary]
    /// The draft's model as it was last seen; nil when it has to be asked for first.
    package var model: ModelDetails?

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
