import Composing
import Pricing
import Testing

@testable import Studio

struct WorldReducerTests {
    @Test func `an end is told when the record knows its reason, once`() {
        var bench = Bench(runs: [Bench.run("one", stage: .processing)])
        var run = Bench.run("one", stage: .failed)
        run.finishedAt = nil
        bench.send(.runChanged(run))
        #expect(bench.state.toast == nil)
        run.finishedAt = Bench.now
        run.failure = "CUDA out of memory"
        bench.send(.runChanged(run))
        #expect(bench.state.toast?.notice.text == "flux-schnell failed: CUDA out of memory")
        bench.state.toast = nil
        bench.send(.runChanged(run))
        #expect(bench.state.toast == nil)
    }

    @Test func `running again asks again for a model that could not be reached`() {
        var bench = Bench(prompt: "a fox")
        bench.state.compose.model = ModelChoice(path: Bench.flux.path)
        bench.send(.modelUnavailable(path: Bench.flux.path, reason: "cannot be reached"))
        #expect(bench.press(.run) == [.world(.loadModel(Bench.flux.path))])
        #expect(bench.state.focus == .prompt)
    }

    @Test func `a connection that is lost is looked for until it is back`() {
        var bench = Bench()
        #expect(bench.send(.connectivityChanged(.offline("no network"))).isEmpty, "whoever asks at the start goes on")
        bench.send(.connectivityChanged(.online))
        #expect(bench.send(.connectivityChanged(.offline("no network"))) == [.world(.loadModel(Bench.flux.path))])
        #expect(bench.send(.connectivityChanged(.offline("no network"))).isEmpty)
    }

    @Test func `what is missing takes the focus to where it can be mended`() {
        var bench = Bench(Bench.video)
        bench.press(.focusPredictions, .run)
        #expect(bench.state.focus == .images)
    }
}

struct EarlyTypingTests {
    @Test(arguments: ["", "a red fox"])
    func `what is typed before the history is open stays, behind the draft`(draft: String) {
        var state = StudioState(mode: .live, now: Bench.now)
        _ = Bench.reducer.reduce(&state, .typed(" at night"))
        let startup = Startup(
            mode: .live,
            draft: Draft(model: Bench.flux.path, prompt: draft),
            defaultModel: Bench.flux.path,
            runs: RunPage(runs: []),
            spend: Spend(),
            budget: Budget(),
            models: []
        )
        _ = Bench.reducer.reduce(&state, .started(startup))
        #expect(state.compose.prompt.text == draft + " at night")
        #expect(state.savedDraft?.prompt == draft + " at night")
    }

    @Test func `where the history cannot be opened the studio ends`() {
        var state = StudioState(mode: .live, now: Bench.now)
        #expect(Bench.reducer.reduce(&state, .openingFailed).contains(.terminal(.quit)))
    }
}
