import Pixels
import Pricing
import Studio
import StudioUI
import Terminal
import Testing

struct GuideScreenTests {
    private static let sizes = [
        Size(columns: 60, rows: 16), Size(columns: 80, rows: 24), Size(columns: 120, rows: 36),
    ]

    private func opened(_ size: Size) -> StudioState {
        var state = SampleStudio.opened(mode: .noToken, size: size)
        state.guide = Guide(host: "api.replicate.com", tokenFile: "~/.config/darkroom/token", budget: .standard)
        return state
    }

    @Test(arguments: sizes)
    func `the guide begins with the demo or a token`(size: Size) {
        let state = opened(size)
        expectSnapshot(SampleStudio.draw(state, size: size).surface, named: "guide-1-\(size.columns)x\(size.rows)")
    }

    @Test func `a token is dots, and why it was refused stands below it`() {
        let size = Size(columns: 80, rows: 24)
        var state = opened(size)
        SampleStudio.send(.pasted("r8_secretOfTheTests0123456789"), to: &state)
        let drawn = SampleStudio.draw(state, size: size)
        expectSnapshot(drawn.surface, named: "guide-token-80x24")
        SampleStudio.send(.command(.choose), to: &state)
        SampleStudio.send(.setUpFailed(reason: "The API does not know this token"), to: &state)
        expectSnapshot(SampleStudio.draw(state, size: size).surface, named: "guide-refused-80x24")
    }

    @Test(arguments: sizes)
    func `then budgets, then pictures`(size: Size) {
        var state = opened(size)
        SampleStudio.send(.pasted("r8_secretOfTheTests0123456789"), to: &state)
        SampleStudio.send(.command(.choose), to: &state)
        SampleStudio.send(.tokenKept(KeptToken(account: "ada", file: "/home/ada/.config/darkroom/token")), to: &state)
        SampleStudio.send(.command(.down), to: &state)
        expectSnapshot(SampleStudio.draw(state, size: size).surface, named: "guide-2-\(size.columns)x\(size.rows)")
        SampleStudio.send(.command(.choose), to: &state)
        expectSnapshot(SampleStudio.draw(state, size: size).surface, named: "guide-3-\(size.columns)x\(size.rows)")
    }

    @Test(arguments: sizes)
    func `a long reason is told in full`(size: Size) {
        var state = opened(size)
        SampleStudio.send(.pasted("r8_secretOfTheTests0123456789"), to: &state)
        SampleStudio.send(.command(.choose), to: &state)
        let reason = "api.replicate.com answered with something that is not an account: is a proxy in between?"
        SampleStudio.send(.setUpFailed(reason: reason), to: &state)
        let rows = SampleStudio.draw(state, size: size).surface.text()
        #expect(rows.contains { $0.contains("✗ api.replicate.com answered") })
        #expect(rows.contains { $0.contains("in between?") })
    }

    @Test func `without a model the inputs are not known yet`() {
        let size = Size(columns: 120, rows: 36)
        var state = opened(size)
        state.guide = nil
        SampleStudio.send(.modelNamed("lab/other"), to: &state)
        state.compose.inputs = InputsForm()
        let shown = SampleStudio.draw(state, size: size).surface.text().joined(separator: "\n")
        #expect(shown.contains("shown once the model is known") && !shown.contains("no other inputs"))
    }
}
