import Composing
import Money
import Pricing
import ReplicateAPI
import Testing

@testable import Studio

/// The same once more with a new seed, apart from what is being composed.
struct RunAgainTests {
    private func order(_ input: JSONObject, details: ModelDetails = Bench.flux) -> GivenRun {
        GivenRun(model: details.path, details: details, inputs: GivenInput.values(input))
    }

    private func bench(_ runs: RunItem...) -> Bench {
        var bench = Bench(prompt: "what is being written", runs: runs.isEmpty ? [Bench.run("one")] : runs)
        bench.press(.focusPredictions)
        return bench
    }

    @Test func `what the run was given is read, composed and submitted, and the form stays`() throws {
        var bench = bench()
        #expect(bench.press(.runAgain) == [.world(.recall([.init(rawValue: "one")]))])
        bench.send(.recalled([order(["prompt": "prompt one", "num_outputs": 2])]))
        let request = try #require(bench.submitted.first)
        #expect(bench.submitted.count == 1)
        #expect(request.input == ["prompt": "prompt one", "num_outputs": 2])
        #expect(request.prompt == "prompt one")
        #expect(request.estimate.high == Money("0.006"))
        #expect(bench.state.compose.prompt.text == "what is being written")
        #expect(bench.state.focus == .predictions)
    }

    @Test func `marked runs are run again, each`() {
        var bench = bench(Bench.run("one"), Bench.run("two", age: 90))
        bench.press(.markRun, .markRun)
        #expect(bench.press(.runAgain) == [.world(.recall(["one", "two"].map(RunItem.ID.init(rawValue:))))])
        bench.send(.recalled([order(["prompt": "a"]), order(["prompt": "b"])]))
        #expect(bench.submitted.map(\.prompt) == ["a", "b"])
    }

    @Test func `a second press before the first is journaled starts nothing`() {
        var bench = bench()
        bench.press(.runAgain, .runAgain)
        bench.send(.recalled([order(["prompt": "a"])]), .recalled([order(["prompt": "a"])]))
        #expect(bench.submitted.count == 1)
        #expect(bench.press(.runAgain) == [])
    }

    @Test func `the same within half a second asks`() {
        var bench = bench()
        bench.send(.recalled([order(["prompt": "a"])]), .submitted([]), .recalled([order(["prompt": "a"])]))
        #expect(bench.submitted.count == 1)
        #expect(bench.state.confirmation != nil)
    }

    @Test func `budgets hold`() {
        var bench = bench()
        bench.state.budget.run = Money("0.001")
        bench.send(.recalled([order(["prompt": "a"])]))
        #expect(bench.submitted.isEmpty && bench.state.toast?.notice.kind == .error)
        bench.state.budget = Budget()
        bench.state.budget.askAbove = Money("0.001")
        bench.send(.recalled([order(["prompt": "a"])]))
        #expect(bench.submitted.isEmpty && bench.state.confirmation != nil)
    }

    @Test func `what the model does not take any more is said, and nothing is started`() {
        var bench = bench(Bench.run("one"), Bench.run("two", age: 90))
        bench.send(.recalled([order(["prompt": "a"]), order(["prompt": "b", "gone": 1])]))
        #expect(bench.submitted.isEmpty)
        #expect(bench.state.toast?.notice.text.contains("gone") == true)
    }

    @Test func `without a token it says so`() {
        var bench = Bench(mode: .noToken, runs: [Bench.run("one")])
        bench.press(.focusPredictions)
        #expect(bench.press(.runAgain) == [])
        #expect(bench.state.toast?.notice.text.contains("REPLICATE_API_TOKEN") == true)
    }
}

/// Verbs that act on marked runs.
struct MarkedOutputTests {
    private func bench() -> Bench {
        var bench = Bench(
            Bench.video,
            runs: [Bench.run("one"), Bench.run("two", age: 90), Bench.run("three", age: 120)]
        )
        bench.press(.focusPredictions, .markRun, .markRun)
        return bench
    }

    @Test func `every output of the marked runs becomes an image, and the marks go`() {
        var bench = bench()
        bench.press(.useAsImage)
        #expect(
            bench.state.compose.images.items.map(\.text)
                == ["one", "two"].map { "https://replicate.delivery/\($0)/out-0.webp" }
        )
        #expect(bench.state.runs.marks.runs.isEmpty)
        #expect(bench.state.toast?.notice.text == "2 images added")
    }

    @Test func `copy takes a line for each, open starts a program for each`() {
        var bench = bench()
        #expect(bench.press(.copyURL) == [.terminal(.copy("/outputs/one.webp\n/outputs/two.webp"))])
        #expect(bench.press(.openOutput) == ["one", "two"].map { .world(.openFile(path: "/outputs/\($0).webp")) })
    }

    @Test func `without marks the shown output is meant`() {
        var bench = Bench(runs: [Bench.run("one"), Bench.run("two", age: 90)])
        bench.press(.focusPredictions)
        #expect(bench.press(.copyURL) == [.terminal(.copy("/outputs/one.webp"))])
        #expect(bench.state.toast?.notice.text == "Copied the file's path")
    }
}
