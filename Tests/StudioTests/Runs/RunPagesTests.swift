import Composing
import Foundation
import ReplicateAPI
import Testing

@testable import Studio

struct RunPagesTests {
    private func page(_ range: Range<Int>, of total: Int) -> RunPage {
        RunPage(
            runs: range.map { Bench.run("\($0)", age: Double($0)) },
            next: range.upperBound < total
                ? .init(
                    createdAt: Bench.now.timeIntervalSince1970 - Double(range.upperBound - 1),
                    id: "\(range.upperBound - 1)"
                ) : nil,
            total: total
        )
    }

    private func studio(_ first: RunPage) -> Bench {
        var bench = Bench()
        bench.send(.runsLoaded(first))
        bench.press(.focusPredictions)
        return bench
    }

    private func loads(_ effects: [StudioEffect]) -> Int {
        effects.count { if case .world(.loadRuns) = $0 { true } else { false } }
    }

    @Test func `the next page is asked for once, before the end of this one is in sight`() {
        var bench = studio(page(0..<200, of: 1_000))
        #expect(loads(bench.effects) == 0)
        for _ in 0..<150 { bench.press(.down) }
        #expect(loads(bench.effects) == 0)
        for _ in 0..<30 { bench.press(.down) }
        #expect(loads(bench.effects) == 1)
        bench.send(.runsLoaded(page(200..<400, of: 1_000)))
        #expect(bench.state.runs.shown.count == 400)
        #expect(bench.state.runs.selectedIndex == 180)
    }

    @Test func `the end of the list is the end of the history`() {
        var bench = studio(page(0..<200, of: 500))
        bench.press(.last)
        #expect(loads(bench.effects) == 1)
        #expect(loads(bench.send(.runsLoaded(page(200..<400, of: 500)))) == 1)
        #expect(bench.state.runs.selectedIndex == 399)
        #expect(loads(bench.send(.runsLoaded(page(400..<500, of: 500)))) == 0)
        #expect(bench.state.runs.selectedIndex == 499)
    }

    @Test func `a filter looks through the whole history`() {
        var bench = studio(page(0..<200, of: 600))
        bench.press(.filterRuns)
        #expect(loads(bench.send(.typed("prompt 599"))) == 1)
        #expect(bench.state.runs.shown.isEmpty)
        #expect(loads(bench.send(.runsLoaded(page(200..<400, of: 600)))) == 1)
        #expect(loads(bench.send(.runsLoaded(page(400..<600, of: 600)))) == 0)
        #expect(bench.state.runs.shown.map(\.prompt) == ["prompt 599"])
    }

    @Test func `a page that cannot be read is asked for again by a person`() {
        var bench = studio(page(0..<200, of: 600))
        bench.press(.last)
        #expect(loads(bench.send(.runsFailed(reason: "the disk"))) == 0)
        #expect(bench.state.toast?.notice.text == "the disk")
        #expect(loads(bench.press(.last)) == 1)
    }

    @Test func `the total is that of the history, whatever was read`() {
        var bench = studio(page(0..<200, of: 1_000))
        #expect(bench.state.runs.pages.total == 1_000)
        bench.send(.runChanged(Bench.run("new", age: -5)))
        #expect(bench.state.runs.pages.total == 1_001)
        // Older than what was read: counted already.
        bench.send(.runChanged(Bench.run("900", age: 900)))
        #expect(bench.state.runs.pages.total == 1_001)
        bench.send(.runDeleted(.init(rawValue: "new")))
        #expect(bench.state.runs.pages.total == 1_000)
    }

    @Test func `what is in flight is listed, counted and can be canceled, however old it is`() {
        var first = page(0..<200, of: 5_000)
        first.runs += (0..<1_000).map { Bench.run("old\($0)", stage: .processing, age: 10_000 + Double($0)) }
        var bench = studio(first)
        #expect(bench.state.runs.activeCount == 1_000)
        bench.press(.filterRuns)
        bench.send(.typed("processing"))
        bench.press(.acceptField)
        #expect(bench.state.runs.shown.count == 1_000)
        bench.press(.last, .cancelRun)
        guard case .cancelRuns(let ids)? = bench.state.confirmation?.purpose else {
            Issue.record("nothing is asked")
            return
        }
        #expect(ids.map(\.rawValue) == ["old999"])
    }
}
