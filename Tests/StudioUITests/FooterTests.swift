import Composing
import Studio
import Terminal
import Testing

@testable import StudioUI

struct FooterTests {
    private func labels(_ state: StudioState, columns: Int) -> [String] {
        FooterView.fitting(FooterView.hints(state, Glyphs(isUnicode: true)), columns: columns).map(\.label)
    }

    @Test(arguments: Pane.allCases)
    func `run, next and help are there in the narrowest window`(pane: Pane) {
        let size = ScreenLayout.smallest
        var state = SampleStudio.busy(size: size)
        state.focus = pane
        let hints = FooterView.fitting(FooterView.hints(state, Glyphs(isUnicode: true)), columns: size.columns - 2)
        #expect(Set(hints.map(\.label)).isSuperset(of: ["Run", "Next", "Help"]))
        #expect(hints.reduce(-3) { $0 + $1.columns + 3 } <= size.columns - 2)
    }

    @Test func `only what can be done is offered`() {
        var state = SampleStudio.busy(size: Size(columns: 200, rows: 50))
        #expect(!labels(state, columns: 198).contains("Undo"))
        SampleStudio.send(.command(.focusPredictions), to: &state)
        #expect(labels(state, columns: 198).contains("Cancel"))
        state.runs.select(.init(rawValue: "d"))
        let failed = labels(state, columns: 198)
        #expect(failed.contains("Reuse"))
        #expect(Set(failed).isDisjoint(with: ["Cancel", "Open", "Copy", "Use as image", "Send again"]))
        state.runs.select(.init(rawValue: "e"))
        #expect(labels(state, columns: 198).contains("Send again"))
    }
}
