import Composing
import Foundation
import ReplicateAPI
import Search
import TestSupport
import Testing

@testable import Studio

struct RunPagesTests {
    private func history(_ count: Int) -> HistoryStandIn {
        HistoryStandIn(runs: (0..<count).map { Bench.run("\($0)", age: Double($0)) })
    }

    private func studio(_ history: HistoryStandIn, screen: Int = 20) -> Bench {
        var bench = Bench(prompt: "a fox")
        bench.state.viewport.runRows = screen
        bench.settle(history, bench.send(.runsLoaded(history.first)))
        bench.press(.focusPredictions)
        return bench
    }

    private func requests(_ effects: [StudioEffect]) -> [RunPage.Request] {
        effects.compactMap { if case .world(.loadRuns(let request)) = $0 { request } else { nil } }
    }

    private func names(_ bench: Bench) -> [String] { bench.state.runs.shown.map(\.id.rawValue) }

    @Test func `the next page is asked for once, before the end of this one is in sight`() {
        let history = history(1_000)
        var bench = studio(history)
        #expect(bench.state.runs.shown.count == 100)
        for _ in 0..<59 { #expect(requests(bench.press(.down)).isEmpty) }
        let asked = requests(bench.press(.down)) + requests(bench.press(.down))
        #expect(asked == [RunPage.Request(RunQuery(), .below(.init(rawValue: "99")))])
        bench.send(.runsLoaded(history.page(asked[0])))
        #expect(bench.state.runs.shown.count == 200)
        #expect(bench.state.runs.selectedIndex == 61)
    }

    @Test func `the end of the list is the end of the history, and its first row the newest run`() {
        let history = history(10_000)
        var bench = studio(history)
        #expect(bench.settle(history, bench.press(.last)) <= 2)
        #expect(bench.state.runs.selected?.id.rawValue == "9999")
        #expect(bench.state.runs.pages.total == 10_000)
        #expect((bench.state.runs.pages.above ?? 0) + (bench.state.runs.selectedIndex ?? 0) == 9_999)
        bench.settle(history, bench.press(.first))
        #expect(bench.state.runs.selected?.id.rawValue == "0")
        #expect(bench.state.runs.pages.above == 0)
    }

    @Test(arguments: [false, true])
    func `every run is passed once on the way from one end to the other, in both directions`(isUpwards: Bool) {
        let history = history(2_500)
        var bench = studio(history)
        if isUpwards { bench.settle(history, bench.press(.last)) }
        var passed: [String] = []
        var selected = bench.state.runs.selection?.rawValue
        while let id = selected {
            passed.append(id)
            bench.settle(history, bench.press(isUpwards ? .up : .down))
            selected = bench.state.runs.selection?.rawValue == id ? nil : bench.state.runs.selection?.rawValue
            #expect(bench.state.runs.shown.count < 700)
        }
        let all = history.runs.map(\.id.rawValue)
        #expect(passed == (isUpwards ? all.reversed() : all))
        #expect(bench.state.runs.pages.above == (isUpwards ? 0 : 2_500 - bench.state.runs.shown.count))
    }

    @Test func `a search looks through the whole history, and only the last one counts`() throws {
        let history = history(6_000)
        var bench = studio(history)
        bench.press(.filterRuns)
        let first = bench.send(.typed("\"prompt 5"))
        let second = bench.send(.typed("99\""))
        #expect(requests(second).map(\.query.terms) == [[.init(.word("prompt 599"))]])
        bench.settle(history, first)
        #expect(bench.state.runs.pages.isStale)
        bench.settle(history, second)
        #expect(names(bench) == ["599"] + (5_990..<6_000).map(String.init))
        #expect(bench.state.runs.pages.total == 11)
        // The run that was selected stays where it is, with its neighbours around.
        bench.press(.acceptField, .down)
        bench.settle(history, bench.press(.back))
        #expect(bench.state.runs.filter.isEmpty)
        #expect(bench.state.runs.selected?.id.rawValue == "5990")
        #expect(names(bench).contains("5989") && names(bench).contains("5991"))
        #expect((bench.state.runs.pages.above ?? 0) + (bench.state.runs.selectedIndex ?? 0) == 5_990)
    }

    @Test(arguments: [40, 4_000])
    func `what is typed before anything was read is looked for as soon as it is`(count: Int) {
        var history = history(count)
        history.runs[7].stage = .processing
        var state = StudioState(mode: .demo, now: Bench.now)
        state.viewport.runRows = 20
        let reducer = Bench.reducer
        for action in [StudioAction.command(.focusPredictions), .command(.filterRuns), .typed("\"prompt 39\"")] {
            _ = reducer.reduce(&state, action)
        }
        var waiting = reducer.reduce(&state, .runsLoaded(history.first))
        while let effect = waiting.popLast() {
            if let action = history.answer(effect) { waiting += reducer.reduce(&state, action) }
        }
        #expect(state.runs.shown.first?.id.rawValue == "39")
        #expect(state.runs.pages.total == (count == 40 ? 1 : 111))
        #expect(state.runs.activeCount == 1)
        #expect(state.runs.selection?.rawValue == "39")
    }

    @Test func `terms that make no sense are told, and the rows stay`() {
        let history = history(30)
        var bench = studio(history)
        bench.press(.filterRuns)
        bench.send(.typed("status:fai"))
        #expect(bench.state.runs.filterIssue?.hasPrefix("status: takes one of active, queued") == true)
        #expect(bench.state.runs.shown.count == 30)
        bench.send(.typed("led"))
        #expect(bench.state.runs.filterIssue == nil)
        #expect(bench.state.runs.shown.isEmpty)
    }

    @Test func `a page that cannot be read is asked for again by a person`() {
        var bench = studio(history(600))
        #expect(requests(bench.press(.last)).count == 1)
        #expect(requests(bench.send(.runsFailed(reason: "the disk"))).isEmpty)
        #expect(bench.state.toast?.notice.text == "the disk")
        #expect(requests(bench.press(.last)).count == 1)
    }

    @Test func `the total is that of the history, whatever was read`() {
        let history = history(1_000)
        var bench = studio(history)
        #expect(bench.state.runs.pages.total == 1_000)
        bench.send(.runChanged(Bench.run("new", age: -5)))
        #expect(bench.state.runs.pages.total == 1_001)
        // Older than what was read: counted already.
        bench.send(.runChanged(Bench.run("900", age: 900)))
        #expect(bench.state.runs.pages.total == 1_001)
        bench.send(.runDeleted(.init(rawValue: "new")))
        #expect(bench.state.runs.pages.total == 1_000)
    }

    @Test func `what comes in above leaves the rows on the screen and the selection where they are`() {
        let history = history(5_000)
        var bench = studio(history)
        bench.settle(history, bench.press(.last))
        let (rows, top, selection) = (names(bench), bench.state.runs.top, bench.state.runs.selection)
        bench.send(.runChanged(Bench.run("new", stage: .processing, age: -5)))
        #expect(names(bench) == rows && bench.state.runs.top == top && bench.state.runs.selection == selection)
        #expect(bench.state.runs.pages.total == 5_001)
        #expect(bench.state.runs.unseen == 1)
        #expect(bench.state.runs.activeCount == 1)
    }

    @Test func `what is in flight is counted and can be found and canceled, however old it is`() {
        var history = history(5_000)
        history.runs += (0..<1_000).map { Bench.run("old\($0)", stage: .processing, age: 10_000 + Double($0)) }
        var bench = studio(history)
        #expect(bench.state.runs.activeCount == 1_000)
        bench.press(.filterRuns)
        bench.settle(history, bench.send(.typed("status:active")))
        #expect(bench.state.runs.pages.total == 1_000)
        bench.press(.acceptField)
        bench.settle(history, bench.press(.last))
        bench.press(.cancelRun)
        guard case .cancelRuns(let ids)? = bench.state.confirmation?.purpose else {
            Issue.record("nothing is asked")
            return
        }
        #expect(ids.map(\.rawValue) == ["old999"])
    }

    @Test func `a run that was just started is shown, wherever the list stood`() {
        var history = history(3_000)
        var bench = studio(history)
        bench.settle(history, bench.press(.last))
        bench.press(.focusPrompt, .run)
        let new = Bench.run("new", stage: .processing, age: -5)
        history.runs.insert(new, at: 0)
        bench.settle(history, bench.send(.submitted([new.id])) + bench.send(.runChanged(new)))
        #expect(bench.state.runs.selection == new.id)
        #expect(bench.state.runs.selectedIndex == 0)
    }

    /// Answers come late and in between, runs come, end and go: in the end the rows are a part of the list without gaps.
    @Test(arguments: 0..<12 as Range<UInt64>)
    func `the rows are a part of the list without gaps, and the counts are true`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var history = history(900)
        for place in stride(from: 0, to: 900, by: 7) { history.runs[place].stage = .failed }
        var bench = studio(history, screen: 12)
        var waiting: [StudioEffect] = []
        func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &random)] }
        for step in 0..<400 {
            var new: [StudioEffect] = []
            switch Int.random(in: 0..<15, using: &random) {
            case 0, 1: new = bench.press(pick([.last, .first]))
            case 2, 3, 4: new = bench.press(pick([.pageDown, .pageUp, .down, .up]))
            case 5:
                bench.state.filter(by: pick(["", "", "status:failed", "prompt 7", "-status:done", "zzz"]))
                new = bench.send(.focusChanged(isFocused: true))
            case 6:
                let run = Bench.run("new\(step)", stage: pick([.processing, .failed]), age: -Double(step))
                history.runs.insert(run, at: 0)
                new = bench.send(.runChanged(run))
            case 7:
                let place = Int.random(in: 0..<min(history.runs.count, 900), using: &random)
                if bench.state.runs[history.runs[place].id] != nil {
                    history.runs[place].stage = pick([.succeeded, .failed, .processing])
                    new = bench.send(.runChanged(history.runs[place]))
                }
            case 8:
                let run = pick(history.runs)
                if bench.state.runs[run.id] != nil {
                    history.runs.removeAll { $0.id == run.id }
                    new = bench.send(.runDeleted(run.id))
                }
            case 9: new = bench.press(.markRun)
            case 10: new = bench.press(pick([.nextOrder, .reverseOrder, .sortByCost, .sortByTime]))
            default:
                if !waiting.isEmpty, let action = history.answer(waiting.removeFirst()) { new = bench.send(action) }
            }
            waiting += new
        }
        bench.settle(history, waiting)
        bench.settle(history, bench.press(.focusPredictions))
        let runs = bench.state.runs
        let list = history.sorted(runs.sort).filter { runs.query.matches($0.facts(text: $0.foldedText)) }
        #expect(runs.pages.total == list.count)
        let above = runs.pages.above ?? -1
        #expect(runs.shown.map(\.id) == list.dropFirst(above).prefix(runs.shown.count).map(\.id), "above \(above)")
        #expect(runs.pages.hasAbove == (above > 0))
        #expect(runs.pages.hasBelow == (above + runs.shown.count < list.count))
        #expect(runs.selection == nil || runs[runs.selection!] != nil)
        #expect(runs.activeCount == history.runs.count { $0.isActive })
    }
}
