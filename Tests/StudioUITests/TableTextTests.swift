import Foundation
import Money
import ReplicateAPI
import Studio
import Terminal
import Testing

@testable import StudioUI

/// What a row of the table says where there is little room, and what is said of the price beside it.
struct TableTextTests {
    private func run(
        _ number: Int,
        _ prompt: String,
        model: String = "fofr/skyreels-2",
        cost: String = "0.20",
        estimate: String = "0.20"
    ) -> RunItem {
        RunItem(
            id: .init(rawValue: "r\(number)"),
            predictionID: "p\(number)",
            model: model,
            prompt: prompt,
            input: ["prompt": .string(prompt), "seed": .integer(Int64(number))],
            stage: .succeeded,
            createdAt: SampleStudio.now.addingTimeInterval(-60 - Double(number) / 10_000),
            finishedAt: SampleStudio.now.addingTimeInterval(-50),
            estimate: .exact(Money(estimate)!, because: "2 s × $0.10"),
            cost: .counted(Money(cost)!, because: "2 s × $0.10"),
            outputs: [RunOutput(url: "https://h/\(number).mp4", path: "/made/\(number).mp4", contentType: "video/mp4")]
        )
    }

    private func rows(_ runs: [RunItem], size: Size) -> [String] {
        var state = SampleStudio.opened(runs: runs, size: size)
        SampleStudio.send(.command(.focusPredictions), to: &state)
        SampleStudio.fit(&state, to: size)
        return SampleStudio.draw(state, size: size).surface.text()
    }

    @Test(arguments: [Size(columns: 160, rows: 45), Size(columns: 120, rows: 36), Size(columns: 80, rows: 24)])
    func `the prompt is there before what was made of it`(size: Size) {
        let prompts = ["red fox", "red fox", "blue fox", "blue fox"]
        let shown = rows(prompts.enumerated().map { run($0.offset, $0.element) }, size: size)
        for prompt in Set(prompts) {
            #expect(shown.contains { $0.contains("✓ \(prompt)") }, "\(shown.joined(separator: "\n"))")
        }
    }

    @Test func `a model that does not fit is called without its family, and a number alone is no name`() {
        let size = Size(columns: 160, rows: 45)
        let models = [
            "black-forest-labs/flux-schnell", "wan-video/wan-2.2-i2v-fast",
            "black-forest-labs/flux-kontext-pro-and-more",
        ]
        let shown = rows(models.enumerated().map { run($0.offset, "fox \($0.offset)", model: $0.element) }, size: size)
        let lines = (0..<3).map { number in shown.first { $0.contains("fox \(number)") } ?? "" }
        #expect(lines[0].contains("  schnell "))
        #expect(lines[1].contains("  wan-2.2-…"))
        #expect(!lines[1].contains("  2.2-"))
        #expect(lines[2].contains("  flux-kon…"))
    }

    @Test func `a price that came as it was said is not said twice`() {
        let size = Size(columns: 120, rows: 36)
        let asSaid = rows([run(0, "a fox")], size: size).joined(separator: "\n")
        #expect(asSaid.contains("$0.20   as estimated"))
        #expect(!asSaid.contains("estimate $0.20"))
        let other = rows([run(0, "a fox", cost: "0.30")], size: size).joined(separator: "\n")
        #expect(other.contains("estimate $0.20"))
        #expect(!other.contains("as estimated"))
    }

    @Test func `columns do not move when a run that starts begins to work`() throws {
        let size = Size(columns: 120, rows: 36)
        func heading(_ stage: RunItem.Stage) throws -> String {
            var item = run(0, "a fox")
            (item.stage, item.cost, item.finishedAt, item.outputs) = (stage, nil, nil, [])
            return try #require(rows([item], size: size).first { $0.contains("Prompt  ") && $0.contains("Time") })
        }
        #expect(try heading(.starting) == heading(.processing))
        #expect(try heading(.starting) == heading(.queued))
    }

    @Test(arguments: [Theme.terminal, .darkroom])
    func `the selected row lies on one ground`(theme: Theme) throws {
        let size = Size(columns: 120, rows: 36)
        var state = SampleStudio.opened(runs: [run(0, "a fox"), run(1, "an owl")], size: size)
        SampleStudio.send(.command(.focusPredictions), to: &state)
        SampleStudio.fit(&state, to: size)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        var view = StudioView(
            theme: theme,
            glyphs: Glyphs(isUnicode: true),
            depth: .direct,
            calendar: calendar
        )
        let layout = ScreenLayout(size: size, state: state)
        let surface = view.draw(state, layout: layout, frame: 0).surface
        let row = try #require(surface.text().firstIndex { $0.contains("▸✓") })
        let pane = try #require(layout.panes[.predictions]).inset(dx: 2, dy: 1)
        let styles = (pane.left..<pane.right).map { surface[$0, row].style }
        let isReversed = styles.contains { $0.attributes.contains(.reverse) }
        #expect(Set(styles.map(\.background)).count == 1)
        #expect(Set(styles.map { $0.attributes.contains(.reverse) }).count == 1)
        if isReversed { #expect(Set(styles.map(\.foreground)).count == 1) }
    }

    @Test(arguments: [Size(columns: 40, rows: 16), Size(columns: 60, rows: 16), Size(columns: 80, rows: 24)])
    func `a large picture shows the way back, whole, at every size`(size: Size) throws {
        var state = SampleStudio.opened(runs: [run(0, String(repeating: "a very long prompt ", count: 20))], size: size)
        SampleStudio.send(.command(.focusDetail), to: &state)
        SampleStudio.send(.command(.enlarge), to: &state)
        SampleStudio.fit(&state, to: size)
        try #require(state.isLarge)
        let frame = SampleStudio.draw(state, size: size)
        let line = try #require(frame.surface.text().last)
        #expect(line.contains("esc back"), "\(line)")
        let place = try #require(line.range(of: "esc")).lowerBound
        let column = line.distance(from: line.startIndex, to: place)
        let click = try #require(frame.targets.click(at: Point(column: column, row: size.rows - 1)))
        SampleStudio.send(.clicked(click), to: &state)
        #expect(!state.isLarge)
    }

    @Test func `the title of a group stands once, over its first tile`() throws {
        let size = Size(columns: 40, rows: 40)
        var state = SampleStudio.opened(runs: (0..<4).map { run($0, "a fox") }, size: size)
        SampleStudio.send(.command(.lightTable), to: &state)
        SampleStudio.fit(&state, to: size)
        let shown = SampleStudio.draw(state, size: size).surface.text()
        #expect(shown.count { $0.contains("4 results") } == 1, "\(shown.joined(separator: "\n"))")
    }
}
