import Composing
import Foundation
import Money
import Pricing
import ReplicateAPI
import Testing

@testable import Studio

/// What stands between a key press and a bill.
struct MoneySafetyTests {
    @Test func `run sends exactly what was priced`() throws {
        var bench = Bench(prompt: "a red fox")
        bench.press(.run)
        let request = try #require(bench.submitted.first)
        #expect(bench.submitted.count == 1)
        #expect(request.model == "black-forest-labs/flux-schnell")
        #expect(request.input["prompt"] == "a red fox")
        #expect(request.estimate == bench.state.compose.quote.each)
    }

    @Test func `a second press before the first is journaled does nothing`() {
        var bench = Bench(prompt: "a red fox")
        bench.press(.run, .run, .run)
        #expect(bench.submitted.count == 1)
        bench.send(.submitted([.init(rawValue: "new")]), .ticked(Bench.now.addingTimeInterval(1)))
        bench.press(.run)
        #expect(bench.submitted.count == 2)
    }

    @Test func `an unknown price asks first, with the focus on cancel`() throws {
        var bench = Bench(Bench.unpriced, prompt: "a red fox")
        bench.press(.run)
        #expect(bench.submitted.isEmpty)
        let question = try #require(bench.state.confirmation)
        #expect(!question.isConfirmFocused)
        #expect(question.lines.allSatisfy { !$0.contains("$0.00") && !$0.hasSuffix("$0") })

        bench.press(.confirm)
        #expect(bench.submitted.isEmpty)
        #expect(bench.state.confirmation == nil)
    }

    @Test func `yes runs only after the focus was moved there`() {
        var bench = Bench(Bench.unpriced, prompt: "a red fox")
        bench.press(.run)
        bench.send(.typed("y"))
        #expect(bench.submitted.isEmpty)
        bench.press(.switchButton)
        bench.send(.typed("y"))
        #expect(bench.submitted.count == 1)
    }

    @Test func `more than the ask-above limit asks`() throws {
        var bench = Bench(prompt: "a red fox")
        bench.state.budget.askAbove = Money("0.002")
        bench.press(.run)
        #expect(bench.submitted.isEmpty)
        #expect(bench.state.confirmation != nil)
    }

    @Test func `a run over the budget is refused with the reason`() {
        var bench = Bench(prompt: "a red fox")
        bench.state.budget.session = Money("0.01")
        bench.state.spend.session.paid = Money("0.009")!
        bench.press(.run)
        #expect(bench.submitted.isEmpty)
        #expect(bench.state.confirmation == nil)
        #expect(bench.state.toast?.notice.kind == .error)
    }

    @Test func `before Run is pressed it is known that it would be refused, or would ask`() {
        var bench = Bench(prompt: "a red fox")
        #expect(bench.state.compose.quote.decision == .allow)
        bench.state.budget.session = Money("0.01")
        bench.send(.spendChanged(Spend(session: SpendSum(paid: Money("0.009")!))))
        let objection = BudgetObjection.period(.session, sum: Money("0.012")!, limit: Money("0.01")!, InFlightSum())
        #expect(bench.state.compose.quote.decision == .refuse(objection))
        bench.send(.spendChanged(Spend(inFlight: InFlightSum(runs: 1, unpricedRuns: 1))))
        guard case .ask = bench.state.compose.quote.decision else {
            Issue.record("\(bench.state.compose.quote.decision)")
            return
        }
        bench.press(.run)
        #expect(bench.submitted.isEmpty)
        #expect(bench.state.confirmation?.lines.contains { $0.contains("1 run of unknown price") } == true)
    }

    @Test func `an image whose size is known is priced by it`() {
        let model = ModelDetails(
            path: "black-forest-labs/flux-2-pro",
            summary: "",
            isOfficial: true,
            schema: InputSchema(fields: [
                InputField(name: "prompt", kind: .text, isRequired: true),
                InputField(name: "input_images", kind: .files(most: 8)),
                InputField(name: "resolution", kind: .choice(["1 MP", "2 MP"]), defaultValue: "1 MP"),
            ])
        )
        var bench = Bench(model, prompt: "a red fox")
        #expect(bench.state.compose.quote.total.high == Money("0.045"))
        bench.press(.focusImages)
        bench.send(.pasted("https://h/1.png"))
        #expect(bench.state.compose.quote.total.high == nil)
        let facts = ImageFacts(contentType: "image/png", width: 1_200, height: 1_000)
        bench.send(.imageChecked(bench.state.compose.images.items[0].id, url: "https://h/1.png", .ok(facts)))
        #expect(bench.state.compose.quote.total.high == Money("0.075"))
    }

    @Test func `alternatives are priced one by one, where the prompt is what is billed`() throws {
        let speech = ModelDetails(
            path: "acme/speech",
            summary: "",
            isOfficial: true,
            schema: InputSchema(fields: [InputField(name: "text", kind: .text, isRequired: true)])
        )
        let book = try PriceBook(
            yaml: "models:\n  acme/speech:\n    prices: [{amount: 0.001, per: input-character}]",
            origin: "test"
        )
        var bench = Bench(speech, prompt: "{x|\(String(repeating: "y", count: 80))}", prices: book)
        #expect(bench.state.compose.quote.runs == 2)
        #expect(bench.state.compose.quote.total.high == Money("0.081"))
        bench.press(.moreRuns)
        #expect(bench.state.compose.quote.total.high == Money("0.162"))
        bench.state.budget = Budget(run: Money("0.05"))
        bench.press(.run)
        #expect(bench.submitted.isEmpty)
        bench.state.budget = Budget(run: Money("0.09"))
        bench.press(.run)
        #expect(bench.submitted.compactMap(\.estimate.high).reduce(.zero, +) == Money("0.162"))
    }

    @Test func `a fixed seed is told before the same picture is paid twice`() throws {
        var bench = Bench(prompt: "a red fox")
        bench.press(.moreRuns)
        bench.press(.run)
        #expect(bench.submitted.count == 2)
        bench.send(
            .submitted([.init(rawValue: "new"), .init(rawValue: "newer")]),
            .ticked(Bench.now.addingTimeInterval(5))
        )
        bench.state.compose.inputs.set(7, for: "seed")
        // What is composed is worked out after an action.
        bench.press(.focusPrompt)
        bench.press(.run)
        let question = try #require(bench.state.confirmation)
        #expect(question.lines.contains { $0.contains("Seed 7 is fixed: 1 of these 2 runs") })
        #expect(!question.isConfirmFocused)
        bench.press(.back)
        #expect(bench.submitted.count == 2)
    }

    @Test func `what was made with this seed is not made again without a word`() throws {
        var run = Bench.run("one")
        run.model = Bench.flux.path
        run.prompt = "a red fox"
        run.input = ["prompt": "a red fox", "seed": 7, "num_outputs": 1]
        var bench = Bench(runs: [run])
        bench.press(.focusPredictions, .reuse)
        bench.press(.run)
        let question = try #require(bench.state.confirmation)
        #expect(question.lines.contains { $0.contains("seed 7 it was made before") })
        bench.press(.back)
        bench.press(.focusPredictions, .newSeed)
        bench.press(.run)
        #expect(bench.state.confirmation == nil)
        #expect(bench.submitted.count == 1)
    }

    @Test func `two Runs within half a second with nothing changed are asked about`() throws {
        var bench = Bench(prompt: "a red fox")
        bench.press(.run)
        bench.send(.submitted([.init(rawValue: "new")]), .ticked(Bench.now.addingTimeInterval(0.3)))
        bench.press(.run)
        #expect(bench.submitted.count == 1)
        #expect(bench.state.confirmation?.lines.contains { $0.contains("half a second ago") } == true)
        bench.press(.back)
        bench.send(.ticked(Bench.now.addingTimeInterval(0.9)))
        bench.press(.run)
        #expect(bench.submitted.count == 2)
        bench.send(.submitted([.init(rawValue: "new")]), .typed("!"))
        bench.press(.run)
        #expect(bench.submitted.count == 3)
    }

    @Test func `alternatives and the count multiply, and are priced so`() {
        var bench = Bench(prompt: "a {red|blue|green} fox")
        bench.press(.moreRuns)
        #expect(bench.state.compose.quote.runs == 6)
        #expect(bench.state.compose.quote.total == bench.state.compose.quote.each?.times(6))
        bench.press(.run)
        if bench.state.confirmation != nil { bench.press(.switchButton, .confirm) }
        #expect(
            bench.submitted.map(\.prompt) == [
                "a red fox", "a red fox", "a blue fox", "a blue fox", "a green fox", "a green fox",
            ]
        )
    }

    @Test(arguments: [
        (Bench.flux, "", Pane.prompt), (Bench.video, "", Pane.images),
    ])
    func `what is missing is said, and the focus goes where it can be mended`(
        model: ModelDetails,
        prompt: String,
        pane: Pane
    ) {
        var bench = Bench(model, prompt: prompt)
        bench.press(.focusPredictions, .run)
        #expect(bench.submitted.isEmpty)
        #expect(bench.state.toast != nil)
        #expect(bench.state.focus == pane || bench.state.compose.quote.obstacle?.pane == pane)
    }

    @Test func `without a token nothing runs and the way out is named`() {
        var bench = Bench(prompt: "a red fox", mode: .noToken)
        bench.press(.run)
        #expect(bench.submitted.isEmpty)
        #expect(bench.state.toast?.notice.text.contains("darkroom demo") == true)
    }

    @Test func `a model that does not exist is said before anything is spent`() {
        var bench = Bench(prompt: "a red fox")
        bench.send(.modelMissing(path: Bench.flux.path, reason: "There is no model of that name"))
        bench.press(.run)
        #expect(bench.submitted.isEmpty)
        #expect(bench.state.toast?.notice.text == "There is no model of that name: alt+m picks another")
    }

    @Test func `a paste is text, never a command`() {
        var bench = Bench(runs: [Bench.run("one", stage: .processing)])
        bench.press(.focusPredictions)
        let effects = bench.send(.pasted("c\ny\nDq"))
        #expect(effects.isEmpty)
        #expect(bench.state.confirmation == nil)
        bench.press(.focusPrompt)
        bench.send(.pasted("line one\r\nline two"))
        #expect(bench.state.compose.prompt.text == "line one\nline two")
    }

    @Test func `cancel asks, tells what it costs, and names the run`() throws {
        var bench = Bench(runs: [Bench.run("one", stage: .processing)])
        bench.press(.focusPredictions, .cancelRun)
        let question = try #require(bench.state.confirmation)
        #expect(question.lines.contains { $0.contains("free") })
        bench.press(.switchButton, .confirm)
        #expect(bench.effects.contains(.world(.cancel([.init(rawValue: "one")]))))
    }

    @Test func `what the server does not know is sent again on a person's word only`() {
        var bench = Bench(runs: [Bench.run("one", stage: .resendable)])
        bench.press(.focusPredictions, .sendAgain)
        #expect(!bench.effects.contains(.world(.resend(.init(rawValue: "one")))))
        bench.press(.switchButton, .confirm)
        #expect(bench.effects.contains(.world(.resend(.init(rawValue: "one")))))
    }
}
