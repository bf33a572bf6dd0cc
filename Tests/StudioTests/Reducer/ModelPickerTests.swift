import Composing
import Pricing
import Testing

@testable import Studio

/// The list of models: its order, what is typed into it, and models that cannot be had.
struct ModelPickerTests {
    private func summary(_ path: String, runs: Int? = nil, _ text: String = "") -> ModelSummary {
        ModelSummary(path: path, summary: text, isOfficial: true, runCount: runs)
    }

    private func opened(_ known: [String] = ["a/recent", Bench.flux.path], mode: StudioMode = .live) -> Bench {
        var bench = Bench(mode: mode)
        bench.state.models = known.map { summary($0) }
        bench.press(.changeModel)
        return bench
    }

    private func values(_ bench: Bench) -> [String] { bench.state.picker?.matches.map(\.value) ?? [] }

    @Test func `what was used here comes first, then what everybody uses`() {
        var bench = opened()
        bench.send(
            .modelsFound(query: "", [summary("x/rare", runs: 5), summary("x/much", runs: 900), summary("a/recent")])
        )
        #expect(values(bench) == ["a/recent", Bench.flux.path, "x/much", "x/rare"])
    }

    @Test func `where nothing else says what a model makes, its price does`() {
        let items = PickerItems(prices: .builtIn)
        #expect(items.model(summary(Bench.flux.path)).model?.kind == .image)
        #expect(items.model(summary("bytedance/seedance-1-lite")).model?.kind == .video)
        #expect(items.model(summary("nobody/unknown")).model?.kind == nil)
        var edit = summary(Bench.flux.path)
        edit.kind = .edit
        #expect(items.model(edit).model?.kind == .edit)
    }

    @Test func `a model that was loaded is the latest of those that were used`() {
        var bench = Bench()
        bench.state.models = [summary("a/recent"), summary(Bench.flux.path)]
        bench.send(.modelKnown(summary(Bench.flux.path, runs: 7)))
        #expect(bench.state.models.map(\.path) == [Bench.flux.path, "a/recent"])
        #expect(bench.state.models[0].runCount == 7)
    }

    @Test func `the model of the form is selected, also when more arrive`() {
        var bench = opened()
        #expect(bench.state.picker?.selected?.value == Bench.flux.path)
        bench.send(.modelsFound(query: "", [summary("x/much", runs: 900)]))
        #expect(bench.state.picker?.selected?.value == Bench.flux.path)
    }

    @Test func `a name that begins with what is typed is first, and descriptions are looked through`() {
        var bench = opened([])
        bench.send(.typed("wan"))
        bench.send(
            .modelsFound(
                query: "wan",
                [summary("x/taiwan-wander"), summary("y/wan-2"), summary("z/other", runs: 1, "a swan on water")]
            )
        )
        #expect(values(bench).first == "y/wan-2")
        #expect(Set(values(bench)) == ["x/taiwan-wander", "y/wan-2", "z/other"])
    }

    @Test func `a model of the list is taken as soon as it is known to be there`() {
        var bench = opened()
        bench.press(.up)
        #expect(bench.press(.choose).contains(.world(.loadModel("a/recent"))))
        #expect(bench.state.picker?.awaited == "a/recent" && bench.state.compose.model.path == Bench.flux.path)
        bench.send(
            .modelLoaded(ModelDetails(path: "a/recent", summary: "", isOfficial: true, schema: Bench.unpriced.schema))
        )
        #expect(bench.state.picker == nil && bench.state.compose.model.path == "a/recent")
    }

    @Test func `the model that is called what is typed comes first, then names that begin so`() {
        var bench = opened([])
        bench.send(.typed("nano-banana"))
        let found = ["google/nano-banana-2", "google/nano-banana-pro", "x/nano-banana-fan", "google/nano-banana"]
        bench.send(.modelsFound(query: "nano-banana", found.map { summary($0, runs: $0.count) }))
        #expect(values(bench).first == "google/nano-banana")
        #expect(Set(values(bench)) == Set(found))
        bench = opened([])
        bench.send(.typed("google/nano-banana"))
        bench.send(.modelsFound(query: "google/nano-banana", found.map { summary($0, runs: $0.count) }))
        #expect(values(bench).first == "google/nano-banana")
    }

    @Test(arguments: [StudioMode.live, .demo])
    func `names that only the price book has come after models that are there, and the demo marks them`(
        mode: StudioMode
    ) throws {
        var bench = Bench(mode: mode)
        var priced = summary("alibaba/wan-3")
        priced.isOnlyPriced = true
        bench.state.models = [summary(Bench.flux.path), priced]
        bench.press(.changeModel)
        bench.send(.modelsFound(query: "", [summary("x/rare", runs: 5), summary("x/much", runs: 900)]))
        #expect(values(bench) == [Bench.flux.path, "x/much", "x/rare", "alibaba/wan-3"])
        let last = try #require(bench.state.picker?.matches.last)
        #expect(last.isAbsent == (mode == .demo))
        #expect(last.isAbsent == (mode == .demo))
        bench.send(.typed("wan"))
        bench.send(.modelsFound(query: "wan", [summary("y/swan", runs: 1), priced]))
        #expect(values(bench).first == "alibaba/wan-3", "what the API has found is there")
        #expect(bench.state.picker?.selected?.isAbsent == false)
    }

    @Test func `a notice about the model ends with the model`() {
        var bench = Bench(runs: [Bench.run("one")])
        bench.press(.focusPredictions, .useAsImage)
        #expect(bench.state.toast?.notice.text == "Added; flux-schnell takes no images: alt+m changes the model")
        bench.send(.modelNamed(Bench.video.path), .modelLoaded(Bench.video))
        #expect(bench.state.toast == nil)
        bench.press(.useAsImage)
        #expect(bench.state.toast?.notice.text.contains("takes no images") == false)
    }

    @Test func `one that was typed is asked for while the list stays`() {
        var bench = opened([])
        bench.send(.typed("lab/new"))
        #expect(bench.press(.choose).contains(.world(.loadModel("lab/new"))))
        #expect(bench.state.picker?.awaited == "lab/new")
        #expect(bench.state.compose.model.path == Bench.flux.path)
        let details = ModelDetails(path: "lab/New", summary: "", isOfficial: false, schema: Bench.unpriced.schema)
        bench.send(.modelLoaded(details, askedAs: "lab/new"))
        #expect(bench.state.picker == nil)
        #expect(bench.state.compose.model == ModelChoice(path: "lab/New", state: .ready(details)))
    }

    @Test func `one that is not there says so in the list, and the form keeps its model`() {
        var bench = opened([])
        bench.send(.typed("lab/none"))
        bench.press(.choose)
        let effects = bench.send(.modelMissing(path: "lab/none", reason: "There is no model lab/none"))
        #expect(effects.contains(.world(.loadModel(Bench.flux.path))), "the question for the other one ends")
        #expect(bench.state.picker?.failure == "There is no model lab/none")
        #expect(bench.state.picker?.awaited == nil)
        #expect(bench.state.compose.model.details == Bench.flux)
        bench.send(.typed("x"))
        #expect(bench.state.picker?.failure == nil)
    }

    @Test func `Esc while it is asked for ends the question`() {
        var bench = opened([])
        bench.send(.typed("lab/slow"))
        bench.press(.choose)
        #expect(bench.press(.back).contains(.world(.loadModel(Bench.flux.path))))
        bench.send(
            .modelLoaded(ModelDetails(path: "lab/slow", summary: "", isOfficial: true, schema: Bench.unpriced.schema))
        )
        #expect(bench.state.compose.model.path == Bench.flux.path)
    }

    @Test(arguments: [
        StudioAction.modelMissing(path: "a/recent", reason: "There is no model a/recent"),
        .modelUnavailable(path: "a/recent", reason: "The API cannot be reached"),
    ])
    func `a listed one that is gone says so in the list, which stays with what is typed`(answer: StudioAction) {
        var bench = opened()
        bench.send(.typed("rec"))
        bench.press(.choose)
        bench.send(answer)
        #expect(bench.state.picker?.failure != nil && bench.state.picker?.query.text == "rec")
        #expect(bench.state.compose.model.details == Bench.flux)
    }

    @Test(arguments: [
        StudioAction.modelMissing(path: "a/recent", reason: "There is no model a/recent"),
        .modelUnavailable(path: "a/recent", reason: "The API cannot be reached"),
    ])
    func `one that is named without a list and is gone leaves the one before it in the form`(answer: StudioAction) {
        var bench = opened()
        bench.press(.back)
        bench.send(.modelNamed("a/recent"))
        let effects = bench.send(answer)
        #expect(bench.state.compose.model.details == Bench.flux)
        #expect(effects.contains(.world(.loadModel(Bench.flux.path))))
        #expect(bench.state.toast?.notice.text.hasSuffix("\(Bench.flux.path) stays") == true)
    }

    @Test func `a page is read of what is looked at, once, and only where there is room`() {
        var bench = opened()
        bench.press(.up)
        #expect(!bench.effects.contains(.world(.loadReadme("a/recent"))))
        bench.state.viewport.showsModelPages = true
        #expect(bench.press(.down).contains(.world(.loadReadme(Bench.flux.path))))
        bench.send(.readmeLoaded(path: Bench.flux.path, "# Flux"))
        #expect(bench.state.picker?.readmes[Bench.flux.path] == "# Flux")
        #expect(bench.press(.up) == [.world(.loadReadme("a/recent"))])
        #expect(bench.press(.down) == [])
    }
}
