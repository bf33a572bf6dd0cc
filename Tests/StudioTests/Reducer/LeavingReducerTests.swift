import Composing
import Foundation
import Testing

@testable import Studio

struct LeavingReducerTests {
    private func seconds(_ count: Double) -> StudioAction { .ticked(Bench.now.addingTimeInterval(count)) }

    @Test func `twice within a second quits, and what was cleared is kept`() {
        var bench = Bench(prompt: "a fox")
        bench.press(.interrupt)
        bench.send(seconds(0.9))
        #expect(bench.press(.interrupt).contains(.terminal(.quit)))
        #expect(bench.state.compose.prompt.text == "a fox")
    }

    @Test func `typing in between makes the next one clear again`() {
        var bench = Bench(prompt: "a fox")
        bench.press(.interrupt)
        bench.send(seconds(0.2), .typed("other words"))
        #expect(!bench.press(.interrupt).contains(.terminal(.quit)))
        #expect(bench.state.compose.prompt.text.isEmpty)
        #expect(bench.state.confirmation == nil)
    }

    @Test func `later than a second it asks, and once more leaves with everything kept`() {
        var bench = Bench(prompt: "a fox")
        bench.press(.interrupt)
        bench.send(seconds(2))
        #expect(!bench.press(.interrupt).contains(.terminal(.quit)))
        #expect(bench.state.confirmation?.purpose == .quit)
        #expect(bench.press(.interrupt).contains(.terminal(.quit)))
        #expect(bench.state.compose.prompt.text == "a fox")
    }

    @Test func `with nothing typed it asks, with the focus on staying`() throws {
        var bench = Bench()
        #expect(bench.press(.interrupt).isEmpty)
        let question = try #require(bench.state.confirmation)
        #expect(!question.isConfirmFocused)
        bench.press(.confirm)
        #expect(bench.state.confirmation == nil)
        #expect(!bench.state.isQuitting)
    }

    @Test(arguments: [
        (1, "1 prediction is still running and goes on without the studio.", StudioMode.live),
        (2, "2 predictions are still running and go on without the studio.", .live),
        (1, "1 prediction is still running and ends with the demo.", .demo),
        (2, "2 predictions are still running and end with the demo.", .demo),
    ])
    func `the question says what becomes of what is running`(count: Int, line: String, mode: StudioMode) {
        var bench = Bench(mode: mode, runs: (0..<count).map { Bench.run("\($0)", stage: .processing) })
        #expect(!bench.press(.quit).contains(.terminal(.quit)))
        #expect(bench.state.confirmation?.lines.first == line)
    }
}
