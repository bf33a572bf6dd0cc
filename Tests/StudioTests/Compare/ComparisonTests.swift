import Foundation
import Money
import Pixels
import Pricing
import ReplicateAPI
import Testing

@testable import Studio

struct ComparisonTests {
    private let reducer = StudioReducer(prices: .builtIn, measure: { _ in 1 })

    private func run(_ name: String, age: Double, outputs: Int = 1, input: JSONObject = [:]) -> RunItem {
        RunItem(
            id: .init(rawValue: name),
            model: "owner/name",
            prompt: "a lighthouse in a storm, \(name)",
            input: input,
            stage: .succeeded,
            createdAt: Date(timeIntervalSince1970: 1_000_000 - age),
            estimate: .unknown(reason: "x"),
            outputs: (0..<outputs).map { RunOutput(url: "u\($0)", path: "/made/\(name)-\($0).webp") }
        )
    }

    private func state(_ runs: [RunItem]) -> StudioState {
        var state = StudioState(mode: .demo, now: Date(timeIntervalSince1970: 1_000_000))
        state.viewport.comparisonColumns = 40
        state.viewport.comparisonRows = 20
        _ = reducer.reduce(&state, .runsLoaded(RunPage(runs: runs)))
        _ = reducer.reduce(&state, .command(.focusPredictions))
        return state
    }

    private func press(_ commands: Command..., in state: inout StudioState) -> [StudioEffect] {
        commands.flatMap { reducer.reduce(&state, .command($0)) }
    }

    @Test func `marked runs are compared, side by side and then in place`() {
        var state = state([run("oil", age: 1), run("ink", age: 2), run("pencil", age: 3)])
        _ = press(.markRun, .markRun, in: &state)
        let effects = press(.compare, in: &state)
        #expect(state.comparison?.tiles.map(\.run.rawValue) == ["oil", "ink"])
        let keys = effects.compactMap { effect -> [String]? in
            if case .world(.loadPictures(let keys)) = effect { keys.map(\.path) } else { nil }
        }
        #expect(keys == [["/made/oil-0.webp", "/made/ink-0.webp"]])
        #expect(state.contexts.first == .comparison)
        _ = press(.compare, in: &state)
        #expect(state.comparison?.shown.map(\.run.rawValue) == ["oil"])
        _ = press(.compare, in: &state)
        #expect(state.comparison?.shown.map(\.run.rawValue) == ["ink"])
        _ = press(.compare, in: &state)
        #expect(state.comparison?.shown.map(\.run.rawValue) == ["oil"])
        _ = press(.back, in: &state)
        #expect(state.comparison?.shown.count == 2)
        _ = press(.back, in: &state)
        #expect(state.comparison == nil)
    }

    @Test func `the outputs of one run are compared where none is marked`() {
        var state = state([run("oil", age: 1, outputs: 6)])
        _ = press(.compare, in: &state)
        #expect(state.comparison?.tiles.map(\.output) == [0, 1, 2, 3])
    }

    @Test func `one picture, or five marked ones, cannot be compared, and it is said why`() {
        var one = state([run("oil", age: 1)])
        _ = press(.compare, in: &one)
        #expect(one.comparison == nil)
        #expect(one.toast?.notice.text.contains("Mark two to four") == true)
        var five = state((0..<5).map { run("\($0)", age: Double($0)) })
        _ = press(.markRun, .markRun, .markRun, .markRun, .markRun, .compare, in: &five)
        #expect(five.comparison == nil)
    }

    @Test func `zoom is the same for all`() {
        var state = state([run("oil", age: 1), run("ink", age: 2)])
        _ = press(.markRun, .markRun, .compare, in: &state)
        for tile in state.comparison!.tiles {
            let facts = PictureFacts(width: 1_000, height: 1_000, format: "webp")
            let picture = RenderedPicture(cells: PixelCells(columns: 0, rows: 0, cells: []), facts: facts)
            _ = reducer.reduce(&state, .previewLoaded(state.comparisonKey(tile)!, picture))
        }
        let effects = press(.realPixels, in: &state)
        #expect(state.detail.crop?.percent == 100)
        let crops = effects.flatMap { effect -> [PictureCrop?] in
            if case .world(.loadPictures(let keys)) = effect { keys.map(\.crop) } else { [] }
        }
        #expect(crops == [state.detail.crop, state.detail.crop])
    }

    @Test func `only what differs is listed`() {
        let runs = [
            run("oil", age: 1, input: ["seed": .integer(1), "steps": .integer(4), "prompt": .string("x")]),
            run("ink", age: 2, input: ["seed": .integer(2), "steps": .integer(4)]),
        ]
        #expect(
            InputDifference.all(runs) == [
                InputDifference(name: "prompt", values: ["… oil", "… ink"]),
                InputDifference(name: "seed", values: ["1", "2"]),
            ]
        )
        #expect(InputDifference.all([runs[0], runs[0]]).isEmpty)
    }
}
