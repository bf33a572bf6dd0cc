package import Pricing
import ReplicateAPI

/// Turns an order into priced runs. This is the only place where prompts, images and inputs become the input that is
/// sent, and where a run gets its estimate. Studio, command line and service all use it.
///
/// Every part of the order is either sent or refused by its name. Pure; may be used from any thread.
package struct RunComposer: Sendable {
    /// The most runs that one order may make.
    package static let mostRuns = 1_000

    /// The prices by which runs are estimated.
    package let prices: PriceBook

    package init(prices: PriceBook) { self.prices = prices }

    /// The runs of `order` with their estimates, or the issues that prevent them. The runs are not started.
    ///
    /// - Parameter known: what was composed last, and of what: where nothing but the words of the prompt is another, and no
    ///   price depends on them, its estimate holds.
    package func compose(_ order: GivenRun, known: (order: GivenRun, runs: ComposedRuns)? = nil) -> ComposedRuns {
        var inputs = ComposedInputs(order)
        let model = order.details?.path ?? spelling(of: order.model)
        let pricedModel = String(model.prefix { $0 != ":" })
        let prompts = self.prompts(inputs, order)
        let pricing = pricing(pricedModel, order)
        let base = completed(inputs, prompts.first ?? nil, pricing)
        inputs.check(base, prompts: prompts)
        let runs = prompts.count * max(order.count, 1)
        if order.count < 1 {
            inputs.note(.init(.count, "The count", "must be at least 1", .integer(Int64(order.count))))
        } else if runs > Self.mostRuns {
            let words = "make \(runs) runs; at most \(Self.mostRuns) can be started at once"
            inputs.note(.init(.count, "Count and alternatives", words, .integer(Int64(order.count))))
        }
        let made = min(order.count, Self.mostRuns / max(prompts.count, 1))
        let first = inputs.filling(base, prompts.first ?? nil)
        let megapixels = inputs.files.reduce(into: order.megapixels) { $0[$1.placeholder] = $1.megapixels }
        let dependsOnPrompt = inputs.promptField.map(pricing.depends) ?? false
        let priced = known.flatMap { $0.order.differsInWordsOnly(from: order) ? $0.runs.common : nil }
        let common = dependsOnPrompt ? nil : priced ?? pricing.estimate(first, megapixelsIn: megapixels)
        let requests = prompts.map { prompt in
            let input = inputs.filling(base, prompt)
            let kept = prompt ?? inputs.promptField.flatMap { input[$0]?.string } ?? ""
            return RunRequest(
                model: model,
                prompt: kept,
                input: input,
                estimate: common ?? pricing.estimate(input, megapixelsIn: megapixels),
                files: inputs.files,
                secretInputs: inputs.schema.secrets
            )
        }
        let all = requests.flatMap { Array(repeating: $0, count: max(made, 1)) }
        return ComposedRuns(
            requests: inputs.issues.isEmpty ? all : [],
            estimates: all.map(\.estimate),
            common: common,
            issues: inputs.issues,
            warnings: inputs.warnings + InputRestriction.warnings(model: pricedModel, files: inputs.files, input: base)
        )
    }

    /// The prompts of the runs, at least one; nil stands for a run without a prompt.
    private func prompts(_ inputs: ComposedInputs, _ order: GivenRun) -> [String?] {
        guard let prompt = inputs.prompt else { return [nil] }
        return inputs.alternatives ?? [prompt]
    }

    /// The inputs that are sent for every run. Defaults that decide the price are added, so that the run that was
    /// priced is the run that is sent.
    private func completed(_ inputs: ComposedInputs, _ prompt: String?, _ pricing: ModelPricing) -> JSONObject {
        var input = pricing.completed(inputs.filling(inputs.input, prompt))
        if prompt != nil, let field = inputs.promptField { input[field] = nil }
        return input
    }

    private func pricing(_ model: String, _ order: GivenRun) -> ModelPricing {
        ModelPricing(
            book: prices,
            model: model,
            schema: order.details.flatMap { $0.schema.fields.isEmpty ? nil : $0.schema },
            isOfficial: order.details?.isOfficial,
            history: order.history
        )
    }
}

extension RunComposer {
    /// Corrects the case of `owner/name` when the price book contains the model: for a model whose details were not
    /// requested from the API. A version after a colon is kept.
    package func spelling(of model: String) -> String {
        let path = model.prefix { $0 != ":" }
        return (prices[String(path)]?.model ?? String(path)) + model.dropFirst(path.count)
    }
}
