import Composing
import Foundation
import Money
import Pricing
import ReplicateAPI

/// Prices what is composed, and finds what is in its way.
enum QuoteReducer {
    static func requote(
        _ compose: inout ComposeState,
        _ composer: RunComposer,
        library: PromptLibrary,
        budget: Budget,
        spend: Spend,
        mode: StudioMode,
        now: Date
    ) {
        let prices = composer.prices
        let prompt = library.expansion(of: compose.prompt.text)
        compose.sentPrompt = prompt.text
        let composed = runs(of: &compose, composer)
        var estimates = composed.estimates
        if compose.model.details == nil, prices[compose.pricedModel] == nil {
            estimates = estimates.map { _ in .unknown(reason: "the model is not known yet") }
        }
        let isTimed = compose.model.details.map {
            prices.isBilledByTime(compose.pricedModel, isOfficial: $0.isOfficial)
        }
        compose.quote = Quote(
            estimates,
            isTimed: isTimed ?? false,
            caution: caution(prompt) ?? composed.warnings.first
                ?? read(prices, compose)?.staleness(on: now).map { "price \($0)" },
            decision: budget.decision(for: estimates, use: spend),
            obstacle: obstacle(composed.issues, compose, mode)
        )
    }

    /// The runs that Run would start, in order; empty when there is an obstacle.
    static func requests(of compose: ComposeState) -> [RunRequest] {
        compose.quote.obstacle == nil ? compose.composed?.runs.requests ?? [] : []
    }

    /// Whether nothing is in the way but images that a look from here did not find.
    static func isHeldByDoubtfulImages(_ compose: ComposeState) -> Bool {
        guard case .ready = compose.model.state, compose.quote.obstacle?.pane == .images,
            let issues = compose.composed?.runs.issues
        else { return false }
        let doubtful = Set(compose.images.doubtful.map(\.text))
        return issues.allSatisfy { issue in
            if case .images(index: _?) = issue.subject {
                issue.value.string.map(doubtful.contains) ?? false
            } else {
                false
            }
        }
    }

    private static func caution(_ prompt: PromptLibrary.Expansion) -> String? {
        prompt.unknown.isEmpty
            ? nil : "not in the library, sent as typed: \(prompt.unknown.map { "@\($0)" }.joined(separator: ", "))"
    }

    /// Composed once for what has not changed since.
    private static func runs(of compose: inout ComposeState, _ composer: RunComposer) -> ComposedRuns {
        let order = order(compose)
        if let composed = compose.composed, composed.order == order { return composed.runs }
        let runs = composer.compose(order, known: compose.composed.map { ($0.order, $0.runs) })
        compose.composed = ComposedOrder(order: order, runs: runs)
        return runs
    }

    /// What is composed, as the composer takes it. A prompt and images that the model takes none of wait for a model that
    /// does, as inputs do, and their panes say so.
    private static func order(_ compose: ComposeState) -> GivenRun {
        let prompt = compose.sentPrompt
        return GivenRun(
            model: compose.model.path,
            details: compose.model.details,
            prompt: compose.promptField == nil || prompt.isEmpty ? nil : prompt,
            readsAlternatives: true,
            images: compose.model.details != nil && compose.binding == nil ? [] : compose.images.given,
            inputs: GivenInput.values(compose.inputs.values),
            count: compose.count,
            history: compose.history,
            megapixels: compose.images.megapixels
        )
    }

    /// When the price was read that the estimate comes from; nil: not known.
    private static func read(_ prices: PriceBook, _ compose: ComposeState) -> ReadDate? {
        if let entry = prices[compose.pricedModel] { return entry.oldest?.read }
        return compose.history?.hardware.flatMap { prices.hardware[$0]?.read }
    }

    private static func obstacle(_ issues: [RunIssue], _ compose: ComposeState, _ mode: StudioMode) -> Quote.Obstacle? {
        if mode == .noToken {
            return .init(pane: .model, reason: "No token: set REPLICATE_API_TOKEN, or try darkroom demo")
        }
        switch compose.model.state {
        case .loading: return .init(pane: .model, reason: "The model is still being asked for")
        case .missing(let reason), .unavailable(let reason): return .init(pane: .model, reason: reason)
        case .ready: break
        }
        if let editing = compose.inputs.editing, let issue = editing.issue {
            return .init(pane: .inputs, reason: "\(editing.field) \(issue)")
        }
        if let reason = compose.inputs.uploadObstacle { return .init(pane: .inputs, reason: reason) }
        return issues.first.map { issue in
            let name: String? = if case .input(let name) = issue.subject { name } else { nil }
            return .init(pane: pane(of: issue, compose), reason: issue.sentence, input: name)
        }
    }

    private static func pane(of issue: RunIssue, _ compose: ComposeState) -> Pane {
        switch issue.subject {
        case .model: .model
        case .prompt, .count: .prompt
        case .images: .images
        case .input(let name): compose.pane(of: name)
        }
    }
}
