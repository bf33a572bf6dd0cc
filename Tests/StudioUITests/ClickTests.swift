import ReplicateAPI
import Search
import Studio
import Terminal
import Testing

@testable import StudioUI

/// What is shown can be clicked.
struct ClickTests {
    private static let size = Size(columns: 120, rows: 36)

    private func draw(_ state: StudioState, size: Size = size) -> StudioView.Frame {
        SampleStudio.draw(state, size: size)
    }

    /// The place of the first cell of a text on the screen.
    private func place(of text: String, in surface: Surface) throws -> Point {
        for row in 0..<surface.size.rows {
            let line = (0..<surface.size.columns).map { surface[$0, row].text }
            guard let column = line.indices.first(where: { line[$0...].joined().hasPrefix(text) }) else { continue }
            return Point(column: column, row: row)
        }
        throw NotShown(text: text)
    }

    private struct NotShown: Error { let text: String }

    private func click(_ text: String, _ state: inout StudioState, isDouble: Bool = false) throws {
        let frame = draw(state)
        let point = try place(of: text, in: frame.surface)
        let click = try #require(frame.targets.click(at: point, isDouble: isDouble))
        _ = SampleStudio.reducer.reduce(&state, .clicked(click))
    }

    @Test func `every key in the footer gives its command`() throws {
        let state = SampleStudio.busy(size: Self.size)
        let frame = draw(state)
        let shown = FooterView.fitting(FooterView.hints(state, Glyphs(isUnicode: true)), columns: 118)
        let footer = Self.size.rows - 1
        let clicked = (0..<Self.size.columns).compactMap { column -> Command? in
            guard case .command(let command)? = frame.targets.click(at: Point(column: column, row: footer))?.target
            else {
                return nil
            }
            return command
        }
        #expect(Set(clicked) == Set(shown.map(\.command)))
    }

    @Test func `a row is selected, a tab shown, and the model's name opens the list of models`() throws {
        var state = SampleStudio.busy(size: Self.size)
        let last = try #require(state.runs.shown.dropFirst(2).first)
        let frame = draw(state)
        let targets = frame.targets.all
        #expect(targets.contains(.run(last.id)))
        _ = SampleStudio.reducer.reduce(&state, .clicked(Click(.run(last.id))))
        #expect(state.runs.selection == last.id)
        try click("JSON", &state)
        #expect(state.detail.tab == .json)
        #expect(state.focus == .detail)
        try click("alt+m", &state)
        #expect(state.picker?.kind == .models)
    }

    @Test func `a click puts the caret into the prompt`() throws {
        var state = SampleStudio.opened(size: Self.size)
        _ = SampleStudio.reducer.reduce(&state, .typed("a fox\nand a lynx"))
        _ = SampleStudio.reducer.reduce(&state, .command(.focusPredictions))
        try click("lynx", &state)
        #expect(state.focus == .prompt)
        #expect(state.compose.prompt.cursor == TextPosition(line: 1, column: 6))
    }

    @Test func `behind a dialog nothing can be clicked, and its buttons can`() throws {
        var state = SampleStudio.busy(size: Self.size)
        _ = SampleStudio.reducer.reduce(&state, .command(.quit))
        try #require(state.confirmation != nil)
        let frame = draw(state)
        #expect(
            frame.targets.all.allSatisfy { target in
                switch target {
                case .answer, .command: true
                default: false
                }
            }
        )
        try click("[ \(state.confirmation?.cancelLabel ?? "")", &state)
        #expect(state.confirmation == nil)
    }

    @Test func `arrows beside a number change it`() throws {
        var state = SampleStudio.opened(size: Self.size)
        let index = try #require(state.compose.inputRows.firstIndex { $0.name == "num_outputs" })
        _ = SampleStudio.reducer.reduce(&state, .clicked(Click(.inputControl(index, .increaseInput))))
        #expect(state.compose.inputs.values["num_outputs"] == 2)
        #expect(draw(state).targets.all.contains(.inputControl(index, .decreaseInput)))
    }

    @Test(
        arguments: [Size(columns: 60, rows: 16), Size(columns: 80, rows: 24), size, Size(columns: 200, rows: 50)],
        [true, false]
    )
    func `every heading of the table sorts by what is below it, and says which way`(size: Size, isUnicode: Bool) throws
    {
        let glyphs = Glyphs(isUnicode: isUnicode)
        var state = SampleStudio.busy(size: size)
        _ = SampleStudio.reducer.reduce(&state, .command(.focusPredictions))
        let cells = (0..<size.rows).flatMap { row in (0..<size.columns).map { Point(column: $0, row: row) } }
        for key in RunSort.Key.allCases {
            let command = Command.sort(by: key)
            let frame = SampleStudio.draw(state, size: size, glyphs: glyphs)
            guard let place = cells.first(where: { frame.targets.click(at: $0)?.target == .heading(command) }) else {
                // How long a run took has the column of the time; models have none where it is narrow.
                #expect(key == .duration || key == .model && size.columns < 120, "\(key)")
                continue
            }
            let click = try #require(frame.targets.click(at: place, isDouble: false))
            _ = SampleStudio.reducer.reduce(&state, .clicked(click))
            #expect(state.runs.sort == RunSort.newestFirst.choosing(key))
            let sorted = SampleStudio.draw(state, size: size, glyphs: glyphs)
            let shown = (0..<size.columns).map { sorted.surface[$0, place.row].text }.joined()
            #expect(shown.contains(glyphs.arrow(state.runs.sort)), "\(shown)")
        }
    }
}
