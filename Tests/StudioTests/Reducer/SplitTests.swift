import Testing

@testable import Studio

/// Borders that are dragged.
struct SplitTests {
    @Test func `a border goes where it is dragged to, and a double click gives it back`() {
        var bench = Bench()
        bench.send(.dragged(Drag(.border(.compose, size: 44), column: 7, row: 3)))
        #expect(bench.state.split.composeColumns == 51)
        bench.send(.dragged(Drag(.border(.table, size: 12), column: 7, row: -4)))
        #expect(bench.state.split.tableRows == 8)
        bench.send(.dragged(Drag(.border(.middle, size: 60), column: -90, row: 0)))
        #expect(bench.state.split.tableColumns == 1)
        bench.send(.clicked(Click(.border(.compose, size: 51))))
        #expect(bench.state.split.composeColumns == 51)
        bench.send(.clicked(Click(.border(.compose, size: 51), isDouble: true)))
        #expect(bench.state.split.composeColumns == nil)
        #expect(bench.state.split.tableRows == 8)
    }

    @Test func `nothing is dragged behind a question`() {
        var bench = Bench()
        bench.press(.help)
        bench.send(.dragged(Drag(.border(.compose, size: 44), column: 7, row: 3)))
        #expect(bench.state.split == PaneSplit())
    }

    @Test func `a click beside the mark of a scroll bar turns a page`() {
        var bench = Bench(runs: (0..<40).map { Bench.run("r\($0)", age: Double($0)) })
        bench.send(.clicked(Click(.scrollbar(.predictions, rows: 10))))
        #expect(bench.state.focus == .predictions)
        #expect(bench.state.runs.selectedIndex == 10)
        bench.send(.clicked(Click(.scrollbar(.predictions, rows: -10))))
        #expect(bench.state.runs.selectedIndex == 0)
        bench.press(.help)
        bench.send(.clicked(Click(.scrollbar(nil, rows: 12))))
        #expect(bench.state.picker?.selection == 12)
    }
}
