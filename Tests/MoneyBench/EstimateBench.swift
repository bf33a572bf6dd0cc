import Composing
import Foundation
import Money
import Pricing
import ReplicateAPI
import Studio

/// The estimate alone, and a whole key press through the reducer.
enum EstimateBench {
    private static let schema = InputSchema(fields: [
        InputField(name: "prompt", kind: .text, isRequired: true),
        InputField(name: "quality", kind: .choice(["360p", "540p", "720p", "1080p"])),
        InputField(name: "generate_audio", kind: .boolean),
        InputField(name: "duration", kind: .integer(minimum: 1, maximum: 15), defaultValue: 5),
        InputField(name: "seed", kind: .integer(minimum: nil, maximum: nil)),
    ])

    static func run() {
        let book = PriceBook.builtIn
        let runs = (1...20).map { number in
            let cost = Decimal(number) / 100
            let estimate = Money(cost * 100 / Decimal(80 + number * 3))
            return RunHistory.Run(seconds: 8 + Double(number) / 7, cost: Money(cost), estimate: estimate)
        }
        let history = RunHistory(runs: runs)
        let model = "pixverse/pixverse-v6"
        measure("estimate: eight prices, none decided, twenty runs", count: 5_000) {
            _ = book.estimate(model: model, input: ["prompt": "a fox"], schema: schema, history: history)
        }
        measure("estimate: one price", count: 5_000) {
            _ = book.estimate(
                model: "black-forest-labs/flux-schnell",
                input: ["prompt": "a fox", "num_outputs": 4],
                schema: nil,
                history: nil
            )
        }
        keyPress(model)
    }

    private static func keyPress(_ model: String) {
        let reducer = StudioReducer(prices: .builtIn, measure: { _ in 1 })
        let now = Date()
        var state = StudioState(mode: .live, budget: .standard, now: now)
        let startup = Startup(
            mode: .live,
            draft: Draft(model: model, prompt: String(repeating: "a {red|blue|green} fox in the snow ", count: 4)),
            defaultModel: model,
            runs: RunPage(runs: [], total: 0),
            spend: Spend(),
            budget: .standard,
            models: []
        )
        _ = reducer.reduce(&state, .started(startup))
        _ = reducer.reduce(
            &state,
            .modelLoaded(ModelDetails(path: model, summary: "", isOfficial: true, schema: schema))
        )
        measure("key press through the reducer, \(state.compose.quote.runs) runs priced", count: 2_000) {
            _ = reducer.reduce(&state, .typed("x"))
            _ = reducer.reduce(&state, .command(.deleteBackward))
        }
    }
}
