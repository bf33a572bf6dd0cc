import ArgumentParser
import Composing
import Foundation
import Money
import Pricing

struct CostCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "cost",
        abstract: "What runs will cost, before they are run. USD.",
        usage: """
            darkroom cost OWNER/NAME [KEY=VALUE ...] [--count N] [--hardware SKU] [--json]
            darkroom cost [--images N] [--video-seconds N] [--json]
            """,
        discussion: """
            With a model, what `darkroom run` with the same inputs would cost, and what the budgets say to it: exact, a \
            range, or unknown, each with its reason. Inputs that the model would refuse end with status 64; those that \
            are left out count with the model's defaults. The status is 79 when a budget or --max-cost would refuse \
            it. Without one, the estimate of the service that this program \
            replaces: so much an image, so much a second of video.
            """
    )

    @Option(help: "How many images, at the reference's price.")
    var images: Int?

    @Option(name: .customLong("video-seconds"), help: "How many seconds of video, at the reference's price.")
    var videoSeconds: String?

    @Option(help: "owner/name; the same as naming it first.", completion: .model)
    var model: String?

    @Option(help: "What a model that is billed by time runs on, such as gpu-l40s; remembered.", completion: .hardware)
    var hardware: String?

    @Option(help: "How many runs.")
    var count = 1

    @Option(name: .customLong("max-cost"), help: "End with status 79 when it may cost more, in USD.")
    var maxCost: String?

    @Argument(
        help: ArgumentHelp("A model, and its inputs.", valueName: "owner/name key=value"),
        completion: .modelAndInput
    )
    var arguments: [String] = []

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    /// The model and its inputs; nil: none is named.
    private var asked: (model: String, inputs: [String])? {
        if let model { return (model, arguments) }
        return arguments.first.map { ($0, Array(arguments.dropFirst())) }
    }

    func validate() throws {
        if asked != nil, images != nil || videoSeconds != nil {
            throw ValidationError(
                "--images and --video-seconds are the reference's estimate and know no model; with a model write its "
                    + "inputs, such as num_outputs=4 or duration=5."
            )
        }
        if model == nil, let first = arguments.first, first.contains("=") {
            throw ValidationError("Inputs go with a model: darkroom cost OWNER/NAME \(first)")
        }
        if asked == nil, hardware != nil || count != 1 || maxCost != nil {
            throw ValidationError("--hardware, --count and --max-cost go with a model.")
        }
        if let maxCost, Money(maxCost) == nil { throw ValidationError("--max-cost must be an amount such as 0.50.") }
        if let images, images < 0 { throw ValidationError("--images must not be negative.") }
        if let videoSeconds, Money(videoSeconds) == nil { throw ValidationError("--video-seconds must be a number.") }
        guard (1...1_000).contains(count) else { throw ValidationError("--count must be between 1 and 1000.") }
    }

    func run(in context: CommandContext) async throws {
        let console = context.console
        if let asked { return try await estimate(asked.model, asked.inputs, context) }
        guard images != nil || videoSeconds != nil || output.json else { throw CleanExit.helpRequest(self) }
        let seconds = videoSeconds.flatMap { Money($0) }?.amount ?? 0
        let estimate = ReferenceEstimate(images: images ?? 0, videoSeconds: seconds)
        if output.json {
            console.print(line: ReferenceDocument(estimate))
        } else {
            console.print("\(estimate.total.text)  images \(estimate.images.text), video \(estimate.video.text)  (USD)")
        }
    }

    private func estimate(_ path: String, _ texts: [String], _ context: CommandContext) async throws {
        let composition = try Composition(context, settings: try Settings.load(global, context))
        var given = CommandOrder(model: path, count: count)
        given.inputs = try texts.map { .argument(try InputArgument($0)) }
        // A price may be asked for before there is a prompt.
        given.mayBeIncomplete = true
        let composed = try await composition.compose(
            given,
            files: InputFiles(context),
            hardware: hardware,
            isForecast: true
        )
        for warning in composed.warnings { context.console.say("\(warning).") }
        try show(composed.estimates, composition)
    }

    private func show(_ estimates: [Estimate], _ composition: Composition) throws {
        let estimate = Estimate.sum(estimates)
        let decision = composition.judge(estimates)
        let console = composition.context.console
        if output.json {
            console.print(line: EstimateDocument(estimate, decision))
        } else {
            let because = Console.cell(estimate.explanation, estimate.explanation.count)
            console.print("\(estimate.label)  \(because)  (USD)")
            switch decision {
            case .allow: break
            case .ask(let question): console.say("You would be asked before the run. \(question.sentence)")
            case .refuse: break
            }
        }
        // The status says whether it would be allowed, for scripts that ask before they run.
        if let limit = maxCost.flatMap({ Money($0) }) { try SpendingQuestion.check(estimate, against: limit) }
        if case .refuse(let objection) = decision {
            throw CommandError(.overBudget, "It would not be run. \(objection.sentence)")
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
    enum Decision: String, Encodable { case go, ask, refuse }

    let basis: Estimate.Basis
    @NullWhenUnknown var estimatedCost: Decimal?
    @NullWhenUnknown var low: Decimal?
    @NullWhenUnknown var high: Decimal?
    let explanation: String
    let decision: Decision
    @NullWhenUnknown var reason: String?

    init(_ estimate: Estimate, _ decision: BudgetDecision) {
        self.decision =
            switch decision {
            case .allow: .go
            case .ask: .ask
            case .refuse: .refuse
            }
        reason = decision.sentence
        basis = estimate.basis
        if case .exact(let money, _) = estimate { estimatedCost = money.amount }
        low = estimate.low?.amount
        high = estimate.high?.amount
        explanation = estimate.explanation
    }
}
