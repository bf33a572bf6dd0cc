import Foundation
import History
import Money
import Pixels
import Predictions
import ReplicateAPI
import Studio
import Testing

@testable import StudioRuntime

struct FilmPaceTests {
    @Test func `a quick terminal gets as many frames as there are, and no more`() {
        var pace = FilmPace(mostFrames: 10)
        #expect(pace.next(at: 0, continues: true).step == 0)
        pace.deliver(at: 0)
        let due = pace.next(at: 0.01, continues: true)
        #expect(abs(due.wait - 0.09) < 0.0001)
        #expect(abs(due.step - 0.1) < 0.0001)
    }

    @Test func `a slow one gets fewer, at the speed of the film`() {
        var pace = FilmPace(mostFrames: 12)
        pace.deliver(at: 0)
        let due = pace.next(at: 0.14, continues: true)
        #expect(abs(due.step - 0.175) < 0.0001)
        #expect(abs(due.wait - 0.035) < 0.0001)
        pace.deliver(at: 1)
        let late = pace.next(at: 1.4, continues: true)
        #expect((late.wait, late.step) == (0, 1.4 - 1))
        #expect(!pace.isTooSlow)
    }

    @Test func `one that takes half a second for each is too slow`() {
        var pace = FilmPace(mostFrames: 12)
        for frame in 0..<4 {
            #expect(!pace.isTooSlow)
            pace.deliver(at: Double(frame))
            _ = pace.next(at: Double(frame) + 0.8, continues: true)
        }
        #expect(pace.isTooSlow)
    }

    @Test func `after a pause it goes on with the next frame`() {
        var pace = FilmPace(mostFrames: 10)
        pace.deliver(at: 0)
        let due = pace.next(at: 60, continues: false)
        #expect((due.wait, due.step) == (0, 0.1))
        #expect(!pace.isTooSlow)
    }
}

@Suite(.timeLimit(.minutes(10)))
struct FilmPerformerTests {
    private static func shown(_ action: StudioAction) -> FilmFrame? {
        if case .filmShown(_, let frame) = action { frame } else { nil }
    }

    /// The file of a run that made an animation.
    private static func animation(_ bench: RuntimeBench, shape: String) async throws -> String {
        let draft = RunDraft(
            model: "lab/shapes",
            prompt: "a lake",
            input: ["shape": .string(shape)],
            origin: .studio,
            estimate: .unknown(reason: "nobody knows")
        )
        let runs = try await bench.runner.submit([draft])
        return try #require(await bench.runner.wait(for: runs[0].id, timeout: nil)?.outputs.first?.path)
    }

    @Test(arguments: [("gif", "gif"), ("animated-webp", "webp")])
    func `an animation is shown from one frame to the next, and from its beginning again`(
        shape: String,
        ending: String
    ) async throws {
        try await withRuntime { bench in
            let path = try await Self.animation(bench, shape: shape)
            #expect(path.hasSuffix(".\(ending)"))
            let key = PreviewKey(path: path, columns: 20, rows: 10)
            bench.runtime.perform(.loadPreview(key))
            let facts = try await bench.posted.next { action -> PictureFacts? in
                if case .previewLoaded(key, let picture) = action { picture.facts } else { nil }
            }
            #expect(facts.isMoving)
            #expect(abs((facts.duration ?? 0) - 1.92) < 0.01)
            bench.runtime.perform(.playFilm(key, after: 0, continues: false))
            let first = try await bench.posted.next(Self.shown)
            bench.runtime.perform(.playFilm(key, after: first.second, continues: true))
            let second = try await bench.posted.next(Self.shown)
            #expect(second.second > first.second)
            bench.runtime.perform(.showFrame(key, at: 1.5))
            let later = try await bench.posted.next(Self.shown)
            #expect(later.second == 1.5)
            #expect(later.picture.cells != first.picture.cells)
            bench.runtime.perform(.showFrame(key, at: 9))
            let again = try await bench.posted.next(Self.shown)
            #expect((again.second, again.isRestart) == (0, true))
            #expect(again.picture.cells == first.picture.cells)
            bench.runtime.perform(.closeFilm)
        }
    }

    @Test func `the strip has a frame for each moment, in order, and none of a film that cannot be read`() async throws
    {
        try await withRuntime { bench in
            let gone = PreviewKey(path: bench.folder.appending(path: "gone.mp4").path, columns: 6, rows: 3)
            bench.runtime.perform(.loadFilmStrip(gone, moments: [0]))
            let key = PreviewKey(path: try await Self.animation(bench, shape: "gif"), columns: 6, rows: 3)
            bench.runtime.perform(.loadFilmStrip(key, moments: [0, 0.8, 1.5, 9]))
            var frames: [RenderedPicture] = []
            for place in 0..<3 {
                let frame = try await bench.posted.next { action -> (PreviewKey, Int, RenderedPicture)? in
                    if case .filmStripFrame(let key, let place, let picture) = action {
                        (key, place, picture)
                    } else {
                        nil
                    }
                }
                #expect((frame.0, frame.1) == (key, place))
                #expect(frame.2.cells.columns <= 6 && frame.2.cells.rows <= 3 && !frame.2.cells.cells.isEmpty)
                frames.append(frame.2)
            }
            #expect(frames[0].cells != frames[2].cells)
        }
    }

    @Test func `a file that is gone is a sentence`() async throws {
        try await withRuntime { bench in
            let key = PreviewKey(path: bench.folder.appending(path: "gone.mp4").path, columns: 20, rows: 10)
            bench.runtime.perform(.playFilm(key, after: 0, continues: false))
            let reason = try await bench.posted.next { action -> String? in
                if case .filmFailed(key, let reason) = action { reason } else { nil }
            }
            #expect(reason.contains("cannot be read"))
        }
    }
}
