import Foundation
import Money
import Pixels
import Pricing
import Testing

@testable import Studio

struct FilmTests {
    private let reducer = StudioReducer(prices: .builtIn, measure: { _ in 1 })
    private static let start = Date(timeIntervalSince1970: 1_000_000)
    private static let facts = PictureFacts(width: 480, height: 270, format: "mp4", duration: 5, framesPerSecond: 12)
    private static let picture = RenderedPicture(
        cells: PixelCells(columns: 1, rows: 1, cells: [PixelCell(glyph: " ", foreground: .none, background: .none)])
    )

    private func state(facts: PictureFacts = facts) -> (state: StudioState, effects: [WorldEffect]) {
        var state = StudioState(mode: .demo, now: Self.start)
        state.viewport.pictureColumns = 40
        state.viewport.pictureRows = 20
        let runs = ["/made/a.mp4", "/made/b.webp"].enumerated().map { index, path in
            RunItem(
                id: .init(rawValue: path),
                model: "owner/name",
                prompt: "a fox",
                stage: .succeeded,
                createdAt: Self.start.addingTimeInterval(Double(-index)),
                estimate: .unknown(reason: "x"),
                outputs: [RunOutput(url: path, path: path)]
            )
        }
        _ = reducer.reduce(&state, .runsLoaded(RunPage(runs: runs)))
        _ = reducer.reduce(&state, .command(.focusDetail))
        guard let key = state.preview?.key else { return (state, []) }
        var still = Self.picture
        still.facts = facts
        let effects = films(reducer.reduce(&state, .previewLoaded(key, still)))
        return (state, effects)
    }

    private func films(_ effects: [StudioEffect]) -> [WorldEffect] {
        effects.compactMap { effect -> WorldEffect? in
            guard case .world(let effect) = effect else { return nil }
            switch effect {
            case .playFilm, .showFrame, .closeFilm: return effect
            default: return nil
            }
        }
    }

    private func frame(at second: Double, isRestart: Bool = false) -> FilmFrame {
        FilmFrame(picture: Self.picture, second: second, isRestart: isRestart)
    }

    @Test func `a film plays when its still picture is there, one frame after the other`() throws {
        var (state, effects) = state()
        let key = try #require(state.preview?.key)
        #expect(effects == [.playFilm(key, after: 0, continues: false)])
        #expect(state.film?.isPlaying == true)
        // No second order before the frame has come.
        #expect(films(reducer.reduce(&state, .command(.previousTab))) == [.closeFilm])
        (state, effects) = self.state()
        let next = films(reducer.reduce(&state, .filmShown(key, frame(at: 0.1))))
        #expect(next == [.playFilm(key, after: 0.1, continues: true)])
        #expect(state.shownPicture == Self.picture)
        #expect(state.film?.second == 0.1)
    }

    @Test func `a still picture does not`() {
        let (state, effects) = state(facts: PictureFacts(width: 8, height: 8, format: "png"))
        #expect(effects.isEmpty)
        #expect(state.film == nil)
        #expect(!state.contexts.contains(.film))
        #expect(CommandAvailability.obstacle(to: .playFilm, in: state) != nil)
    }

    @Test func `space has it stand still and go on right after the frame that is seen`() throws {
        var (state, _) = state()
        let key = try #require(state.film?.key)
        #expect(films(reducer.reduce(&state, .command(.playFilm))).isEmpty)
        // The frame that was under way comes, and nothing follows.
        #expect(films(reducer.reduce(&state, .filmShown(key, frame(at: 0.5)))).isEmpty)
        let resumed = films(reducer.reduce(&state, .command(.playFilm)))
        #expect(resumed == [.playFilm(key, after: 0.5, continues: false)])
    }

    @Test func `arrows step, and before the beginning lies the end`() throws {
        var (state, _) = state()
        let key = try #require(state.film?.key)
        _ = reducer.reduce(&state, .filmShown(key, frame(at: 1)))
        // One is under way: the step waits for it.
        #expect(films(reducer.reduce(&state, .command(.nextFrame))).isEmpty)
        let stepped = films(reducer.reduce(&state, .filmShown(key, frame(at: 1.1))))
        #expect(stepped == [.showFrame(key, at: 1 + 1 / 12.0)])
        #expect(state.film?.isPlaying == false)
        _ = reducer.reduce(&state, .filmShown(key, frame(at: 0)))
        #expect(films(reducer.reduce(&state, .command(.previousFrame))) == [.showFrame(key, at: 5 - 1 / 12.0)])
    }

    @Test func `it stands still where nobody looks, and goes on`() throws {
        var (state, _) = state()
        let key = try #require(state.film?.key)
        _ = reducer.reduce(&state, .focusChanged(isFocused: false))
        #expect(films(reducer.reduce(&state, .filmShown(key, frame(at: 0.1)))).isEmpty)
        let back = films(reducer.reduce(&state, .focusChanged(isFocused: true)))
        #expect(back == [.playFilm(key, after: 0.1, continues: false)])
        _ = reducer.reduce(&state, .command(.palette))
        #expect(films(reducer.reduce(&state, .filmShown(key, frame(at: 0.2)))).isEmpty)
        #expect(films(reducer.reduce(&state, .command(.back))).count == 1)
    }

    @Test func `a studio that was left alone for a minute has it stand still at its end`() throws {
        var (state, _) = state()
        let key = try #require(state.film?.key)
        _ = reducer.reduce(&state, .ticked(Self.start.addingTimeInterval(61)))
        #expect(films(reducer.reduce(&state, .filmShown(key, frame(at: 4.9)))).count == 1)
        #expect(films(reducer.reduce(&state, .filmShown(key, frame(at: 0, isRestart: true)))).isEmpty)
        #expect(state.film?.isPlaying == false)
    }

    @Test func `another row closes it, and a frame that comes late is dropped`() throws {
        var (state, _) = state()
        let key = try #require(state.film?.key)
        _ = reducer.reduce(&state, .command(.focusPredictions))
        #expect(films(reducer.reduce(&state, .command(.down))) == [.closeFilm])
        #expect(films(reducer.reduce(&state, .filmShown(key, frame(at: 1)))).isEmpty)
        #expect(state.shownPicture == nil)
    }

    @Test func `at another size it goes on where it was`() throws {
        var (state, _) = state()
        let key = try #require(state.film?.key)
        _ = reducer.reduce(&state, .filmShown(key, frame(at: 2)))
        var viewport = state.viewport
        viewport.pictureColumns = 80
        #expect(films(reducer.reduce(&state, .viewportChanged(viewport))).isEmpty)
        #expect(state.shownPicture == nil)
        let larger = try #require(state.preview?.key)
        var still = Self.picture
        still.facts = Self.facts
        let effects = films(reducer.reduce(&state, .previewLoaded(larger, still)))
        #expect(effects == [.playFilm(larger, after: 2, continues: false)])
        // What was under way at the old size is dropped.
        _ = reducer.reduce(&state, .filmShown(key, frame(at: 2.1)))
        #expect(state.film?.second == 2)
    }

    @Test func `one that stands still does so at another size too`() throws {
        var (state, _) = state()
        let key = try #require(state.film?.key)
        _ = reducer.reduce(&state, .command(.playFilm))
        _ = reducer.reduce(&state, .filmShown(key, frame(at: 2)))
        var viewport = state.viewport
        viewport.pictureColumns = 80
        _ = reducer.reduce(&state, .viewportChanged(viewport))
        let larger = try #require(state.preview?.key)
        var still = Self.picture
        still.facts = Self.facts
        #expect(films(reducer.reduce(&state, .previewLoaded(larger, still))) == [.showFrame(larger, at: 2)])
    }

    @Test func `what cannot be played is said, and the still picture stays`() throws {
        var (state, _) = state()
        let key = try #require(state.film?.key)
        #expect(films(reducer.reduce(&state, .filmFailed(key, reason: "too slow"))).isEmpty)
        #expect(state.toast?.notice.text == "too slow")
        #expect(state.shownPicture?.facts == Self.facts)
        #expect(state.film?.isPlaying == false)
    }

    @Test func `zoomed into it plays on in the part that is seen, and says so`() throws {
        var (state, _) = state()
        let key = try #require(state.film?.key)
        _ = reducer.reduce(&state, .filmShown(key, frame(at: 2)))
        _ = reducer.reduce(&state, .command(.zoom))
        for (command, percent) in [(Command.realPixels, 100), (.zoomIn, 200)] {
            _ = reducer.reduce(&state, .command(command))
            let part = try #require(state.preview?.key)
            #expect(part.crop?.percent == percent)
            var still = Self.picture
            still.facts = Self.facts
            let effects = films(reducer.reduce(&state, .previewLoaded(part, still)))
            #expect(effects == [.playFilm(part, after: 2, continues: false)])
            #expect(state.film?.isPlaying == true)
        }
        // Arrows move in the picture; space still has it stand still.
        for (key, command) in [("right", Command.panRight), ("space", .playFilm)] {
            #expect(state.keys.bindings(in: state.contexts) { $0.keys.contains(key) }.first?.command == command)
        }
        _ = reducer.reduce(&state, .command(.playFilm))
        #expect(state.film?.isPlaying == false)
    }

    @Test func `what cannot be shown is not zoomed into`() throws {
        var (state, _) = state()
        let key = try #require(state.preview?.key)
        _ = reducer.reduce(&state, .command(.zoom))
        #expect(CommandAvailability.obstacle(to: .zoomIn, in: state) == nil)
        _ = reducer.reduce(&state, .previewFailed(key, reason: "damaged"))
        for command in [Command.zoomIn, .zoomOut, .realPixels, .fitPicture] {
            #expect(CommandAvailability.obstacle(to: command, in: state) != nil)
        }
        #expect(CommandAvailability.obstacle(to: .back, in: state) == nil)
    }
}
