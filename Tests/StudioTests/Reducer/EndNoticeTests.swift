import Foundation
import Money
import Testing

@testable import Studio

/// Who is told that runs have ended, and how often.
struct EndNoticeTests {
    private let ids = ["a", "b", "c"].map(RunItem.ID.init(rawValue:))

    private func ended(_ id: String, _ stage: RunItem.Stage = .succeeded) -> StudioAction {
        var run = Bench.run(id, stage: stage)
        run.cost = .counted(Money("0.003")!, because: "1 image")
        return .runChanged(run)
    }

    /// Three runs of one key press, and another window has the keys.
    private func bench(isFocused: Bool = false) -> Bench {
        var bench = Bench(runs: ids.map { Bench.run($0.rawValue, stage: .processing) })
        bench.send(.submitted(ids), .focusChanged(isFocused: isFocused))
        return bench
    }

    private func calls(_ effects: [StudioEffect]) -> [String] {
        effects.compactMap { if case .terminal(.call(let text)) = $0 { text } else { nil } }
    }

    @Test func `runs that were started together are one call, when the last has ended`() {
        var bench = bench()
        #expect(calls(bench.send(ended("b"))) == [])
        #expect(calls(bench.send(ended("a", .failed))) == [])
        let effects = bench.send(ended("c"))
        #expect(calls(effects) == ["flux-schnell: 2 done, 1 failed · $0.009"])
        #expect(bench.state.toast?.notice == Notice(.warning, "flux-schnell: 2 done, 1 failed · $0.009"))
        #expect(calls(bench.send(ended("c"))) == [], "an end is told once")
    }

    @Test func `a run that was started alone is a call of its own`() {
        var bench = bench()
        bench.send(.runChanged(Bench.run("z", stage: .processing)))
        #expect(calls(bench.send(ended("z"))).count == 1)
    }

    @Test func `a run that is deleted keeps nobody waiting`() {
        var bench = bench()
        bench.send(ended("a"), .runDeleted(ids[0]), ended("b"))
        #expect(calls(bench.send(ended("c"))) == ["flux-schnell: 2 done · $0.006"])
    }

    @Test func `a sum that is not known of each run is not told`() {
        var bench = bench()
        bench.send(ended("a"), ended("b"))
        #expect(
            calls(bench.send(.runChanged(Bench.run("c", stage: .canceled)))) == ["flux-schnell: 2 done, 1 canceled"]
        )
    }

    @Test(arguments: [
        (EndNotices.When.unfocused, true, 0), (.unfocused, false, 1), (.always, true, 1), (.always, false, 1),
        (.never, false, 0),
    ])
    func `it goes by the setting and the focus`(when: EndNotices.When, isFocused: Bool, count: Int) {
        var bench = bench(isFocused: isFocused)
        bench.state.endNotices = EndNotices(when: when, runsCommand: true)
        bench.send(ended("a"), ended("b"))
        let effects = bench.send(ended("c"))
        #expect(calls(effects).count == count)
        let told = effects.filter { if case .world(.tellOfEnd) = $0 { true } else { false } }
        #expect(told == (count == 0 ? [] : [.world(.tellOfEnd(ids))]))
    }

    @Test func `with reduced motion nothing animates, and times go on once a second`() {
        var bench = bench(isFocused: true)
        #expect(bench.state.isAnimating)
        bench.send(.ticked(Bench.now.addingTimeInterval(60)))
        bench.state.motion = .reduced
        #expect(!bench.state.isAnimating)
        #expect(bench.state.nextChange == Bench.now.addingTimeInterval(61))
        bench.send(ended("a"), ended("b"), ended("c"), .ticked(Bench.now.addingTimeInterval(3_600)))
        #expect(bench.state.nextChange == nil)
    }
}
