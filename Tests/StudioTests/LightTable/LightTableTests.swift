import Foundation
import Money
import Pixels
import Pricing
import TestSupport
import Testing

@testable import Studio

struct LightTableTests {
    fileprivate let reducer = StudioReducer(prices: .builtIn, measure: { _ in 1 })

    fileprivate func run(_ name: String, age: Double, outputs: Int, prompt: String? = nil) -> RunItem {
        RunItem(
            id: .init(rawValue: name),
            model: "owner/name",
            prompt: prompt ?? name,
            stage: .succeeded,
            createdAt: Date(timeIntervalSince1970: 1_000_000 - age),
            estimate: .unknown(reason: "x"),
            outputs: (0..<outputs).map { RunOutput(url: "u\($0)", path: "/made/\(name)-\($0).webp") }
        )
    }

    fileprivate func state(_ runs: [RunItem], columns: Int = 3, rows: Int = 2) -> StudioState {
        var state = StudioState(mode: .demo, now: Date(timeIntervalSince1970: 1_000_000))
        state.viewport.tileColumns = columns
        state.viewport.tileRows = rows
        state.viewport.thumbnailColumns = 20
        state.viewport.thumbnailRows = 6
        state.viewport.pictureColumns = 40
        state.viewport.pictureRows = 20
        _ = reducer.reduce(&state, .runsLoaded(RunPage(runs: runs)))
        _ = reducer.reduce(&state, .command(.focusPredictions))
        return state
    }

    fileprivate func keys(_ effects: [StudioEffect]) -> [String]? {
        for case .world(.loadPictures(let keys)) in effects { return keys.map(\.path) }
        return nil
    }

    @Test func `each output has a tile, newest run first, and a run without outputs has one too`() {
        var state = state([run("a", age: 1, outputs: 2), run("b", age: 2, outputs: 0), run("c", age: 3, outputs: 1)])
        _ = reducer.reduce(&state, .command(.lightTable))
        #expect(state.lightTable?.tiles.map { "\($0.run.rawValue)\($0.output)" } == ["a0", "a1", "b0", "c0"])
        #expect(state.contexts.first == .lightTable)
    }

    @Test func `only what is on the screen and missing is asked for, and once`() {
        let runs = (0..<20).map { run("r\($0)", age: Double($0), outputs: 1) }
        var state = state(runs)
        let opened = reducer.reduce(&state, .command(.lightTable))
        #expect(keys(opened) == (0..<6).map { "/made/r\($0)-0.webp" })
        #expect(keys(reducer.reduce(&state, .command(.nextOutput))) == nil)
        let key = state.thumbnailKey("/made/r0-0.webp")!
        let picture = RenderedPicture(cells: PixelCells(columns: 0, rows: 0, cells: []))
        #expect(keys(reducer.reduce(&state, .previewLoaded(key, picture))) == nil)
        #expect(keys(reducer.reduce(&state, .command(.pageDown)))?.count == 6)
        // What cannot be shown is not tried again and again.
        let other = state.thumbnailKey("/made/r7-0.webp")!
        #expect(keys(reducer.reduce(&state, .previewFailed(other, reason: "damaged"))) == nil)
        #expect(state.pictures.failure(of: other) == "damaged")
    }

    @Test func `arrows move by tiles and rows, and stop at both ends`() {
        let runs = (0..<10).map { run("r\($0)", age: Double($0), outputs: 1) }
        var state = state(runs)
        _ = reducer.reduce(&state, .command(.lightTable))
        func selected(after commands: Command...) -> String? {
            for command in commands { _ = reducer.reduce(&state, .command(command)) }
            return state.runs.selection?.rawValue
        }
        #expect(selected(after: .down) == "r3")
        #expect(selected(after: .nextOutput, .nextOutput) == "r5")
        #expect(selected(after: .up) == "r2")
        #expect(selected(after: .up) == "r0")
        #expect(selected(after: .last) == "r9")
        #expect(state.lightTable?.top == 2)
        #expect(selected(after: .pageDown) == "r9")
        #expect(selected(after: .first) == "r0")
        #expect(state.lightTable?.top == 0)
    }

    @Test func `Enter opens the tile large, and back leads to the table again`() {
        var state = state([run("a", age: 1, outputs: 2), run("b", age: 2, outputs: 1)])
        _ = reducer.reduce(&state, .command(.lightTable))
        _ = reducer.reduce(&state, .command(.nextOutput))
        let effects = reducer.reduce(&state, .command(.open))
        #expect(state.isLarge)
        #expect(state.preview?.key.path == "/made/a-1.webp")
        #expect(effects.contains(.world(.loadPreview(state.preview!.key))))
        _ = reducer.reduce(&state, .command(.back))
        #expect(state.isOnLightTable && state.contexts.first == .lightTable)
        #expect(state.selectedTile == LightTable.Tile(run: .init(rawValue: "a"), output: 1))
        _ = reducer.reduce(&state, .command(.back))
        #expect(state.lightTable == nil)
    }

    @Test func `what is reused leads to the prompt, away from the table`() {
        var state = state([run("a", age: 1, outputs: 1)])
        _ = reducer.reduce(&state, .command(.lightTable))
        _ = reducer.reduce(&state, .command(.reuse))
        #expect(state.lightTable == nil)
        #expect(state.focus == .prompt)
    }

    @Test func `a filter leaves its tiles, a mark goes to the run, and a click selects`() {
        var state = state([
            run("fox", age: 1, outputs: 1), run("owl", age: 2, outputs: 1), run("foxes", age: 3, outputs: 1),
        ])
        _ = reducer.reduce(&state, .command(.lightTable))
        _ = reducer.reduce(&state, .command(.filterRuns))
        _ = reducer.reduce(&state, .typed("fox"))
        #expect(state.lightTable?.tiles.count == 2)
        _ = reducer.reduce(&state, .command(.acceptField))
        _ = reducer.reduce(&state, .command(.markRun))
        #expect(state.runs.marks.runs == [.init(rawValue: "fox")])
        func click(_ run: String, isDouble: Bool) {
            let tile = LightTable.Tile(run: .init(rawValue: run), output: 0)
            _ = reducer.reduce(&state, .clicked(Click(.tile(tile), isDouble: isDouble)))
        }
        click("foxes", isDouble: false)
        #expect(state.runs.selection?.rawValue == "foxes" && !state.isLarge)
        click("fox", isDouble: true)
        #expect(state.runs.selection?.rawValue == "fox" && state.isLarge)
    }

    @Test func `a run that comes or goes changes the tiles and not the selection`() {
        var state = state([run("a", age: 10, outputs: 1), run("b", age: 20, outputs: 1)])
        _ = reducer.reduce(&state, .command(.lightTable))
        _ = reducer.reduce(&state, .command(.nextOutput))
        _ = reducer.reduce(&state, .runChanged(run("new", age: 1, outputs: 2)))
        #expect(state.lightTable?.tiles.count == 4)
        #expect(state.runs.selection?.rawValue == "b")
        _ = reducer.reduce(&state, .runDeleted(.init(rawValue: "new")))
        #expect(state.lightTable?.tiles.count == 2)
    }
}

extension LightTableTests {
    @Test func `single outputs of a run are marked, used and compared, and no others`() {
        var state = state([run("a", age: 1, outputs: 4), run("b", age: 2, outputs: 1)])
        _ = reducer.reduce(&state, .command(.lightTable))
        for command in [Command.nextOutput, .markRun, .nextOutput, .markRun] {
            _ = reducer.reduce(&state, .command(command))
        }
        let a = RunItem.ID(rawValue: "a")
        #expect((0..<4).filter { state.runs.marks.contains(a, output: $0) } == [1, 3])
        #expect(state.runs.markedOutputCount == 2)
        #expect(state.shownOutputs.map(\.path) == ["/made/a-1.webp", "/made/a-3.webp"])
        #expect(ComparedOutputs.tiles(of: state).map(\.output) == [1, 3])
        // The next tile is of another run.
        _ = reducer.reduce(&state, .command(.markRun))
        #expect(ComparedOutputs.tiles(of: state).map { "\($0.run.rawValue)\($0.output)" } == ["a1", "a3", "b0"])
        _ = reducer.reduce(&state, .command(.first))
        for command in [Command.nextOutput, .markRun, .nextOutput, .markRun] {
            _ = reducer.reduce(&state, .command(command))
        }
        #expect(state.runs.marks.runs == [.init(rawValue: "b")])
        #expect(state.runs.marks.outputs.isEmpty)
    }

    @Test func `a run that was marked as a whole can lose one output`() {
        var state = state([run("a", age: 1, outputs: 3)])
        _ = reducer.reduce(&state, .command(.markRun))
        _ = reducer.reduce(&state, .command(.lightTable))
        _ = reducer.reduce(&state, .command(.markRun))
        #expect((0..<3).filter { state.runs.marks.contains(.init(rawValue: "a"), output: $0) } == [1, 2])
        state.runs.marks.removeAll()
        #expect(state.runs.marks.outputs.isEmpty && state.runs.markedOutputCount == 0)
    }

    @Test func `outputs of one run and runs of one submission are a group`() {
        var state = state([
            run("a fox in oil", age: 1, outputs: 2), run("a fox in ink", age: 1.001, outputs: 1),
            run("a lighthouse", age: 90, outputs: 1), run("an owl", age: 200, outputs: 3),
        ])
        _ = reducer.reduce(&state, .command(.lightTable))
        #expect((0..<7).map { state.lightTable!.group(at: $0) } == [0..<3, 0..<3, 0..<3, 3..<4, 4..<7, 4..<7, 4..<7])
    }

    @Test func `no small picture is asked for of what is none`() {
        var sound = run("a", age: 1, outputs: 2)
        sound.outputs[0].path = "/made/a.mp3"
        var state = state([sound])
        #expect(keys(reducer.reduce(&state, .command(.lightTable))) == ["/made/a-1.webp"])
    }
}

struct PromptDifferenceTests {
    @Test func `of prompts that were submitted together, every part that differs is shown`() {
        func prompt(_ color: String, _ medium: String) -> String {
            "a \(color) fox in a hollow oak, \(medium) painting"
        }
        let all = [("red", "oil"), ("blue", "oil"), ("red", "ink"), ("blue", "ink")].map(prompt)
        #expect(
            PromptDifference.captions(of: ["a fox, oil, 85 mm", "a fox, ink, 85 mm"]) == ["… oil", "… ink"]
        )
        #expect(
            PromptDifference.captions(of: all) == ["… red … oil", "… blue … oil", "… red … ink", "… blue … ink"]
        )
        #expect(PromptDifference.captions(of: ["storm", "storm, in oil"]) == ["storm", "storm, in oil"])
        #expect(
            PromptDifference.captions(of: ["a fox at dawn", "a fox in deep snow at dawn"]) == [
                "a fox at dawn", "… in deep snow",
            ]
        )
        #expect(PromptDifference.captions(of: ["a fox", "a fox"]) == ["a fox", "a fox"])
        #expect(PromptDifference.captions(of: []).isEmpty)
        let unrelated = ["a lighthouse in a storm, oil painting", "a fox in a hollow oak at dawn, film grain"]
        #expect(PromptDifference.captions(of: unrelated) == unrelated, "small words in common are no caption")
        let few = ["portrait of a woman with red hair", "portrait in blue by candle light, asleep"]
        #expect(PromptDifference.captions(of: few) == few, "less than half is in common")
    }

    @Test func `prompts that differ never have the same caption`() {
        let words = ["a", "red", "fox", "oil", "ink", "in"]
        var random = SeededGenerator(seed: 3)
        for _ in 0..<400 {
            let prompts = (0..<Int.random(in: 2...6, using: &random)).map { _ in
                (0..<Int.random(in: 0...7, using: &random)).map { _ in words.randomElement(using: &random)! }
                    .joined(separator: " ")
            }
            let captions = PromptDifference.captions(of: prompts)
            #expect(captions.count == prompts.count)
            for (first, second) in zip(zip(prompts, captions), zip(prompts, captions).dropFirst()) {
                #expect((first.0 == second.0) == (first.1 == second.1), "\(prompts) \(captions)")
            }
        }
        #expect(PromptDifference.captions(of: ["a red b", "red a b"]) == ["a red b", "red a b"])
    }

    @Test func `what a prompt shares with the one beside it is left out`() {
        let oil = "a lighthouse in a storm, oil painting"
        #expect(PromptDifference.text(of: oil, beside: ["a lighthouse in a storm, ink"]) == "… oil painting")
        #expect(PromptDifference.text(of: oil, beside: ["a fox", "a lighthouse in a calm"]) == "… storm, oil painting")
    }

    @Test func `prompts that are the same, or hardly alike, are left whole`() {
        #expect(PromptDifference.text(of: "a fox", beside: ["a fox"]) == "a fox")
        #expect(PromptDifference.text(of: "a fox asleep", beside: ["a fox awake"]) == "a fox asleep")
        #expect(PromptDifference.text(of: "a fox in the", beside: ["a fox in the snow"]) == "a fox in the")
        #expect(PromptDifference.text(of: "a fox", beside: []) == "a fox")
    }
}

struct LargePictureTests {
    private let reducer = StudioReducer(prices: .builtIn, measure: { _ in 1 })

    /// A picture of 1000 × 500 pixels over 40 × 20 cells of 10 × 20 pixels.
    private func state() -> StudioState {
        var state = StudioState(mode: .demo, now: Date(timeIntervalSince1970: 1_000_000))
        state.display.method = .init(rawValue: "sixel")
        state.viewport.pictureColumns = 40
        state.viewport.pictureRows = 20
        let run = RunItem(
            id: .init(rawValue: "a"),
            model: "owner/name",
            prompt: "x",
            stage: .succeeded,
            createdAt: Date(timeIntervalSince1970: 1),
            estimate: .unknown(reason: "x"),
            outputs: [RunOutput(url: "u", path: "/a.webp"), RunOutput(url: "v", path: "/b.webp")]
        )
        _ = reducer.reduce(&state, .runsLoaded(RunPage(runs: [run], total: 1)))
        _ = reducer.reduce(&state, .command(.focusDetail))
        _ = reducer.reduce(&state, .command(.zoom))
        load(&state)
        return state
    }

    private func load(_ state: inout StudioState) {
        let facts = PictureFacts(width: 1_000, height: 500, format: "webp")
        let picture = RenderedPicture(cells: PixelCells(columns: 0, rows: 0, cells: []), facts: facts)
        _ = reducer.reduce(&state, .previewLoaded(state.preview!.key, picture))
    }

    private func press(_ command: Command, _ state: inout StudioState) { _ = reducer.reduce(&state, .command(command)) }

    @Test func `one to one shows the middle, and arrows stop at the edges`() {
        var state = state()
        #expect(state.isLarge)
        press(.realPixels, &state)
        #expect(state.detail.crop == PictureCrop(percent: 100, x: 500, y: 250))
        #expect(state.preview?.key.crop == state.detail.crop)
        load(&state)
        press(.panRight, &state)
        #expect(state.detail.crop?.x == 600)
        for _ in 0..<9 { press(.panRight, &state) }
        // 400 pixels are on the screen.
        #expect(state.detail.crop?.x == 800)
        for _ in 0..<9 { press(.panLeft, &state) }
        #expect(state.detail.crop?.x == 200)
        press(.panUp, &state)
        #expect(state.detail.crop?.y == 200)
    }

    @Test func `plus and minus go by steps, and all of it is the smallest`() {
        var state = state()
        press(.zoomIn, &state)
        // All of it is 40 %.
        #expect(state.detail.crop?.percent == 50)
        press(.zoomIn, &state)
        press(.zoomIn, &state)
        #expect(state.detail.crop?.percent == 200)
        press(.zoomOut, &state)
        press(.zoomOut, &state)
        #expect(state.detail.crop?.percent == 50)
        press(.zoomOut, &state)
        #expect(state.detail.crop == nil)
        for _ in 0..<20 { press(.zoomIn, &state) }
        #expect(state.detail.crop?.percent == 800)
        press(.fitPicture, &state)
        #expect(state.detail.crop == nil)
    }

    @Test func `where all is seen, sideways goes to another output`() {
        var state = state()
        press(.panRight, &state)
        #expect(state.detail.output == 1)
        #expect(state.preview?.key.path == "/b.webp")
    }

    @Test func `back gives the screen back, and nothing is zoomed elsewhere`() {
        var state = state()
        press(.realPixels, &state)
        press(.back, &state)
        #expect(!state.isLarge && state.detail.crop == nil)
        #expect(CommandAvailability.obstacle(to: .zoomIn, in: state) != nil)
    }
}
