import ArgumentParser
import Foundation
import History
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient

struct CostCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cost",
        abstract: "What runs will cost, before they are run. USD."
    )

    @Option(help: "How many images, at the reference's price.")
    var images: Int?

    @Option(name: .customLong("video-seconds"), help: "How many seconds of video, at the reference's price.")
    var videoSeconds: String?

    @Option(help: "owner/name: what one run of it costs with the inputs given.")
    var model: String?

    @Option(help: "What a model that is billed by time runs on, such as gpu-l40s; remembered.")
    var hardware: String?

    @Argument(help: "KEY=VALUE inputs, with --model.")
    var inputs: [String] = []

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if model != nil, images != nil || videoSeconds != nil {
            throw ValidationError(
                "--images and --video-seconds are the reference's estimate and know no model; with --model write its "
                    + "inputs, such as num_outputs=4 or duration=5."
            )
        }
        if model == nil, hardware != nil { throw ValidationError("--hardware goes with --model.") }
        if model == nil, !inputs.isEmpty { throw ValidationError("Inputs go with --model.") }
        if let images, images < 0 { throw ValidationError("--images must not be negative.") }
        if let videoSeconds, Money(videoSeconds) == nil { throw ValidationError("--video-seconds must be a number.") }
    }

    func run() async throws {
        if let model { return try await estimate(model) }
        let seconds = videoSeconds.flatMap { Money($0) }?.amount ?? 0
        let estimate = ReferenceEstimate(images: images ?? 0, videoSeconds: seconds)
        if output.json {
            Console.print(line: ReferenceDocument(estimate))
        } else {
            Console.print("\(estimate.total.text)  images \(estimate.images.text), video \(estimate.video.text)  (USD)")
        }
    }

    private func estimate(_ path: String) async throws {
        let composition = try Composition(settings: try Settings.load(global))
        guard let reference = ModelReference(path) else {
            throw CommandError(.usage, "\(path) is no model: write owner/name")
        }
        if let hardware {
            try HardwareName.check(hardware, composition.prices)
            try composition.store.rememberHardware(hardware, of: reference.path)
        }
        // With a token the schema's own defaults count; without one the book's do.
        let known = composition.settings.token == nil ? nil : try? await composition.runner.model(reference)
        let schema = known?.latestVersion?.inputSchema
        var input: JSONObject = [:]
        for argument in try inputs.map(InputArgument.init) {
            input[argument.key] =
                schema?[argument.key]?.value(typed: argument.value)
                ?? (try? JSONValue(parsing: Data(argument.value.utf8))) ?? .string(argument.value)
        }
        let history: RunHistory
        if let known {
            history = await composition.runner.history(of: known)
        } else {
            history = composition.runner.knownHistory(of: reference.path)
        }
        let estimate = composition.prices.estimate(
            model: reference.path,
            input: input,
            schema: schema,
            history: history,
            isOfficial: known?.isOfficial ?? false
        )
        let decision = composition.judge([estimate])
        if output.json {
            Console.print(line: EstimateDocument(estimate, decision))
        } else {
            let because = Console.cell(estimate.explanation, estimate.explanation.count)
            Console.print("\(estimate.label)  \(because)  (USD)")
            switch decision {
            case .go: break
            case .ask(let reason): Console.say("You would be asked before the run. \(reason)")
            case .refuse(let reason): Console.say("It would not be run. \(reason)")
            }
        }
    }
}

/// The reference's own answer: `{estimated_cost, breakdown: {images, video}}`.
private struct ReferenceDocument: Encodable {
    struct Breakdown: Encodable {
        let images: Decimal
        let video: Decimal
    }

    let estimatedCost: Decimal
    let breakdown: Breakdown

    init(_ estimate: ReferenceEstimate) {
        estimatedCost = estimate.total.amount
        breakdown = Breakdown(images: estimate.images.amount, video: estimate.video.amount)
    }
}

/// `{basis, estimated_cost, low, high, explanation, decision, reason}`; amounts are numbers in USD, null where unknown,
/// never 0. `decision` is what the budgets say to a run now: `go`, `ask` or `refuse`.
private struct EstimateDocument: Encodable {
    let basis: String
    @NullWhenUnknown var estimatedCost: Decimal?
    @NullWhenUnknown var low: Decimal?
    @NullWhenUnknown var high: Decimal?
    let explanation: String
    let decision: String
    @NullWhenUnknown var reason: String?

    init(_ estimate: Estimate, _ decision: BudgetDecision) {
        switch decision {
        case .go: self.decision = "go"
        case .ask(let reason):
            self.decision = "ask"
            self.reason = reason
        case .refuse(let reason):
            self.decision = "refuse"
            self.reason = reason
        }
        switch estimate {
        case .exact(let money, _):
            basis = "exact"
            estimatedCost = money.amount
        case .range: basis = "range"
        case .unknown: basis = "unknown"
        }
        low = estimate.low?.amount
        high = estimate.high?.amount
        explanation = estimate.explanation
    }
}
