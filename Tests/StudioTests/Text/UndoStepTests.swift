import Composing
import Foundation
import Testing

@testable import Studio

struct UndoStepTests {
    private func undone(_ bench: Bench) -> [String] {
        var bench = bench
        var seen: [String] = []
        while bench.state.compose.prompt.canUndo {
            bench.press(.undo)
            seen.append(bench.state.compose.prompt.text)
        }
        return seen
    }

    @Test func `each word is a step`() {
        var bench = Bench()
        for key in "a red fox" { bench.send(.typed(String(key))) }
        #expect(undone(bench) == ["a red ", "a ", ""])
    }

    @Test func `words that arrive together are steps as well, and what nobody can type is one`() {
        var bench = Bench()
        bench.send(.typed("a red fox"))
        #expect(undone(bench) == ["a red ", "a ", ""])
        bench.press(.undo)
        bench.send(.typed(String(repeating: "word ", count: 100)))
        #expect(bench.state.compose.prompt.history.stepCount == 3)
    }

    @Test func `a pause ends a step in the middle of a word`() {
        var bench = Bench()
        bench.send(.typed("fo"), .typed("g"))
        bench.send(.ticked(Bench.now.addingTimeInterval(2)), .typed("gy"))
        #expect(undone(bench) == ["fog", ""])
    }

    @Test func `another kind of edit is another step`() {
        var bench = Bench()
        bench.send(.typed("fog"))
        bench.press(.deleteBackward, .deleteBackward)
        bench.send(.typed("x"))
        #expect(undone(bench) == ["f", "fog", ""])
    }

    @Test func `300 characters with a pause come back in pieces`() {
        var bench = Bench()
        let half = String(repeating: "word ", count: 30)
        for key in half { bench.send(.typed(String(key))) }
        bench.send(.ticked(Bench.now.addingTimeInterval(2)))
        for key in half { bench.send(.typed(String(key))) }
        bench.press(.undo)
        #expect(bench.state.compose.prompt.text.count == 295)
    }
}
