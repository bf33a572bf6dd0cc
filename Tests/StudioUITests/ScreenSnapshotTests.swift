import Composing
import Foundation
import ReplicateAPI
import Studio
import StudioUI
import Terminal
import Testing

struct ScreenSnapshotTests {
    static let sizes = [
        Size(columns: 40, rows: 16), Size(columns: 40, rows: 100), Size(columns: 60, rows: 16),
        Size(columns: 80, rows: 24),
        Size(columns: 84, rows: 50), Size(columns: 100, rows: 30),
        Size(columns: 120, rows: 36), Size(columns: 160, rows: 45), Size(columns: 200, rows: 50),
    ]

    @Test(arguments: sizes)
    func `the studio at work`(size: Size) {
        let state = SampleStudio.busy(size: size)
        expectSnapshot(SampleStudio.draw(state, size: size).surface, named: "busy-\(size.columns)x\(size.rows)")
    }

    @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36)])
    func `the first start without a token teaches`(size: Size) {
        let state = SampleStudio.opened(mode: .noToken, size: size)
        expectSnapshot(SampleStudio.draw(state, size: size).surface, named: "no-token-\(size.columns)x\(size.rows)")
    }

    @Test func `predictions in a small window`() {
        let size = Size(columns: 80, rows: 24)
        var state = SampleStudio.busy(size: size)
        SampleStudio.send(.command(.focusPredictions), to: &state)
        SampleStudio.fit(&state, to: size)
        expectSnapshot(SampleStudio.draw(state, size: size).surface, named: "predictions-80x24")
    }

    @Test func `a window that is too small says what it needs`() {
        let size = Size(columns: 48, rows: 14)
        let state = SampleStudio.busy(size: size)
        expectSnapshot(SampleStudio.draw(state, size: size).surface, named: "too-small-48x14")
    }

    @Test func `the question before a dear run`() {
        let size = Size(columns: 120, rows: 36)
        var state = SampleStudio.busy(size: size)
        state.confirmation = Confirmation(
            purpose: .quit,
            title: "Run these 2?",
            lines: ["black-forest-labs/flux-schnell\t$0.024", "4 images × $0.003", "", "Over your ask-above limit."],
            confirmLabel: "Run  $0.024"
        )
        expectSnapshot(SampleStudio.draw(state, size: size).surface, named: "confirm-120x36")
    }

    @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36)])
    func `what the server refused is said where it is mended`(size: Size) {
        var state = SampleStudio.busy(size: size)
        var run = SampleStudio.runs[0]
        run.input = state.compose.inputs.values.merging(state.compose.images.inputs) { $1 }
        run.input["prompt"] = .string(state.compose.prompt.text.replacing("{golden|silver}", with: "silver"))
        SampleStudio.send(.runChanged(run), to: &state)
        SampleStudio.send(
            .inputsRefused(
                run.id,
                [
                    .init(
                        type: "enum",
                        field: "aspect_ratio",
                        message: "must be one of the following: \"1:1\", \"2:3\""
                    ),
                    .init(type: "string_gte", field: "prompt", message: "String length must be at most 64 \u{1B}[31m"),
                ]
            ),
            to: &state
        )
        SampleStudio.send(.command(.focusInputs), to: &state)
        SampleStudio.fit(&state, to: size)
        expectSnapshot(SampleStudio.draw(state, size: size).surface, named: "refused-\(size.columns)x\(size.rows)")
    }

    @Test func `what a lost run could be is listed, with the row that changes nothing selected`() {
        let size = Size(columns: 120, rows: 36)
        var state = SampleStudio.busy(size: size)
        var run = SampleStudio.runs[4]
        run.candidates = ["9m4e2mr0ui3e8a215n4g", "zk3a8smr0ui3e8a2161x"]
        SampleStudio.send(.runChanged(run), to: &state)
        state.runs.select(run.id)
        for command in [Command.focusPredictions, .whichOne] { SampleStudio.send(.command(command), to: &state) }
        SampleStudio.send(
            .candidatesLoaded(
                run.id,
                [
                    RunCandidate(
                        id: run.candidates[0],
                        createdAt: state.now.addingTimeInterval(-400),
                        status: "succeeded"
                    ),
                    RunCandidate(id: run.candidates[1]),
                ]
            ),
            to: &state
        )
        expectSnapshot(SampleStudio.draw(state, size: size).surface, named: "candidates-120x36")
    }

    @Test func `vim's mode stands in the prompt's edge, and a rebound key wherever it is named`() {
        let size = Size(columns: 80, rows: 24)
        let keys = try? KeyTable(rebinding: [("run", ["ctrl+alt+r"]), ("palette", ["f9"]), ("change-model", ["alt+t"])])
        var state = SampleStudio.opened(
            draft: .init(prompt: "a fox"),
            keys: keys ?? .standard,
            editing: .vim,
            size: size
        )
        SampleStudio.send(.command(.normalMode), to: &state)
        SampleStudio.send(.typed("d"), to: &state)
        expectSnapshot(SampleStudio.draw(state, size: size).surface, named: "vim-80x24")
    }

    @Test func `help lists what can be done here`() {
        let size = Size(columns: 120, rows: 36)
        var state = SampleStudio.busy(size: size)
        SampleStudio.send(.command(.focusPredictions), to: &state)
        SampleStudio.send(.command(.help), to: &state)
        expectSnapshot(SampleStudio.draw(state, size: size).surface, named: "help-120x36")
    }

    @Test func `without Unicode everything is ASCII`() {
        let size = Size(columns: 100, rows: 30)
        let state = SampleStudio.opened(
            draft: .init(prompt: "a fox"),
            runs: SampleStudio.runs.filter { $0.prompt.allSatisfy(\.isASCII) && $0.stage != .failed },
            size: size
        )
        let drawn = SampleStudio.draw(state, size: size, glyphs: Glyphs(isUnicode: false), depth: .mono).surface
        expectSnapshot(drawn, named: "ascii-100x30")
    }
}
