import Composing
import Foundation
import Money
import Pricing
import ReplicateAPI

extension ComposeState {
    /// What is composed, as the composer takes it. A prompt and images that the model takes none of wait for a model that
    /// does, as inputs do, and their panes say so.
    func order() -> GivenRun {
        GivenRun(
            model: model.path,
            details: model.details,
            prompt: promptField == nil || prompt.text.isEmpty ? nil : prompt.text,
            readsAlternatives: true,
            images: model.details != nil && binding == nil ? [] : images.given,
            inputs: GivenInput.values(inputs.values),
            count: count,
            history: history,
            megapixels: images.megapixels
        )
    }

    /// The runs that Run would start, in order; empty when there is an obstacle.
    var requests: [RunRequest] { quote.obstacle == nil ? composed?.runs.requests ?? [] : [] }

    /// Whether nothing is in the way but images that a look from here did not find.
    var isHeldByDoubtfulImages: Bool {
        guard case .ready = model.state, quote.obstacle?.pane == .images, let issues = composed?.runs.issues else {
            return false
        }
        let doubtful = Set(images.doubtful.map(\.text))
        return issues.allSatisfy { issue in
            if case .images(index: _?) = issue.subject {
                issue.value.string.map(doubtful.contains) ?? false
            } else {
                false
            }
        }
    }

    /// Composed once for what has not changed since.
    private mutating func compose(_ composer: RunComposer) -> ComposedRuns {
        let order = order()
        if let composed, composed.order == order { return composed.runs }
        let runs = composer.compose(order)
        composed = ComposedOrder(order: order, runs: runs)
        return runs
    }

    /// Prices what is composed and finds what is in its way.
    mutating func requote(_ composer: RunComposer, budget: Budget, spend: Spend, mode: StudioMode, now: Date) {
        let prices = composer.prices
        let composed = compose(composer)
        var estimates = composed.estimates
        if model.details == nil, prices[pricedModel] == nil {
            estimates = estimates.map { _ in .unknown(reason: "the model is not known yet") }
        }
        quote = Quote(
            estimates,
            isTimed: model.details.map { prices.isBilledByTime(pricedModel, isOfficial: $0.isOfficial) } ?? false,
            caution: composed.warnings.first ?? read(prices)?.staleness(on: now).map { "price \($0)" },
            decision: budget.decision(for: estimates, use: spend),
            obstacle: obstacle(composed.issues, mode)
        )
    }

    /// When the price was read that the estimate comes from; nil: not known.
    private func read(_ prices: PriceBook) -> ReadDate? {
        if let entry = prices[pricedModel] { return entry.oldest?.read }
        return history?.hardware.flatMap { prices.hardware[$0]?.read }
    }

    private func obstacle(_ issues: [RunIssue], _ mode: StudioMode) -> Quote.Obstacle? {
        if mode == .noToken {
            return .init(pane: .model, reason: "No token: set REPLICATE_API_TOKEN, or try darkroom demo")
        }
        switch model.state {
        case .loading: return .init(pane: .model, reason: "The model is still being asked for")
        case .missing(let reason), .unavailable(let reason): return .init(pane: .model, reason: reason)
        case .ready: break
        }
        if let editing = inputs.editing, let issue = editing.issue {
            return .init(pane: .inputs, reason: "\(editing.field) \(issue)")
        }
        return issues.first.map { .init(pane: pane(of: $0), reason: $0.sentence) }
    }

    private func pane(of issue: RunIssue) -> Pane {
        switch issue.subject {
        case .model: .model
        case .prompt, .count: .prompt
        case .images: .images
        case .input(let name): pane(of: name)
        }
    }
}

/// What was composed last, and what of.
struct ComposedOrder: Hashable, Sendable {
    let order: GivenRun
    let runs: ComposedRuns
}

extension ImageList {
    /// The items that are switched on, as the composer takes them.
    var given: [GivenImage] {
        items.filter(\.isOn).map { item in
            switch item.state {
            case .invalid(let reason), .bad(let reason): .blocked(item.text, reason: reason)
            case .localFile, .uploading: .blocked(item.text, reason: "is still being uploaded")
            case .failed(_, let reason): .blocked(item.text, reason: "could not be uploaded: \(reason)")
            case .unchecked, .checking, .ok, .unconfirmed, .uploaded: .address(item.url ?? item.text)
            }
        }
    }
}
