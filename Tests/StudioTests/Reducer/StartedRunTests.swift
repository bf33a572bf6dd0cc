import Foundation
import Testing

@testable import Studio

/// Run shows what was run.
struct StartedRunTests {
    private func id(_ name: String) -> RunItem.ID { .init(rawValue: name) }

    /// A list whose second row is selected, and Run was pressed.
    private func started() -> Bench {
        var bench = Bench(prompt: "a fox", runs: (0..<5).map { Bench.run("old\($0)", age: 100 + Double($0)) })
        bench.press(.focusPredictions, .down, .down, .focusPrompt, .run)
        return bench
    }

    @Test(arguments: [true, false])
    func `a run that was started is selected, whether it is known before or after`(isKnownBefore: Bool) {
        var bench = started()
        #expect(bench.submitted.count == 1)
        #expect(bench.state.runs.selection == id("old2"))
        let run = Bench.run("new", stage: .sending, age: 0)
        if isKnownBefore {
            bench.send(.runChanged(run), .submitted([run.id]))
        } else {
            bench.send(.submitted([run.id]), .runChanged(run))
        }
        #expect(bench.state.runs.selection == run.id)
        #expect(bench.state.runs.top == 0)
        #expect(bench.state.runs.unseen == 0)
    }

    @Test func `of several the newest is selected`() {
        var bench = started()
        let runs = [Bench.run("first", stage: .sending, age: 0.2), Bench.run("second", stage: .sending, age: 0.1)]
        bench.send(.runChanged(runs[0]), .submitted(runs.map(\.id)), .runChanged(runs[1]))
        #expect(bench.state.runs.selection == id("second"))
    }

    @Test func `who has moved in the list since keeps the place, and is told of what is new`() {
        var bench = started()
        bench.press(.focusPredictions, .down)
        let run = Bench.run("new", stage: .sending, age: 0)
        bench.send(.runChanged(run), .submitted([run.id]))
        #expect(bench.state.runs.selection == id("old3"))
    }

    @Test func `a run that comes late takes no place from who has moved meanwhile`() {
        var bench = started()
        let run = Bench.run("new", stage: .sending, age: 0)
        bench.send(.submitted([run.id]))
        bench.press(.focusPredictions, .down)
        bench.send(.runChanged(run))
        #expect(bench.state.runs.selection == id("old3"))
    }

    @Test func `a run that the filter hides is not selected`() {
        var bench = started()
        bench.state.filter(by: "old")
        let run = Bench.run("new", stage: .sending, age: 0)
        bench.send(.runChanged(run), .submitted([run.id]))
        #expect(bench.state.runs.selection != run.id)
    }
}
