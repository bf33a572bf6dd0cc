import Composing
import ReplicateAPI
import Testing

@testable import Studio

/// What was run comes back into the form.
struct ReuseTests {
    private func run(_ id: String, _ prompt: String, _ inputs: JSONObject = [:], age: Double = 60) -> RunItem {
        var run = Bench.run(id, age: age)
        run.prompt = prompt
        run.input = inputs.merging(["prompt": .string(prompt)]) { old, _ in old }
        return run
    }

    private func bench(_ runs: RunItem...) -> Bench {
        var bench = Bench(runs: runs)
        bench.press(.focusPredictions)
        return bench
    }

    /// The prompts that the form stands for now.
    private func prompts(_ bench: Bench) -> [String] {
        (try? PromptAlternatives.expand(bench.state.compose.prompt.text)) ?? []
    }

    @Test(arguments: [Command.reuse, .newSeed])
    func `what is marked is taken, not what the cursor is on`(command: Command) {
        var bench = bench(run("one", "a wolf"), run("two", "a red fox", age: 90))
        bench.press(.down, .markRun, .first, command)
        #expect(prompts(bench) == ["a red fox"])
        #expect(bench.state.focus == .prompt)
    }

    @Test func `several marked prompts become alternatives, the one that was run first in front`() {
        var bench = bench(
            run("one", "a {blue} wolf | owl", age: 10),
            run("two", "a red fox", age: 90),
            run("three", "a red fox", age: 99)
        )
        bench.press(.markRun, .markRun, .markRun, .reuse)
        #expect(prompts(bench) == ["a red fox", "a {blue} wolf | owl"])
        #expect(bench.state.toast?.notice.text == "2 prompts and inputs taken over")
    }

    @Test func `what the marked runs differ in besides is named`() {
        var bench = bench(
            run("one", "a wolf", ["num_outputs": 2, "seed": 1], age: 10),
            run("two", "a fox", ["num_outputs": 4, "seed": 2], age: 90)
        )
        bench.press(.markRun, .markRun, .newSeed)
        #expect(
            bench.state.toast?.notice.text
                == "2 prompts and of the first run its num_outputs taken over with a new seed"
        )
        #expect(bench.state.compose.inputs.values["num_outputs"] == 4)
    }

    @Test func `runs of several models are not mixed`() {
        var other = run("two", "a film of a fox", age: 90)
        other.model = "lab/other"
        var bench = bench(run("one", "a wolf"), other)
        bench.press(.markRun, .markRun, .reuse)
        #expect(bench.state.compose.prompt.isEmpty)
        #expect(bench.state.toast?.notice.kind == .warning)
    }

    @Test(arguments: [
        "a {red|blue} fox", "{a|b}", "json {\"a\": 1}", "{\"a\": [1, 2]}", "a \\{b\\|c\\}", "{@animals}", "}{", "||",
        "",
    ])
    func `a prompt that was run stands for itself when it is taken again`(prompt: String) {
        var bench = bench(run("one", prompt))
        bench.send(.libraryLoaded(PromptLibrary(parsing: "# animals\n- fox\n- owl\n")))
        bench.press(.reuse)
        #expect(prompts(bench) == [prompt])
        #expect(bench.state.compose.quote.runs == 1)
    }
}
