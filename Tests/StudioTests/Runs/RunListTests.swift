import Composing
import Foundation
import Testing

@testable import Studio

struct RunListTests {
    private func list(_ ids: String...) -> RunList {
        var list = RunList()
        list.take(RunPage(runs: ids.enumerated().map { Bench.run($0.element, age: Double($0.offset * 10)) }))
        return list
    }

    @Test func `the selection stays on its run whatever arrives`() {
        var list = list("a", "b", "c")
        list.select(.init(rawValue: "b"))
        list.upsert(Bench.run("new", age: -5))
        list.upsert(Bench.run("old", age: 500))
        #expect(list.selected?.id.rawValue == "b")
        #expect(list.items.map(\.id.rawValue) == ["new", "a", "b", "c", "old"])
        #expect(list.unseen == 1)
    }

    @Test func `the selection follows the newest only while it stood on it`() {
        var list = list("a", "b")
        list.upsert(Bench.run("new", age: -5))
        #expect(list.selected?.id.rawValue == "new")
    }

    @Test func `a change of a run does not move it`() {
        var list = list("a", "b", "c")
        list.upsert(Bench.run("b", stage: .failed, age: 10))
        #expect(list.items.map(\.id.rawValue) == ["a", "b", "c"])
        #expect(list[.init(rawValue: "b")]?.stage == .failed)
    }

    @Test func `the filter looks at prompt, model and terms, and keeps a selection`() {
        var list = list("a", "zebra", "c")
        list.setFilter("prompt ZEBRA status:done model:flux", now: Bench.now, calendar: .current)
        #expect(list.shown.map(\.id.rawValue) == ["zebra"])
        #expect(list.selection?.rawValue == "zebra")
        list.setFilter("nothing like it", now: Bench.now, calendar: .current)
        #expect(list.shown.isEmpty)
        #expect(list.selectedIndex == nil)
    }

    @Test(arguments: 1...12)
    func `the selected row is always inside the window`(height: Int) {
        var list = list("a", "b", "c", "d", "e", "f", "g", "h")
        for step in [3, 4, -2, -5, 7, -7] {
            list.move(by: step)
            list.reveal(height: height) { $0.id.rawValue == "c" ? min(2, height) : 1 }
            let rows = list.shown[list.top...(list.selectedIndex ?? 0)]
            let used = rows.reduce(0) { $0 + ($1.id.rawValue == "c" ? min(2, height) : 1) }
            #expect(used <= height)
        }
    }

    @Test func `removing the selected run selects its neighbour`() {
        var list = list("a", "b", "c")
        list.select(.init(rawValue: "c"))
        list.remove(.init(rawValue: "c"))
        #expect(list.selection?.rawValue == "b")
    }
}
