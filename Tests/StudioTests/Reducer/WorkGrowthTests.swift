import Composing
import ReplicateAPI
import Synchronization
import Testing

@testable import Pricing
@testable import Studio

/// What a key press costs, in counted steps: no more than in proportion to what was typed or is shown.
struct WorkGrowthTests {
    /// Counts the characters that were measured.
    private final class Counter: Sendable {
        private let steps = Mutex(0)
        func count() { steps.withLock { $0 += 1 } }
        func take() -> Int {
            steps.withLock { value in
                defer { value = 0 }; return value
            }
        }
    }

    private static func studio(_ runs: [RunItem], _ counter: Counter) -> (StudioState, StudioReducer) {
        let reducer = StudioReducer(prices: .builtIn) { _ in
            counter.count()
            return 1
        }
        var state = Bench(runs: runs).state
        _ = reducer.reduce(&state, .command(.focusPredictions))
        return (state, reducer)
    }

    private static func runs(_ count: Int, prompt: String = "a fox") -> [RunItem] {
        (0..<count).map { index in
            var run = Bench.run(
                "\(index)",
                stage: index.isMultiple(of: 2) ? .processing : .succeeded,
                age: Double(index)
            )
            run.prompt = prompt + " \(index)"
            return run
        }
    }

    @Test func `a key in the table costs the same with ten times the runs`() {
        func steps(_ count: Int) -> Int {
            var (state, reducer) = Self.studio(Self.runs(count), Counter())
            let before = state.runs.work.steps
            for command in [Command.down, .down, .up, .nextPane, .previousPane, .markRun] {
                _ = reducer.reduce(&state, .command(command))
            }
            return state.runs.work.steps - before
        }
        #expect(steps(2_000) <= steps(200) + 20)
        #expect(steps(20_000) <= steps(200) + 20)
    }

    @Test func `a change of a run costs the same with ten times the runs`() {
        func steps(_ count: Int) -> Int {
            let runs = Self.runs(count)
            var (state, reducer) = Self.studio(runs, Counter())
            let before = state.runs.work.steps
            for index in [0, count / 2, count - 1] {
                var run = runs[index]
                run.stage = .succeeded
                _ = reducer.reduce(&state, .runChanged(run))
            }
            _ = reducer.reduce(&state, .runChanged(Bench.run("new", age: -5)))
            return state.runs.work.steps - before
        }
        #expect(steps(20_000) <= steps(200) + 20)
    }

    @Test func `a filter is applied when it changes, and not when it is looked at`() {
        func steps(_ count: Int, promptLength: Int) -> (typing: Int, moving: Int) {
            let prompt = String(repeating: "long prompt ", count: promptLength / 12)
            var (state, reducer) = Self.studio(Self.runs(count, prompt: prompt), Counter())
            _ = reducer.reduce(&state, .command(.filterRuns))
            let before = state.runs.work.steps
            for letter in ["p", "r", "o"] { _ = reducer.reduce(&state, .typed(letter)) }
            _ = reducer.reduce(&state, .command(.acceptField))
            let typed = state.runs.work.steps
            for command in [Command.down, .up, .nextPane, .nextPane] { _ = reducer.reduce(&state, .command(command)) }
            return (typed - before, state.runs.work.steps - typed)
        }
        let small = steps(50, promptLength: 240)
        #expect(steps(500, promptLength: 240).typing <= 11 * small.typing)
        #expect(steps(50, promptLength: 2_400).typing <= 11 * small.typing)
        #expect(steps(500, promptLength: 2_400).moving <= small.moving + 20)
    }

    @Test func `a log costs its shown end, once`() {
        func steps(_ lines: Int) -> (change: Int, key: Int) {
            let counter = Counter()
            var run = Bench.run("one", stage: .processing)
            var (state, reducer) = Self.studio([run], counter)
            _ = reducer.reduce(&state, .command(.nextTab))
            run.logs = String(repeating: "step 1 of 100, and so on\n", count: lines)
            _ = counter.take()
            _ = reducer.reduce(&state, .runChanged(run))
            let change = counter.take()
            _ = reducer.reduce(&state, .command(.nextPane))
            _ = reducer.reduce(&state, .command(.up))
            return (change, counter.take())
        }
        #expect(steps(100_000).change <= steps(10_000).change + 100)
        #expect(steps(1_000).key == 0)
        #expect(steps(100_000).key == 0)
    }

    @Test func `the tail of a log looks at the tail`() {
        let log = String(repeating: "first\n", count: 200_000) + "\n\nlast but one\nä😀 last"
        let counter = Counter()
        let rows = DetailText.tail(of: log, rows: 3, columns: 8) { _ in
            counter.count()
            return 1
        }
        #expect(rows == ["last but", " one", "ä😀 last"])
        #expect(counter.take() < 1_000)
    }

    @Test func `typing costs in proportion to the prompt, and many keys at once cost one`() {
        func steps(_ length: Int, _ text: String) -> Int {
            let counter = Counter()
            var (state, reducer) = Self.studio([], counter)
            _ = reducer.reduce(&state, .command(.focusPrompt))
            _ = reducer.reduce(&state, .pasted(String(repeating: "{a|b} x ", count: length / 8)))
            _ = counter.take()
            _ = reducer.reduce(&state, .typed(text))
            return counter.take()
        }
        #expect(steps(80_000, "x") <= steps(80, "x") + 2)
        #expect(steps(80, String(repeating: "x", count: 10_000)) <= 10_000 + 200)
    }

    @Test func `a long value is cut with a word`() {
        var run = Bench.run("one")
        run.input["image"] = .string("data:" + String(repeating: "A", count: 1_000_000))
        run.logs = String(repeating: "x", count: 1_000_000) + "\nend"
        var bench = Bench(runs: [run])
        bench.press(.focusPredictions, .nextTab)
        #expect(bench.state.detail.text.lines.first?.text == "… the end of a log of 976 kB")
        #expect(bench.state.detail.text.lines.last?.text == "end")
        bench.press(.nextTab)
        #expect(bench.state.detail.text.lines.contains { $0.text.contains("976 kB") })
        #expect(bench.state.detail.text.lines.count < 600)
        bench.press(.nextTab)
        #expect(bench.state.detail.text.lines.contains { $0.text.contains("976 kB") })
    }
}
