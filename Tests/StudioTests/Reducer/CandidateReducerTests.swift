import Composing
import Foundation
import Testing

@testable import Studio

/// A lost run of which the server has several that it could be.
struct CandidateReducerTests {
    private static var lost: RunItem {
        var run = Bench.run("lost", stage: .resendable)
        run.candidates = ["aaa", "bbb"]
        return run
    }

    private func opened() -> Bench {
        var bench = Bench(runs: [Self.lost])
        bench.press(.focusPredictions, .whichOne)
        return bench
    }

    @Test func `enter alone changes nothing`() {
        var bench = opened()
        #expect(bench.effects.contains(.world(.loadCandidates(Self.lost.id, ["aaa", "bbb"]))))
        #expect(bench.state.picker?.selected?.title == "Cancel")
        #expect(bench.press(.choose) == [])
        #expect(bench.state.picker == nil)
    }

    @Test func `what the server says of them is shown, and the selection stays`() throws {
        var bench = opened()
        let made = Bench.now.addingTimeInterval(-125)
        bench.send(
            .candidatesLoaded(
                Self.lost.id,
                [RunCandidate(id: "aaa", createdAt: made, status: "succeeded"), RunCandidate(id: "bbb")]
            )
        )
        let picker = try #require(bench.state.picker)
        #expect(picker.matches.map(\.title) == ["aaa", "bbb", "None of these: send again", "Cancel"])
        #expect(picker.matches[0].note == "created 2 min ago · succeeded")
        #expect(picker.selected?.title == "Cancel")
        #expect(!picker.isLoading)
    }

    @Test func `the one that is chosen is followed as this run`() {
        var bench = opened()
        bench.press(.up, .up)
        #expect(bench.press(.choose) == [.world(.follow(Self.lost.id, predictionID: "bbb"))])
    }

    @Test func `one that is another run already cannot be taken`() {
        var bench = opened()
        bench.send(.candidatesLoaded(Self.lost.id, [RunCandidate(id: "aaa"), RunCandidate(id: "bbb", isTaken: true)]))
        bench.press(.up, .up)
        #expect(bench.press(.choose) == [])
        #expect(bench.state.picker != nil && bench.state.toast?.notice.kind == .warning)
    }

    @Test func `none of them leads to the question before a second bill`() throws {
        var bench = opened()
        bench.press(.up)
        let effects = bench.press(.choose)
        #expect(effects.isEmpty)
        let question = try #require(bench.state.confirmation)
        #expect(question.purpose == .resend(Self.lost.id) && !question.isConfirmFocused)
        #expect(question.lines.contains { $0.contains("2 predictions") })
    }

    @Test func `sending it again at once is not offered while there is a choice`() {
        var bench = Bench(runs: [Self.lost])
        bench.press(.focusPredictions, .sendAgain)
        #expect(bench.state.confirmation == nil)
        #expect(bench.state.toast?.notice.text == "The server knows what it could be: w lists that")
        #expect(RunRow.secondLine(of: Self.lost, .standard) == .sentence("2 on the server could be it · w tells which"))
    }

    @Test func `an answer to a list that is closed is dropped, and other runs have no choice`() {
        var bench = opened()
        bench.press(.back)
        bench.send(.candidatesLoaded(Self.lost.id, [RunCandidate(id: "aaa")]))
        #expect(bench.state.picker == nil)
        var other = Bench(runs: [Bench.run("one", stage: .resendable)])
        other.press(.focusPredictions, .whichOne)
        #expect(other.state.picker == nil && other.state.toast != nil)
    }
}
