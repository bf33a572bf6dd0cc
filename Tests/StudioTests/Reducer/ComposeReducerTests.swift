import Composing
import Pricing
import ReplicateAPI
import Testing

@testable import Studio

struct ComposeReducerTests {
    @Test func `every change of the draft is saved, and only changes are`() {
        var bench = Bench()
        let typed = bench.send(.typed("a"))
        #expect(typed == [.world(.saveDraft(bench.state.compose.draft))])
        #expect(bench.send(.ticked(Bench.now)).isEmpty)
        #expect(bench.press(.left).isEmpty)
    }

    @Test func `a draft comes back as it was left`() {
        var bench = Bench(prompt: "a fox")
        bench.press(.focusInputs, .increaseInput, .moreRuns)
        bench.press(.focusImages)
        bench.send(.pasted("https://example.org/a.png\nhttps://example.org/b.png"))
        bench.press(.toggleImage)
        let draft = bench.state.compose.draft

        var second = Bench()
        var startup = Startup(
            mode: .live,
            draft: draft,
            defaultModel: "x/y",
            runs: RunPage(runs: [], total: 0),
            spend: Spend(),
            budget: .init(),
            models: []
        )
        startup.model = Bench.flux
        second.send(.started(startup))
        #expect(second.state.compose.draft == draft)
        #expect(second.state.compose.images.items.map(\.isOn) == [true, false])
    }

    @Test func `an address is checked once, and a stale answer is dropped`() throws {
        var bench = Bench(Bench.video)
        bench.press(.focusImages)
        let effects = bench.send(.pasted("https://example.org/a.png"))
        let id = try #require(bench.state.compose.images.items.first?.id)
        #expect(effects.contains(.world(.checkImage(id, url: "https://example.org/a.png"))))
        #expect(!bench.send(.ticked(Bench.now)).contains(.world(.checkImage(id, url: "https://example.org/a.png"))))

        bench.send(.imageChecked(id, url: "https://example.org/other.png", .bad(reason: "404 not found")))
        #expect(bench.state.compose.images.sent.count == 1)
        bench.send(.imageChecked(id, url: "https://example.org/a.png", .bad(reason: "404 not found")))
        #expect(bench.state.compose.images.sent.isEmpty)
        bench.press(.run)
        #expect(bench.submitted.isEmpty)
    }

    @Test func `a local file is uploaded, and nothing runs until it is`() throws {
        var bench = Bench(Bench.video)
        bench.press(.focusImages)
        let effects = bench.send(.pasted("/home/me/fox.png"))
        let id = try #require(bench.state.compose.images.items.first?.id)
        #expect(effects.contains(.world(.uploadImage(id, path: "/home/me/fox.png"))))
        bench.press(.run)
        #expect(bench.submitted.isEmpty)

        bench.send(.imageUploaded(id, path: "/home/me/fox.png", url: "https://api.replicate.com/v1/files/f"))
        bench.press(.run)
        if bench.state.confirmation != nil { bench.press(.switchButton, .confirm) }
        #expect(bench.submitted.map { $0.input["image_urls"] } == [["https://api.replicate.com/v1/files/f"]])
    }

    @Test func `an output goes to the image list in one key`() {
        var bench = Bench(Bench.video, runs: [Bench.run("one")])
        bench.press(.focusPredictions, .useAsImage)
        #expect(bench.state.compose.images.items.map(\.text) == ["https://replicate.delivery/one/out-0.webp"])
    }

    @Test func `reuse brings model, prompt and inputs back, a new seed all but the seed`() {
        var bench = Bench(Bench.video, runs: [Bench.run("one")])
        let effects = bench.press(.focusPredictions, .reuse)
        #expect(effects.contains(.world(.loadModel(Bench.flux.path))))
        bench.send(.modelLoaded(Bench.flux))
        #expect(bench.state.compose.prompt.text == "prompt one")
        #expect(bench.state.compose.inputs.values == ["seed": 7])

        bench.press(.focusPredictions, .newSeed)
        #expect(bench.state.compose.inputs.values == [:])
    }

    @Test func `an answer about a model that is no longer chosen changes nothing`() {
        var bench = Bench(prompt: "a fox")
        let before = bench.state
        bench.send(.modelLoaded(Bench.video))
        bench.send(.modelMissing(path: "no/where", reason: "gone"))
        #expect(bench.state.compose == before.compose)
    }

    @Test func `a model that was seen stays usable while the network is away`() {
        var bench = Bench(prompt: "a fox")
        bench.send(.modelUnavailable(path: Bench.flux.path, reason: "no network"))
        #expect(bench.state.compose.model.details == Bench.flux)
    }

    @Test func `interrupt clears the prompt first, undo brings it back`() {
        var bench = Bench(prompt: "a fox")
        bench.press(.interrupt)
        #expect(bench.state.compose.prompt.text.isEmpty)
        bench.press(.undo)
        #expect(bench.state.compose.prompt.text == "a fox")
    }

    @Test func `a number typed on an input begins to edit it`() {
        var bench = Bench(prompt: "a fox")
        bench.press(.focusInputs)
        bench.send(.typed("3"))
        #expect(bench.state.compose.inputs.editing?.editor.text == "3")
        bench.press(.acceptField)
        #expect(bench.state.compose.inputs.values == ["num_outputs": 3])
    }

    @Test func `a choice is made from a list that begins on what it is`() {
        var bench = Bench(Bench.choosing)
        bench.press(.focusInputs, .editInput)
        #expect(bench.state.picker?.items.map(\.title) == ["1:1", "16:9", "9:16"])
        #expect(bench.state.picker?.selected?.note == "default")
        bench.press(.down, .choose)
        #expect(bench.state.compose.inputs.values == ["aspect_ratio": "16:9"])
        bench.press(.editInput)
        #expect(bench.state.picker?.selected?.value == "16:9")
        bench.press(.back)
        #expect(bench.state.compose.inputs.values == ["aspect_ratio": "16:9"])
        bench.send(.typed("9"))
        bench.press(.choose)
        #expect(bench.state.picker == nil)
    }

    @Test func `a choice that need not be made can be taken back, and a switch turns`() {
        var bench = Bench(Bench.choosing)
        bench.press(.focusInputs, .down, .editInput)
        #expect(bench.state.picker?.selected?.title == "not set")
        bench.press(.down, .choose)
        #expect(bench.state.compose.inputs.values == ["style": "photo"])
        bench.press(.editInput, .up, .choose, .down, .editInput)
        #expect(bench.state.compose.inputs.values == ["raw": true])
        #expect(bench.state.picker == nil)
    }

    @Test func `an image that is edited to one already listed stays in its field, with the reason`() {
        var bench = Bench(Bench.video)
        bench.press(.focusImages)
        bench.send(.pasted("https://example.org/a.png\nhttps://example.org/b.png"))
        bench.press(.editImage, .killToLineStart)
        bench.send(.typed("https://example.org/a.png"))
        bench.press(.acceptField)
        #expect(bench.state.toast?.notice.text.contains("in the list already") == true)
        #expect(bench.state.compose.imageEntry != nil)
        bench.press(.back)
        #expect(bench.state.compose.images.items.map(\.text).last == "https://example.org/b.png")
    }

    @Test func `a value outside its range is refused at the field`() {
        var bench = Bench(prompt: "a fox")
        bench.press(.focusInputs)
        bench.send(.typed("9"))
        bench.press(.acceptField)
        #expect(bench.state.compose.inputs.editing?.issue == "must be at most 4")
        #expect(bench.state.compose.inputs.values == [:])
        bench.press(.back)
        #expect(bench.state.compose.inputs.editing == nil)
    }
}
