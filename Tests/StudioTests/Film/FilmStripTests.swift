import Foundation
import Money
import Pixels
import Pricing
import Testing

@testable import Studio

struct FilmStripTests {
    private let reducer = StudioReducer(prices: .builtIn, measure: { _ in 1 })
    private static let picture = RenderedPicture(
        cells: PixelCells(columns: 1, rows: 1, cells: [PixelCell(glyph: " ", foreground: .none, background: .none)])
    )

    private func state() throws -> (state: StudioState, effects: [StudioEffect]) {
        var state = StudioState(mode: .demo, now: Date(timeIntervalSince1970: 1_000_000))
        (state.viewport.pictureColumns, state.viewport.pictureRows) = (40, 20)
        (state.viewport.filmFrames, state.viewport.filmColumns, state.viewport.filmRows) = (4, 14, 4)
        let runs = ["/made/a.mp4", "/made/b.webp"].enumerated().map { index, path in
            RunItem(
                id: .init(rawValue: path),
                model: "owner/name",
                prompt: "a fox",
                stage: .succeeded,
                createdAt: Date(timeIntervalSince1970: 1_000_000 - Double(index)),
                estimate: .unknown(reason: "x"),
                outputs: [RunOutput(url: path, path: path)]
            )
        }
        _ = reducer.reduce(&state, .runsLoaded(RunPage(runs: runs)))
        _ = reducer.reduce(&state, .command(.focusPredictions))
        var still = Self.picture
        still.facts = PictureFacts(width: 480, height: 270, format: "mp4", duration: 8, framesPerSecond: 12)
        let effects = reducer.reduce(&state, .previewLoaded(try #require(state.preview?.key), still))
        return (state, effects)
    }

    @Test func `frames are asked for once, from the middle of each part of the film`() throws {
        var (state, effects) = try state()
        let key = PreviewKey(path: "/made/a.mp4", columns: 14, rows: 4)
        #expect(effects.contains(.world(.loadFilmStrip(key, moments: [1, 3, 5, 7]))))
        effects = reducer.reduce(&state, .filmStripFrame(key, 0, Self.picture))
        #expect(!effects.contains { if case .world(.loadFilmStrip) = $0 { true } else { false } })
        #expect(state.filmStrip?.frames.count == 1)
        // One that comes twice, or of another film, is left out.
        _ = reducer.reduce(&state, .filmStripFrame(key, 0, Self.picture))
        _ = reducer.reduce(&state, .filmStripFrame(PreviewKey(path: "/b", columns: 14, rows: 4), 1, Self.picture))
        #expect(state.filmStrip?.frames.count == 1)
    }

    @Test func `another row ends it`() throws {
        var (state, _) = try state()
        #expect(reducer.reduce(&state, .command(.down)).contains(.world(.closeFilmStrip)))
        #expect(state.filmStrip == nil)
    }

    @Test func `an image that a run made is known by its prompt`() throws {
        var (state, _) = try state()
        _ = reducer.reduce(&state, .imageNamed("https://example.org/other.png"))
        var made = state.runs.selected!
        made.outputs = [RunOutput(url: "https://replicate.delivery/out-0.webp", path: "/made/a.mp4")]
        _ = reducer.reduce(&state, .runChanged(made))
        _ = reducer.reduce(&state, .imageNamed("https://replicate.delivery/out-0.webp"))
        #expect(state.compose.images.items.map { state.imageNames.prompt(of: $0) } == [nil, "a fox"])
        _ = reducer.reduce(&state, .runDeleted(made.id))
        #expect(state.compose.images.items.map { state.imageNames.prompt(of: $0) } == [nil, nil])
    }
}
