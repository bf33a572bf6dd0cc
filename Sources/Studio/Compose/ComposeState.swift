import Composing
import Foundation
package import Money
package import Pricing
package import ReplicateAPI

/// The left of the screen: what is about to be run.
package struct ComposeState: Hashable, Sendable {
    package var model: ModelChoice
    package var prompt: TextEditor
    /// The prompt in the rows of its pane.
    package internal(set) var promptLayout: WrappedText
    package var images: ImageList
    package var inputs: InputsForm
    /// Inputs of a draft or of an earlier run, waiting for the schema of the model they belong to.
    var pendingInputs: JSONObject?
    /// Runs of each prompt; 1…50.
    package var count: Int
    package internal(set) var quote: Quote
    var composed: ComposedOrder?
    /// Earlier runs of the model; nil until they have been read.
    package internal(set) var history: RunHistory?
    /// Somebody was asked what the model runs on, or it is not known yet whether: nobody is asked then.
    package internal(set) var wasHardwareAsked = true
    /// The address that is being added or edited; nil while the list itself has the keys.
    package var imageEntry: ImageEntry?
    /// Between Run and the durable journal entry: Run does nothing, so that a bouncing key cannot pay twice.
    package var isSubmitting = false
    /// What Run started last, and when; nil: nothing yet.
    var lastStarted: Started?
    /// What the server would not take, by input.
    var refusals: [String: InputRefusal] = [:]
    /// Since Run a person has done nothing: a refusal may take the focus where it can be mended.
    var awaitsAnswer = false

    struct Started: Hashable, Sendable {
        var requests: [RunRequest]
        var at: Date
    }

    package struct ImageEntry: Hashable, Sendable {
        /// nil: a new one.
        package var id: Int?
        package var editor: TextEditor
    }

    package init(model: ModelChoice) {
        self.model = model
        prompt = TextEditor()
        promptLayout = SoftWrap.layout([[]], columns: 1, measure: { _ in 1 })
        images = ImageList()
        inputs = InputsForm()
        count = 1
        quote = Quote([.unknown(reason: "the model is not known yet")], obstacle: nil)
    }
}

/// What Run would do and cost, or why it cannot.
package struct Quote: Hashable, Sendable {
    /// How many predictions would be created.
    package var runs: Int
    /// One of them, at the prices of today; nil where they differ.
    package var each: Estimate?
    /// All of them: the sum of what each costs by itself.
    package var total: Estimate
    /// The price comes from the time that runs take, or would if the hardware were known.
    package var isTimed: Bool
    /// How old the price is, in a few words; nil where there is nothing to warn of.
    package var caution: String?
    /// What the budgets say to it.
    package var decision: BudgetDecision
    /// Why Run is disabled: a sentence; nil when it is not.
    package var obstacle: Obstacle?

    package struct Obstacle: Hashable, Sendable {
        /// Where it can be mended.
        package var pane: Pane
        package var reason: String
    }

    /// - Parameters:
    ///   - estimates: at least one.
    ///   - count: runs of each of them.
    init(
        _ estimates: [Estimate],
        count: Int = 1,
        isTimed: Bool = false,
        caution: String? = nil,
        decision: BudgetDecision = .allow,
        obstacle: Obstacle?
    ) {
        runs = estimates.count * count
        each = estimates.allSatisfy { $0 == estimates.first } ? estimates.first : nil
        total = count == 1 ? .sum(estimates) : each?.times(runs) ?? Estimate.sum(estimates).times(count)
        self.isTimed = isTimed
        self.caution = caution
        self.decision = decision
        self.obstacle = obstacle
    }
}

extension ComposeState {
    package var draft: Draft {
        Draft(
            model: model.path,
            prompt: prompt.text,
            images: images.entries,
            inputs: pendingInputs ?? inputs.recordableValues,
            count: count
        )
    }

    /// `owner/name`, as the price book has it.
    package var pricedModel: String { String(model.path.prefix { $0 != ":" }) }
    package var schema: InputSchema { model.details?.schema ?? InputSchema(fields: []) }
    /// How the model takes images; nil when it takes none, or is not known yet.
    package var binding: ImageBinding? { model.details?.images }
    /// The input that the prompt fills; `prompt` until the schema is known; nil when the model takes none.
    package var promptField: String? { model.details.map(\.promptField) ?? "prompt" }
}
