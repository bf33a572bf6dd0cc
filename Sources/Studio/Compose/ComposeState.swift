import Foundation
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
        decision: BudgetDecision = .go,
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
    package var binding: ImageBinding? { model.details?.schema.images }
    /// The input that the prompt fills; `prompt` until the schema is known; nil when the model takes none.
    package var promptField: String? { model.details == nil ? "prompt" : PromptField.name(in: schema) }

    /// The inputs of a run of `prompt`, without what pricing adds.
    package func input(prompt: String) -> JSONObject {
        var input = inputs.values
        if let promptField, !prompt.isEmpty { input[promptField] = .string(prompt) }
        return input.merging(images.inputs) { $1 }
    }

    /// The prompts that `{a|b}` stands for, or the reason why they cannot be told.
    package func prompts() -> Result<PromptAlternatives, PromptAlternatives.Failure> {
        Result { () throws(PromptAlternatives.Failure) in try PromptAlternatives(prompt.text) }
    }

    /// The runs that Run would start, in order; empty when there is an obstacle.
    func requests(prices: PriceBook) -> [RunRequest] {
        guard quote.obstacle == nil, let prompts = try? prompts().get() else { return [] }
        let pricing = pricing(prices)
        return prompts.all().flatMap { prompt in
            // Defaults that cost are sent too, so that what is priced is what is run.
            let input = pricing?.completed(input(prompt: prompt)) ?? input(prompt: prompt)
            let estimate = estimate(input, pricing)
            return Array(
                repeating: RunRequest(model: model.path, prompt: prompt, input: input, estimate: estimate),
                count: count
            )
        }
    }

    /// nil while nothing is known of the model.
    private func pricing(_ prices: PriceBook) -> ModelPricing? {
        guard model.details != nil || prices[pricedModel] != nil else { return nil }
        return ModelPricing(
            book: prices,
            model: pricedModel,
            schema: model.details?.schema,
            isOfficial: model.details?.isOfficial,
            history: history
        )
    }

    private func estimate(_ input: JSONObject, _ pricing: ModelPricing?) -> Estimate {
        pricing?.estimate(input, megapixelsIn: images.megapixels) ?? .unknown(reason: "the model is not known yet")
    }

    /// What each of `prompts` costs, or, where the prompt is no matter of the price, what any of them does.
    private func estimates(of prompts: PromptAlternatives?, _ pricing: ModelPricing?) -> [Estimate] {
        guard let prompts else { return [estimate(input(prompt: prompt.text), pricing)] }
        let isEachItsOwn = promptField.map { pricing?.depends(on: $0) ?? false } ?? false
        let texts = isEachItsOwn ? prompts.all() : [prompts[0]]
        return texts.map { estimate(input(prompt: $0), pricing) }
    }

    /// Prices what is composed and finds what is in its way.
    mutating func requote(prices: PriceBook, budget: Budget, spend: Spend, mode: StudioMode, now: Date) {
        let prompts = self.prompts()
        let known = try? prompts.get()
        let estimates = estimates(of: known, pricing(prices))
        let runs = (known?.count ?? 1) * count
        quote = Quote(
            estimates,
            count: runs / estimates.count,
            isTimed: model.details.map { prices.isBilledByTime(pricedModel, isOfficial: $0.isOfficial) } ?? false,
            caution: read(prices)?.staleness(on: now).map { "price \($0)" },
            decision: budget.decision(for: estimates, count: runs / estimates.count, use: spend),
            obstacle: obstacle(prompts: prompts, input: input(prompt: known?[0] ?? prompt.text), mode: mode)
        )
    }

    /// When the price was read that the estimate comes from; nil: not known.
    private func read(_ prices: PriceBook) -> ReadDate? {
        if let entry = prices[pricedModel] { return entry.oldest?.read }
        return history?.hardware.flatMap { prices.hardware[$0]?.read }
    }

    private func obstacle(
        prompts: Result<PromptAlternatives, PromptAlternatives.Failure>,
        input: JSONObject,
        mode: StudioMode
    ) -> Quote.Obstacle? {
        if mode == .noToken {
            return .init(pane: .model, reason: "No token: set REPLICATE_API_TOKEN, or try darkroom demo")
        }
        switch model.state {
        case .loading: return .init(pane: .model, reason: "The model is still being asked for")
        case .missing(let reason), .unavailable(let reason): return .init(pane: .model, reason: reason)
        case .ready: break
        }
        if case .failure(let failure) = prompts { return .init(pane: .prompt, reason: failure.description) }
        if let editing = inputs.editing, let issue = editing.issue {
            return .init(pane: .inputs, reason: "\(editing.field) \(issue)")
        }
        if let waiting = images.waiting.first {
            if case .failed(_, let reason) = waiting.state {
                return .init(pane: .images, reason: "\(waiting.text) could not be uploaded: \(reason)")
            }
            return .init(pane: .images, reason: "\(waiting.text) is still being uploaded")
        }
        if let issue = schema.issues(in: input).first {
            return .init(pane: pane(of: issue.field), reason: "\(issue.field) \(issue.message)")
        }
        return nil
    }
}
