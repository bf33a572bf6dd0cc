import Composing
import ReplicateAPI
import Testing

@testable import Studio

/// What the server says of a run that it does not create.
struct RefusalReducerTests {
    private static let ratio = APIError.InvalidField(type: "enum", field: "aspect_ratio", message: "must be 1:1")

    /// Runs what is composed, and has the server refuse it for `fields`.
    private func refused(_ bench: inout Bench, _ fields: APIError.InvalidField...) throws {
        bench.press(.run)
        if bench.state.confirmation != nil { bench.press(.switchButton, .confirm) }
        let request = try #require(bench.submitted.last)
        var run = Bench.run("lost", stage: .sending)
        run.model = request.model
        run.input = request.input
        bench.send(.submitted([run.id]), .runChanged(run))
        run.stage = .refused
        run.finishedAt = Bench.now
        bench.send(.runChanged(run), .inputsRefused(run.id, fields))
    }

    private func issue(_ name: String, _ bench: Bench) -> String? {
        bench.state.compose.inputRows.first { $0.name == name }?.issue
    }

    @Test func `an input that was refused says why, and has the focus`() throws {
        var bench = Bench(Bench.choosing, prompt: "a fox")
        try refused(&bench, Self.ratio)
        #expect(issue("aspect_ratio", bench) == "must be 1:1")
        #expect(issue("style", bench) == nil)
        #expect(bench.state.focus == .inputs)
        #expect(bench.state.compose.inputs.selected?.name == "aspect_ratio")
        #expect(bench.state.compose.quote.obstacle == nil)
    }

    @Test func `the sentence goes when the input is changed, and comes back with the value`() throws {
        var bench = Bench(Bench.choosing, prompt: "a fox")
        try refused(&bench, Self.ratio)
        bench.press(.increaseInput)
        #expect(issue("aspect_ratio", bench) == nil)
        bench.press(.resetInput)
        #expect(issue("aspect_ratio", bench) == "must be 1:1")
    }

    @Test func `a prompt and its images have their sentence in their panes`() throws {
        var bench = Bench(prompt: "a {red|blue} fox")
        try refused(&bench, .init(type: "", field: "prompt", message: "too short"))
        #expect(bench.state.compose.refusal(in: .prompt) == "too short")
        #expect(bench.state.focus == .prompt)
        bench.send(.typed("!"))
        #expect(bench.state.compose.refusal(in: .prompt) == nil)

        var film = Bench(Bench.video)
        film.press(.focusImages)
        film.send(.pasted("https://example.org/a.png"))
        for item in film.state.compose.images.items {
            film.send(.imageChecked(item.id, url: item.text, .ok(ImageFacts(contentType: "image/png"))))
        }
        film.press(.focusPredictions)
        try refused(&film, .init(type: "format", field: "image_urls.0", message: "Does not match format 'uri'"))
        #expect(film.state.compose.refusal(in: .images) == "Does not match format 'uri'")
        #expect(film.state.focus == .images)
        film.press(.toggleImage)
        #expect(film.state.compose.refusal(in: .images) == nil)
    }

    @Test func `whoever has gone on since keeps the focus`() throws {
        var bench = Bench(Bench.choosing, prompt: "a fox")
        bench.press(.run)
        if bench.state.confirmation != nil { bench.press(.switchButton, .confirm) }
        let request = try #require(bench.submitted.last)
        var run = Bench.run("lost", stage: .refused)
        run.model = request.model
        run.input = request.input
        bench.send(.typed("x"))
        bench.send(.runChanged(run), .inputsRefused(run.id, [Self.ratio]))
        #expect(bench.state.focus == .prompt)
        #expect(issue("aspect_ratio", bench) == "must be 1:1")
    }

    @Test func `it concerns the model that was asked, and inputs that the model has`() throws {
        var bench = Bench(Bench.choosing, prompt: "a fox")
        try refused(&bench, .init(type: "", field: "size", message: "unknown"))
        #expect(bench.state.focus == .prompt)
        try refused(&bench, Self.ratio)
        var other = Bench.choosing
        other = ModelDetails(path: "lab/other", summary: "", isOfficial: true, schema: other.schema)
        bench.state.compose.model = ModelChoice(path: other.path, state: .ready(other))
        #expect(issue("aspect_ratio", bench) == nil)
    }
}
