import Foundation
import Money
import Pixels
import Pricing
import Testing

@testable import Studio

struct ReadingTests {
    private let reducer = StudioReducer(prices: .builtIn, measure: { _ in 1 })

    private func run(
        _ name: String = "a",
        stage: RunItem.Stage = .succeeded,
        text: String? = nil,
        output: RunOutput? = nil
    ) -> RunItem {
        RunItem(
            id: .init(rawValue: name),
            model: "owner/name",
            prompt: name,
            stage: stage,
            createdAt: Date(timeIntervalSince1970: 1_000_000),
            estimate: .unknown(reason: "x"),
            outputs: [output].compactMap { $0 },
            text: text
        )
    }

    private func state(_ runs: [RunItem]) -> StudioState {
        var state = StudioState(mode: .demo, now: Date(timeIntervalSince1970: 1_000_000))
        (state.viewport.pictureColumns, state.viewport.pictureRows) = (20, 10)
        _ = reducer.reduce(&state, .runsLoaded(RunPage(runs: runs)))
        _ = reducer.reduce(&state, .command(.focusDetail))
        return state
    }

    private func text(_ lines: Int) -> String { (0..<lines).map { "line \($0)" }.joined(separator: "\n") }

    private func shown(_ state: StudioState) -> String? { state.detail.text.lines.dropFirst(state.textTop).first?.text }

    @Test func `a text is read to its end with the keys of a list, and the list stays where it is`() {
        var state = state([run("a", text: text(100)), run("b", text: "short")])
        let selected = state.runs.selection
        #expect(shown(state) == "line 0")
        for (command, line) in [
            (Command.down, 1), (.pageDown, 11), (.last, 90), (.down, 90), (.pageUp, 80), (.first, 0), (.up, 0),
        ] {
            _ = reducer.reduce(&state, .command(command))
            #expect(shown(state) == "line \(line)")
        }
        _ = reducer.reduce(&state, .scrolled(.detail, rows: 3))
        #expect(shown(state) == "line 3")
        #expect(state.runs.selection == selected)
    }

    @Test func `beside a text that is seen as a whole the keys move in the list`() {
        var state = state([run("a", text: "short"), run("b", text: text(100))])
        let before = state.runs.selection
        _ = reducer.reduce(&state, .command(.down))
        #expect(state.runs.selection != before)
    }

    @Test func `a text that grows is seen at its end, unless a person has scrolled up`() {
        var state = state([run(stage: .processing, text: text(20))])
        #expect(shown(state) == "line 10")
        _ = reducer.reduce(&state, .runChanged(run(stage: .processing, text: text(30))))
        #expect(shown(state) == "line 20")
        _ = reducer.reduce(&state, .command(.up))
        _ = reducer.reduce(&state, .runChanged(run(stage: .processing, text: text(40))))
        #expect(shown(state) == "line 19")
        _ = reducer.reduce(&state, .command(.last))
        _ = reducer.reduce(&state, .runChanged(run(stage: .processing, text: text(50))))
        #expect(shown(state) == "line 40")
        // Its end is no reason to jump to the beginning.
        _ = reducer.reduce(&state, .runChanged(run(stage: .succeeded, text: text(50))))
        #expect(shown(state) == "line 40")
    }

    @Test func `a file that is a text is read like one, at any size of the screen`() throws {
        let output = RunOutput(url: "https://x/out.csv", path: "/made/out.csv")
        var state = state([run(output: output)])
        let key = try #require(state.preview?.key)
        let card = FileCard(kind: .text, format: "csv", bytes: 900, text: text(100))
        _ = reducer.reduce(&state, .cardRead(key, card))
        #expect(shown(state) == "line 0")
        state.viewport.pictureRows = 20
        let effects = reducer.reduce(&state, .command(.last))
        #expect(shown(state) == "line 80")
        #expect(!effects.contains { if case .world(.loadPreview) = $0 { true } else { false } })
        _ = reducer.reduce(&state, .command(.zoom))
        #expect(!state.isLarge && state.isZoomed)
    }

    @Test func `sound comes twice, and the second time is what is shown`() throws {
        var state = state([run(output: RunOutput(url: "https://x/a.mp3", path: "/made/a.mp3"))])
        let key = try #require(state.preview?.key)
        for waveform in [[], [1, 2, 3]] as [[UInt8]] {
            let card = FileCard(kind: .audio, format: "mp3", bytes: 1, waveform: waveform)
            _ = reducer.reduce(&state, .cardRead(key, card))
            #expect(state.shownCard == card)
        }
        // What comes for a file that is no longer shown changes nothing.
        let other = PreviewKey(path: "/made/b.mp3", columns: 1, rows: 1)
        _ = reducer.reduce(&state, .cardRead(other, FileCard(kind: .other, format: "bin", bytes: 1)))
        #expect(state.shownCard?.format == "mp3")
    }

    @Test(arguments: [
        ("/made/a.webp", nil, "u", true), ("/made/a.mp4", nil, "u", true), ("/made/a.mp3", nil, "u", false),
        ("/made/a.bin", nil, "u", false), ("/made/a.glb", "image/png", "u", false), (nil, "audio/mpeg", "u", false),
        (nil, "application/octet-stream", "https://x/a.zip?x=.png", false), (nil, nil, "https://x/output", true),
        (nil, nil, "data:image/png;base64,AAAA", true), (nil, nil, "data:audio/wav;base64,AAAA", false),
    ])
    func `only pictures and films can be used as images`(path: String?, type: String?, url: String, isOffered: Bool) {
        let state = state([run(output: RunOutput(url: url, path: path, contentType: type))])
        #expect((CommandAvailability.obstacle(to: .useAsImage, in: state) == nil) == isOffered)
    }

    @Test func `of several outputs only the pictures go into the image list`() {
        var both = run()
        both.outputs = [
            RunOutput(url: "https://replicate.delivery/a.mp3"), RunOutput(url: "https://replicate.delivery/a.webp"),
        ]
        var state = state([both])
        _ = reducer.reduce(&state, .command(.focusPredictions))
        _ = reducer.reduce(&state, .command(.markRun))
        _ = reducer.reduce(&state, .command(.useAsImage))
        #expect(state.compose.images.items.map(\.text) == ["https://replicate.delivery/a.webp"])
    }
}
