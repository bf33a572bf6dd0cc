import Composing
import Foundation
import Money
import Pricing
import ReplicateAPI

@testable import Studio

/// A studio under test: sends actions and remembers the effects.
struct Bench {
    static let now = Date(timeIntervalSince1970: 1_795_000_000)
    static let reducer = StudioReducer(prices: .builtIn, measure: { $0.isASCII ? 1 : 2 })
    private let reducer: StudioReducer

    static let flux = ModelDetails(
        path: "black-forest-labs/flux-schnell",
        summary: "fast",
        isOfficial: true,
        schema: InputSchema(fields: [
            InputField(name: "prompt", kind: .text, isRequired: true, order: 0),
            InputField(name: "num_outputs", kind: .integer(minimum: 1, maximum: 4), defaultValue: 1, order: 1),
            InputField(name: "seed", kind: .integer(minimum: nil, maximum: nil), order: 2),
        ])
    )
    /// A switch, a choice with a default, and one that need not be made.
    static let choosing = ModelDetails(
        path: "lab/choosing",
        summary: "",
        isOfficial: true,
        schema: InputSchema(fields: [
            InputField(name: "prompt", kind: .text, isRequired: true, order: 0),
            InputField(name: "aspect_ratio", kind: .choice(["1:1", "16:9", "9:16"]), defaultValue: "1:1", order: 1),
            InputField(name: "style", kind: .choice(["photo", "ink"]), order: 2),
            InputField(name: "raw", kind: .boolean, defaultValue: false, order: 3),
        ])
    )
    static let video = ModelDetails(
        path: "fofr/skyreels-2",
        summary: "video",
        isOfficial: false,
        schema: InputSchema(fields: [
            InputField(name: "image_urls", kind: .files(most: nil), isRequired: true, order: 0)
        ])
    )
    static let unpriced = ModelDetails(
        path: "lab/slow-diffusion",
        summary: "by time",
        isOfficial: false,
        schema: InputSchema(fields: [InputField(name: "prompt", kind: .text, isRequired: true)])
    )

    var state: StudioState
    private(set) var effects: [StudioEffect] = []

    init(
        _ model: ModelDetails = flux,
        prompt: String = "",
        mode: StudioMode = .live,
        runs: [RunItem] = [],
        prices: PriceBook? = nil
    ) {
        reducer = prices.map { StudioReducer(prices: $0, measure: Self.reducer.derived.measure) } ?? Self.reducer
        state = StudioState(mode: mode, budget: Budget(), now: Self.now)
        send(
            .started(
                Startup(
                    mode: mode,
                    draft: Draft(model: model.path, prompt: prompt),
                    defaultModel: model.path,
                    runs: RunPage(runs: runs),
                    spend: Spend(),
                    budget: Budget(),
                    models: []
                )
            )
        )
        send(.modelLoaded(model))
        effects = []
    }

    @discardableResult
    mutating func send(_ actions: StudioAction...) -> [StudioEffect] { send(all: actions) }

    @discardableResult
    mutating func press(_ commands: Command...) -> [StudioEffect] { send(all: commands.map { .command($0) }) }

    private mutating func send(all actions: [StudioAction]) -> [StudioEffect] {
        var new: [StudioEffect] = []
        for action in actions { new += reducer.reduce(&state, action) }
        effects += new
        return new
    }

    /// The runs that were ordered so far, in order.
    var submitted: [RunRequest] {
        effects.flatMap { effect -> [RunRequest] in
            if case .world(.submit(let requests)) = effect { requests } else { [] }
        }
    }

    static func run(_ id: String, stage: RunItem.Stage = .succeeded, age: Double = 60) -> RunItem {
        RunItem(
            id: .init(rawValue: id),
            predictionID: id,
            model: flux.path,
            prompt: "prompt \(id)",
            input: ["prompt": .string("prompt \(id)"), "seed": 7],
            stage: stage,
            createdAt: now.addingTimeInterval(-age),
            finishedAt: stage.isActive ? nil : now,
            estimate: .exact(Money("0.003")!, because: "1 image × $0.003"),
            outputs: stage == .succeeded
                ? [RunOutput(url: "https://replicate.delivery/\(id)/out-0.webp", path: "/outputs/\(id).webp")] : []
        )
    }
}
