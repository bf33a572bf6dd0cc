import Composing
import ReplicateAPI
import Testing

@testable import Studio

struct DroppedPictureTests {
    private static let path = "/home/ada/a fox.webp"
    private static let recipe = PictureRecipe(
        madeBy: "darkroom",
        model: Bench.flux.path,
        prompt: "a red fox",
        inputs: ["seed": 7, "num_outputs": 2]
    )

    @Test(arguments: [
        "/home/ada/a\\ fox.webp", "'/home/ada/a fox.webp'", "\"/home/ada/a fox.webp\" ",
        "file:///home/ada/a%20fox.webp\n", "/home/ada/a fox.webp",
    ])
    func `a picture that is dropped into the prompt is looked at, however the terminal writes it`(text: String) {
        var bench = Bench(prompt: "")
        bench.press(.focusPrompt)
        let effects = bench.send(.pasted(text))
        #expect(
            effects.contains { effect in
                if case .world(.examinePicture(Self.path, _)) = effect { true } else { false }
            },
            "\(effects)"
        )
        #expect(!bench.state.compose.prompt.text.isEmpty)
    }

    @Test(arguments: [
        "a fox", "see /home/ada/fox.png for the colours", "/a.png /b.png", "fox.png", "https://example.org/a.png",
        "/home/ada/notes.txt",
    ])
    func `other text is text`(text: String) {
        var bench = Bench(prompt: "")
        bench.press(.focusPrompt)
        let effects = bench.send(.pasted(text))
        #expect(
            !effects.contains { effect in
                if case .world(.examinePicture) = effect { true } else { false }
            }
        )
        #expect(bench.state.compose.prompt.text == text)
    }

    private func asked(_ picture: DroppedPicture, model: ModelDetails = Bench.flux) -> Bench {
        var bench = Bench(model, prompt: "")
        bench.press(.focusPrompt)
        bench.send(.pasted(picture.text))
        bench.send(.pictureExamined(picture))
        return bench
    }

    @Test func `what made it is composed again when the person says so`() {
        var bench = asked(DroppedPicture(text: "/fox.webp", recipe: Self.recipe))
        #expect(bench.state.confirmation?.isConfirmFocused == false)
        bench.press(.switchButton, .confirm)
        #expect(bench.state.compose.prompt.text == "a red fox")
        #expect(bench.state.compose.inputs.values == ["seed": 7, "num_outputs": 2])
        #expect(bench.submitted.isEmpty)
        bench.press(.undo)
        #expect(bench.state.compose.prompt.text == "/fox.webp")
    }

    @Test func `it stays text when the person does not`() {
        var bench = asked(DroppedPicture(text: "/fox.webp", recipe: Self.recipe))
        bench.press(.confirm)
        #expect(bench.state.confirmation == nil)
        #expect(bench.state.compose.prompt.text == "/fox.webp")
    }

    @Test func `another model is asked for, and its inputs wait for it`() {
        var recipe = Self.recipe
        recipe.model = "lab/choosing"
        recipe.inputs = ["style": "ink"]
        recipe.omitted = ["image"]
        var bench = asked(DroppedPicture(text: "/fox.webp", recipe: recipe))
        let effects = bench.press(.switchButton, .confirm)
        #expect(effects.contains(.world(.loadModel("lab/choosing"))))
        #expect(bench.state.toast?.notice.text.contains("image") == true)
        bench.send(.modelLoaded(Bench.choosing))
        #expect(bench.state.compose.inputs.values == ["style": "ink"])
    }

    @Test func `a picture that says nothing may be sent, where the model takes pictures`() {
        var bench = asked(DroppedPicture(text: "/fox.webp"), model: Bench.video)
        bench.press(.switchButton, .confirm)
        #expect(bench.state.compose.prompt.text.isEmpty)
        #expect(bench.state.compose.images.items.map(\.text) == ["/fox.webp"])
        #expect(asked(DroppedPicture(text: "/fox.webp")).state.confirmation == nil)
    }

    @Test func `an answer that comes when the path is gone is dropped`() {
        var bench = Bench(prompt: "a fox")
        bench.send(.pictureExamined(DroppedPicture(text: "/fox.webp", recipe: Self.recipe)))
        #expect(bench.state.confirmation == nil)
    }
}
