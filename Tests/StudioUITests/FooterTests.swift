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

    private func rows(_ state: StudioState, _ size: Size) -> [String] {
        SampleStudio.draw(state, size: size).surface.text()
    }

    @Test func `where results have no room, what has ended is counted until somebody looks`() {
        let size = Size(columns: 80, rows: 24)
        var state = SampleStudio.busy(size: size)
        #expect(!rows(state, size)[0].contains("✓"))
        var run = SampleStudio.runs[0]
        run.stage = .succeeded
        run.finishedAt = SampleStudio.now
        SampleStudio.send(.runChanged(run), to: &state)
        #expect(rows(state, size)[0].contains("Predictions ✓1"))
        #expect(rows(state, size)[22].contains(" shows it") || rows(state, size)[22].contains(" lists it"))
        SampleStudio.send(.command(.focusDetail), to: &state)
        SampleStudio.fit(&state, to: size)
        SampleStudio.send(.command(.focusPrompt), to: &state)
        #expect(!rows(state, size)[0].contains("✓"))
    }

    @Test func `beside the results no key is named that leads to them`() {
        let size = Size(columns: 120, rows: 36)
        var state = SampleStudio.busy(size: size)
        var run = SampleStudio.runs[0]
        run.stage = .succeeded
        run.finishedAt = SampleStudio.now
        SampleStudio.send(.runChanged(run), to: &state)
        #expect(state.toast?.notice.text.hasPrefix("flux-schnell finished in") == true)
        #expect(state.toast?.notice.text.contains("alt+") == false)
        #expect(!rows(state, size)[0].contains("✓"))
    }

    @Test func `before the first run the compose tab tells the next step`() {
        let size = Size(columns: 80, rows: 24)
        var state = SampleStudio.opened(mode: .demo, size: size)
        #expect(rows(state, size)[22].contains("Step 2 of 3: type what you want to see"))
        SampleStudio.send(.typed("a fox"), to: &state)
        #expect(rows(state, size)[22].contains("Step 3 of 3: alt+⏎ runs it"))
        #expect(rows(state, size)[0].contains("demo · "))
        state = SampleStudio.busy(size: size)
        #expect(!rows(state, size)[22].contains("Step"))
    }
}
