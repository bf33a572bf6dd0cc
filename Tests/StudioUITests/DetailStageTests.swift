import Foundation
import Money
import Pixels
import ReplicateAPI
import Search
import Studio
import Terminal
import Testing

@testable import StudioUI

/// What the preview and the facts say of a run, wherever it stands.
struct DetailStageTests {
    private static let size = Size(columns: 200, rows: 50)

    private static func run(
        _ stage: RunItem.Stage,
        _ change: (inout RunItem) -> Void = { _ in }
    ) -> RunItem {
        var item = RunItem(
            id: .init(rawValue: "one"),
            predictionID: "p1x2y3",
            model: "black-forest-labs/flux-schnell",
            prompt: "a red fox",
            input: ["prompt": "a red fox", "seed": 42],
            stage: stage,
            createdAt: SampleStudio.now.addingTimeInterval(-65),
            estimate: .exact(Money("0.003")!, because: "1 image × $0.003")
        )
        change(&item)
        return item
    }

    private func opened(_ run: RunItem, size: Size = size) -> StudioState {
        var state = SampleStudio.opened(runs: [run], size: size)
        state.runs.select(run.id)
        SampleStudio.fit(&state, to: size)
        return state
    }

    private func text(_ state: StudioState, size: Size = size) -> String {
        SampleStudio.draw(state, size: size).surface.text().joined(separator: "\n")
    }

    static let stages: [(RunItem, [String])] = [
        (run(.queued), ["queued · 1 m 05 s"]), (run(.sending), ["sending · 1 m 05 s"]),
        (run(.unclear), ["unclear · 1 m 05 s"]), (run(.starting), ["starting · 1 m 05 s"]),
        (run(.processing) { $0.typicalDuration = 125 }, ["processing · 1 m 05 s", "about 1 m 00 s left"]),
        (run(.processing) { $0.typicalDuration = 5 }, ["any moment now"]),
        (run(.processing) { $0.progress = LogProgress(logs: " 62%|██| 62/100") }, ["62 %"]),
        (run(.processing) { $0.isCanceling = true }, ["canceling · 1 m 05 s"]),
        (run(.succeeded), ["no output"]),
        (
            run(.succeeded) { $0.failure = "nothing was made: NSFW content" },
            ["! a red fox", "no output", "NSFW content"]
        ),
        (run(.succeeded) { $0.outputs = [RunOutput(url: "https://h/a.png", isUnwanted: true)] }, ["was not wanted"]),
        (run(.succeeded) { $0.outputs = [RunOutput(url: "https://h/a.png")] }, ["saving the output…", "h/a.png"]),
        (
            run(.succeeded) { $0.outputs = [RunOutput(url: "https://h/a.png", failure: "the disk is full")] },
            ["the disk is full"]
        ),
        (run(.succeeded) { $0.text = "a text that\nwas made" }, ["a text that", "was made"]),
        (run(.failed), ["failed"]),
        (
            run(.failed) { $0.failure = "CUDA out of memory (E1001)" },
            ["CUDA out of memory", "the model ran out of memory"]
        ),
        (run(.canceled), ["canceled"]), (run(.aborted), ["aborted before it started: free"]),
        (run(.refused) { $0.failure = "prompt: String too long" }, ["refused", "prompt: String too long"]),
        (run(.resendable), ["not found"]), (run(.forgotten), ["forgotten"]), (run(.unknown("dreaming")), ["dreaming"]),
    ]

    @Test(arguments: stages)
    func `each stage is said in words`(run: RunItem, words: [String]) {
        let shown = text(opened(run))
        for word in words { #expect(shown.contains(word), "\(word)") }
    }

    @Test(arguments: stages.map(\.0))
    func `every stage is drawn soundly at every size`(run: RunItem) {
        for size in [
            Size(columns: 60, rows: 16), Size(columns: 80, rows: 24), Size(columns: 84, rows: 50),
            Size(columns: 120, rows: 36), Size(columns: 200, rows: 50),
        ] {
            var state = opened(run, size: size)
            for tab in DetailState.Tab.allCases {
                SampleStudio.send(.clicked(Click(.tab(tab))), to: &state)
                SampleStudio.fit(&state, to: size)
                LayoutPropertyTests.expectSound(state, size, "\(run.stage) \(tab)")
            }
        }
    }

    @Test func `a reason that is too long for its place ends with an ellipsis`() {
        let size = Size(columns: 60, rows: 16)
        var state = opened(
            Self.run(.failed) { $0.failure = String(repeating: "it went wrong ", count: 200) },
            size: size
        )
        SampleStudio.send(.command(.focusDetail), to: &state)
        SampleStudio.fit(&state, to: size)
        let shown = text(state, size: size)
        #expect(shown.contains("it went wrong") && shown.contains("…"))
    }

    @Test func `logs are followed to their end until one scrolls, and again when asked`() throws {
        // Where no facts with the end of the log stand beside it.
        let size = Size(columns: 120, rows: 36)
        let log = (1...200).map { "line \($0)" }.joined(separator: "\n")
        var state = opened(Self.run(.processing) { $0.logs = log }, size: size)
        SampleStudio.send(.clicked(Click(.tab(.logs))), to: &state)
        SampleStudio.fit(&state, to: size)
        #expect(text(state, size: size).contains("line 200"))
        SampleStudio.send(.scrolled(.detail, rows: -500), to: &state)
        SampleStudio.fit(&state, to: size)
        let top = text(state, size: size)
        #expect(top.contains("line 1 ") && !top.contains("line 199"))
    }

    @Test func `an empty tab says that it is`() {
        var state = opened(Self.run(.starting))
        SampleStudio.send(.clicked(Click(.tab(.logs))), to: &state)
        SampleStudio.fit(&state, to: Self.size)
        #expect(text(state).contains("No logs yet."))
        let nothing = SampleStudio.opened(size: Self.size)
        #expect(text(nothing).contains("Select a prediction to see what it made."))
    }

    @Test func `the facts have cost, times, inputs and what a person has added`() {
        let ended = Self.run(.succeeded) {
            $0.startedAt = $0.createdAt.addingTimeInterval(1.5)
            $0.finishedAt = $0.createdAt.addingTimeInterval(9.25)
            $0.cost = .counted(Money("0.003")!, because: "1 image × $0.003")
            $0.raw = .object(["metrics": .object(["predict_time": 7.5])])
            $0.outputs = [RunOutput(url: "u", path: "/made/fox.webp", size: 41_200, contentType: "image/webp")]
            $0.annotation.isFavourite = true
            $0.annotation.rating = 4
            $0.annotation.tags = ["print", "big fox"]
            $0.annotation.note = "for the wall"
        }
        let shown = text(opened(ended))
        for word in [
            "$0.003", "queued 1.5 s", "predict 7.5 s", "total 9.3 s", "1 image × $0.003", "♥ 4/5", "#print #big fox",
            "for the wall", "seed 42", "/made/fox.webp", "p1x2y3", "41 kB",
        ] {
            #expect(shown.contains(word), "\(word)")
        }
        #expect(text(opened(Self.run(.queued) { $0.predictionID = nil })).contains("not accepted yet"))
    }

    @Test func `what missed its estimate is marked, with how far`() {
        let dear = Self.run(.succeeded) { $0.cost = .counted(Money("0.006")!, because: "2 images × $0.003") }
        let shown = text(opened(dear))
        #expect(shown.contains("! $0.006"))
        #expect(shown.contains("estimate $0.003"))
        let close = Self.run(.succeeded) { $0.cost = .counted(Money("0.003")!, because: "1 image × $0.003") }
        #expect(!text(opened(close)).contains("! $0.003"))
    }

    @Test func `of several outputs the shown one is counted, and a click shows another`() throws {
        let made = Self.run(.succeeded) {
            $0.outputs = (0..<4).map { RunOutput(url: "u\($0)", path: "/made/fox-\($0).webp", size: 1_000) }
        }
        var state = opened(made)
        #expect(text(state).contains("output 1 of 4"))
        let frame = SampleStudio.draw(state, size: Self.size)
        let tiles = frame.targets.all.filter { if case .tile = $0 { true } else { false } }
        #expect(tiles.count == 4)
        SampleStudio.send(.clicked(Click(.tile(LightTable.Tile(run: made.id, output: 2)))), to: &state)
        SampleStudio.fit(&state, to: Self.size)
        #expect(text(state).contains("output 3 of 4"))
    }

    @Test func `a picture's facts stand in the frame once they are known`() throws {
        let made = Self.run(.succeeded) {
            $0.outputs = [RunOutput(url: "u", path: "/made/fox.webp", size: 1_400_000, contentType: "image/webp")]
        }
        var state = opened(made)
        #expect(text(state).contains("image/webp · 1.4 MB"))
        let key = try #require(state.preview?.key)
        let cell = PixelCell(glyph: "▀", foreground: .rgb(1, 2, 3), background: .rgb(4, 5, 6))
        let cells = PixelCells(columns: 2, rows: 1, cells: [cell, cell])
        let facts = PictureFacts(width: 1_920, height: 1_080, format: "mp4", duration: 5.25, framesPerSecond: 23.976)
        SampleStudio.send(.previewLoaded(key, RenderedPicture(cells: cells, facts: facts)), to: &state)
        #expect(text(state).contains("1920×1080 · mp4 · 5.3 s · 24 fps · 1.4 MB"))
    }

    @Test func `a file that is not drawn is described, with the key that opens it`() throws {
        let made = Self.run(.succeeded) {
            $0.outputs = [RunOutput(url: "u", path: "/made/fox.webp", size: 1_400_000, contentType: "image/webp")]
        }
        var state = opened(made)
        let key = try #require(state.preview?.key)
        let nothing = PixelCells(columns: 0, rows: 0, cells: [])
        let facts = PictureFacts(width: 640, height: 480, format: "webp")
        SampleStudio.send(.previewLoaded(key, RenderedPicture(cells: nothing, facts: facts)), to: &state)
        let shown = text(state)
        #expect(shown.contains("640×480 · webp") && shown.contains("/made/fox.webp") && shown.contains("opens it"))
    }
}
