import Composing
import ReplicateAPI
import Testing

@testable import Studio

/// An image that is wanted and that a look from here does not find: never a run without it, and never without a question.
struct DoubtfulImageTests {
    private static let edit = ModelDetails(
        path: "acme/edit",
        summary: "",
        isOfficial: true,
        schema: InputSchema(fields: [
            InputField(name: "prompt", kind: .text, isRequired: true),
            InputField(name: "images", kind: .files(most: 2)),
        ])
    )
    private static let address = "https://example.com/private.png"

    private func bench(_ images: String, reason: String? = "403 not allowed") -> Bench {
        var bench = Bench(Self.edit, prompt: "make it night")
        bench.press(.focusImages)
        bench.send(.pasted(images))
        if let reason {
            for item in bench.state.compose.images.items {
                bench.send(.imageChecked(item.id, url: item.text, .bad(reason: reason)))
            }
        }
        return bench
    }

    @Test func `Run asks before it sends what is not to be seen from here`() {
        var bench = bench(Self.address)
        #expect(bench.state.compose.quote.obstacle?.pane == .images)
        bench.press(.run)
        #expect(bench.submitted == [])
        #expect(bench.state.confirmation?.purpose == .sendImages)
        #expect(bench.state.confirmation?.lines.first?.contains("403 not allowed") == true)
        bench.press(.back)
        #expect(bench.state.compose.images.items.map(\.state) == [.bad(reason: "403 not allowed")])
    }

    @Test func `a yes sends the address`() {
        var bench = bench(Self.address)
        bench.press(.run)
        bench.state.confirmation?.isConfirmFocused = true
        bench.press(.confirm)
        // The price of this model is not known, which is another question.
        var requests = bench.submitted
        if case .run(let asked)? = bench.state.confirmation?.purpose { requests += asked }
        #expect(requests.map { $0.input["images"] } == [[.string(Self.address)]])
    }

    @Test func `an image that is switched off is not asked about`() {
        var bench = bench(Self.address)
        bench.press(.toggleImage)
        #expect(bench.state.compose.quote.obstacle == nil)
    }

    @Test func `more images than the model takes hold up the run`() {
        var bench = bench("https://h/1.png https://h/2.png https://h/3.png", reason: nil)
        #expect(bench.state.compose.quote.obstacle?.reason == "acme/edit takes at most 2 images")
        bench.press(.run)
        #expect(bench.submitted == [])
    }
}
