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

    @Test func `the mark of a scroll bar is dragged, and the rows follow it`() {
        var bench = Bench(runs: (0..<40).map { Bench.run("r\($0)", age: Double($0)) })
        let height = bench.state.viewport.runRows
        let hidden = 40 - height
        func drag(_ pane: Pane?, _ from: Int, _ to: Int) {
            let mark = ClickTarget.scrollMark(pane, hidden: hidden, room: 7)
            bench.send(.dragged(Drag(mark, column: 0, row: 99, from: from, to: to)))
        }
        bench.send(.clicked(Click(.scrollMark(.predictions, hidden: hidden, room: 7))))
        #expect(bench.state.runs.selectedIndex == 0)
        for row in 0..<7 { drag(.predictions, row, row + 1) }
        #expect(bench.state.runs.top == hidden, "at the end of its way the last rows are seen")
        #expect(bench.state.runs.selectedIndex == hidden)
        drag(.predictions, 7, 30)
        #expect(bench.state.runs.top == hidden)
        drag(.predictions, 30, 0)
        #expect(bench.state.runs.top == 0)
        #expect(bench.state.runs.selectedIndex == height - 1)
        bench.press(.help)
        drag(nil, 0, 1)
        #expect(bench.state.runs.top == 0)
        #expect((bench.state.picker?.selection ?? 0) > 0)
    }

    @Test func `a click on a period shows it`() {
        var bench = Bench()
        bench.send(.clicked(Click(.period(.year))))
        #expect(bench.state.ledger == nil)
        bench.press(.showSpend)
        for period in [Ledger.Period.year, .week, .quarter, .month] {
            bench.send(.clicked(Click(.period(period))))
            #expect(bench.state.ledger?.period == period)
            #expect(bench.effects.last == .world(.loadSpend(period)))
        }
        let before = bench.effects.count
        bench.send(.clicked(Click(.period(.month))))
        #expect(bench.effects.count == before)
    }

    @Test func `a click on the box of an image says whether it is sent`() {
        var bench = Bench()
        bench.send(.imageNamed("https://example.org/a.png"))
        bench.send(.imageNamed("https://example.org/b.png"))
        bench.send(.clicked(Click(.image(0), column: 5)))
        #expect(bench.state.compose.images.items.map(\.isOn) == [true, true])
        bench.send(.clicked(Click(.image(1), column: 0)))
        #expect(bench.state.compose.images.items.map(\.isOn) == [true, false])
        bench.send(.clicked(Click(.image(1), column: 1)))
        #expect(bench.state.compose.images.items.map(\.isOn) == [true, true])
    }
}
