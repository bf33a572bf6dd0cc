import Composing
import Studio
import Terminal
import Testing

@testable import StudioUI

/// What lists to choose from show of their rows, and what they say when they are empty.
struct PickerViewTests {
    private func text(_ state: StudioState, _ size: Size) -> String {
        SampleStudio.draw(state, size: size).surface.text().joined(separator: "\n")
    }

    private func opened(_ command: Command, _ size: Size, models: [ModelSummary] = []) -> StudioState {
        var state = SampleStudio.opened(size: size)
        if !models.isEmpty { state.models = models }
        SampleStudio.send(.command(command), to: &state)
        SampleStudio.fit(&state, to: size)
        return state
    }

    private static let models: [ModelSummary] = {
        var edit = ModelSummary(
            path: "black-forest-labs/flux-kontext-max",
            summary: "Edits pictures by words",
            isOfficial: true,
            runCount: 5_300_000
        )
        edit.takes = [.images, .mask]
        edit.usualSeconds = 8
        return [edit, ModelSummary(path: "lab/unpriced", summary: "", isOfficial: true)]
    }()

    @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36), Size(columns: 200, rows: 50)])
    func `of the selected model all that is known is told, beside the list or below it`(size: Size) {
        var state = opened(.changeModel, size, models: Self.models)
        SampleStudio.send(.command(.up), to: &state)
        let shown = text(state, size)
        #expect(shown.contains("official · 5.3 M runs"))
        #expect(shown.contains("takes images, mask · usually 8 s"), "\(shown)")
        // The end of it may stand in the next row.
        let words = shown.split { $0.isWhitespace || "┃│".contains($0) }.joined(separator: " ")
        #expect(words.contains("Edits pictures by words"))
    }

    @Test func `an unknown price is a question mark`() throws {
        let size = Size(columns: 120, rows: 36)
        let rows = SampleStudio.draw(opened(.changeModel, size, models: Self.models), size: size).surface.text()
        let row = try #require(rows.first { $0.contains("lab/unpriced") })
        #expect(row.contains(" ? "))
        #expect(!row.contains("official"))
    }

    @Test func `the help keeps the key of a command where there is no room for its place`() throws {
        let narrow = SampleStudio.draw(opened(.help, ScreenLayout.smallest), size: ScreenLayout.smallest).surface.text()
        let row = try #require(narrow.first { $0.contains("Change model") })
        #expect(row.contains("alt+m"))
        #expect(!row.contains("everywhere"))
        #expect(
            text(opened(.help, Size(columns: 80, rows: 24)), Size(columns: 80, rows: 24)).contains("everywhere  alt+m")
        )
    }

    @Test func `in the narrowest window the name wins`() {
        let size = ScreenLayout.smallest
        let rows = SampleStudio.draw(opened(.changeModel, size, models: Self.models), size: size).surface.text()
        #expect(rows.contains { $0.contains("flux-kontext-max") })
        #expect(!rows.contains { $0.contains("$") && $0.contains("flux-kontext") })
    }

    @Test func `an empty list says how it is filled, and a search without a match something else`() {
        let size = Size(columns: 80, rows: 24)
        var state = opened(.openLibrary, size)
        #expect(text(state, size).contains("The library is empty. ^X ^S keeps the prompt under a name"))
        SampleStudio.send(.typed("x"), to: &state)
        #expect(text(state, size).contains("Nothing is kept by that name"))
        state = opened(.openDrafts, size)
        SampleStudio.send(.draftsListed([]), to: &state)
        #expect(text(state, size).contains("No drafts yet: ^S keeps one."))
    }

    @Test func `what a command does stays beside what stands in its way`() {
        let size = Size(columns: 100, rows: 30)
        var state = SampleStudio.opened(size: size)
        SampleStudio.send(.command(.palette), to: &state)
        state.picker?.select(Command.reuse.rawValue)
        SampleStudio.fit(&state, to: size)
        let shown = text(state, size)
        #expect(shown.contains("Compose again with model, prompt and inputs of what was run; marked prompts"))
        #expect(shown.contains("No prediction is selected"))
    }
}
