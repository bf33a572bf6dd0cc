import Foundation
import Money
import Search
import TestSupport
import Testing

@testable import Studio

struct SortingTests {
    private func run(_ id: String, cost: String?, age: Double, stage: RunItem.Stage = .succeeded) -> RunItem {
        var run = Bench.run(id, stage: stage, age: age)
        run.cost = cost.flatMap { Money($0) }.map { .counted($0, because: "") }
        return run
    }

    private func studio(_ runs: [RunItem]) -> Bench {
        var bench = Bench(prompt: "a fox", runs: runs)
        bench.state.viewport.runRows = 20
        bench.press(.focusPredictions)
        return bench
    }

    private var some: [RunItem] {
        [
            run("new", cost: nil, age: 1, stage: .processing), run("cheap", cost: "0.01", age: 10),
            run("dear", cost: "2", age: 20), run("mid", cost: "0.5", age: 30), run("old", cost: nil, age: 40),
        ]
    }

    private func rows(_ bench: Bench) -> [String] { bench.state.runs.shown.map(\.id.rawValue) }

    @Test func `a click on a heading sorts by it, another one turns it round`() {
        var bench = studio(some)
        bench.press(.focusPrompt)
        bench.send(.clicked(Click(.heading(.sortByCost))))
        #expect(rows(bench) == ["dear", "mid", "cheap", "new", "old"])
        #expect(bench.state.focus == .predictions)
        bench.send(.clicked(Click(.heading(.sortByCost))))
        #expect(rows(bench) == ["cheap", "mid", "dear", "old", "new"])
        bench.send(.clicked(Click(.heading(.sortByTime))))
        #expect(rows(bench) == ["new", "cheap", "dear", "mid", "old"])
    }

    @Test func `a key goes through all orders, another one turns each round`() {
        var bench = studio(some)
        for key in RunSort.Key.allCases.dropFirst() + [.time] {
            bench.press(.nextOrder)
            #expect(bench.state.runs.sort == RunSort(key))
        }
        bench.press(.reverseOrder)
        #expect(rows(bench) == ["old", "mid", "dear", "cheap", "new"])
    }

    @Test func `the selection stays on its run, and on the first row who stands there`() {
        var bench = studio(some)
        bench.press(.down, .down, .down, .sortByCost)
        #expect(bench.state.runs.selection?.rawValue == "mid")
        #expect(bench.state.runs.selectedIndex == 1)
        bench.press(.first, .reverseOrder)
        #expect(bench.state.runs.selection?.rawValue == "cheap")
        #expect(bench.state.runs.selectedIndex == 0)
    }

    @Test func `what arrives goes to its place and moves neither the selection nor the rows on the screen`() {
        var bench = studio((0..<60).map { run("r\($0)", cost: "0.\(100 + $0)", age: Double($0)) })
        bench.press(.sortByCost, .last)
        for _ in 0..<25 { bench.press(.up) }
        let (selection, top) = (bench.state.runs.selection, bench.state.runs.top)
        let first = rows(bench)[top]
        bench.send(.runChanged(run("above", cost: "5", age: -1)))
        #expect(rows(bench).first == "above")
        bench.send(.runChanged(run("running", cost: nil, age: -2, stage: .processing)))
        #expect(rows(bench).last == "running")
        #expect(bench.state.runs.selection == selection)
        #expect(rows(bench)[bench.state.runs.top] == first)
        // It has ended, and goes from the end to the top.
        bench.send(.runChanged(run("running", cost: "9", age: -2)))
        #expect(rows(bench).first == "running")
        #expect(bench.state.runs.selection == selection)
        #expect(rows(bench)[bench.state.runs.top] == first)
    }

    @Test func `what was just started is selected where it stands`() {
        var bench = studio(some)
        bench.press(.sortByCost, .focusPrompt, .run)
        let new = run("started", cost: nil, age: -5, stage: .processing)
        bench.send(.submitted([new.id]), .runChanged(new))
        #expect(rows(bench) == ["dear", "mid", "cheap", "started", "new", "old"])
        #expect(bench.state.runs.selection == new.id)
    }

    // MARK: More than one page

    private func history(_ count: Int) -> HistoryStandIn {
        HistoryStandIn(
            runs: (0..<count).map {
                run("\($0)", cost: $0 % 5 == 0 ? nil : "0.\(1_000 + $0 * 7 % 100)", age: Double($0))
            }
        )
    }

    @Test(arguments: [
        RunSort(.cost), RunSort(.cost, isReversed: true), RunSort(.prompt), RunSort(.time, isReversed: true),
    ])
    func `every run is passed once, in the order that was asked for`(sort: RunSort) {
        let history = history(900)
        var bench = studio([])
        bench.settle(history, bench.send(.runsLoaded(history.first)))
        bench.settle(history, bench.press(Command.sort(by: sort.key)))
        if bench.state.runs.sort != sort { bench.settle(history, bench.press(.reverseOrder)) }
        #expect(bench.state.runs.sort == sort)
        var passed: [String] = []
        var selected = bench.state.runs.selection?.rawValue
        while let id = selected {
            passed.append(id)
            bench.settle(history, bench.press(.down))
            selected = bench.state.runs.selection?.rawValue == id ? nil : bench.state.runs.selection?.rawValue
        }
        #expect(passed == history.sorted(sort).map(\.id.rawValue))
        #expect(bench.state.runs.pages.total == 900)
    }

    @Test func `who stands elsewhere sees the neighbours of the same run`() {
        let history = history(900)
        var bench = studio([])
        bench.settle(history, bench.send(.runsLoaded(history.first)))
        bench.press(.down, .down, .down)
        bench.settle(history, bench.press(.sortByCost))
        #expect(bench.state.runs.selection?.rawValue == "3")
        let list = history.sorted(RunSort(.cost)).map(\.id.rawValue)
        let place = list.firstIndex(of: "3")!
        #expect(rows(bench).contains(list[place - 1]) && rows(bench).contains(list[place + 1]))
        #expect((bench.state.runs.pages.above ?? -1) + (bench.state.runs.selectedIndex ?? -1) == place)
    }

    @Test func `a page of the order before is not taken in`() {
        let history = history(900)
        var bench = studio([])
        bench.settle(history, bench.send(.runsLoaded(history.first)))
        let late = bench.press(.last)
        let asked = bench.press(.sortByCost)
        bench.settle(history, late)
        bench.settle(history, asked)
        #expect(rows(bench).first == history.sorted(RunSort(.cost)).first?.id.rawValue)
    }
}
