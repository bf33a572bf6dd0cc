import Foundation
import History
import Money
import Testing

@testable import Predictions

/// What waits to be journaled, without a disk.
struct JournalTests {
    private static func record(_ id: String) -> RunRecord {
        RunRecord(
            id: id,
            model: "a/b",
            input: [:],
            prompt: "",
            origin: .command,
            createdAt: Date(timeIntervalSince1970: 0),
            estimate: .unknown(reason: "")
        )
    }

    private func begin(_ journal: inout Journal) -> JournalTurn? {
        journal.beginTurn(at: Date(timeIntervalSince1970: 1)) { Self.record($0) }
    }

    @Test func `a turn takes everything, and nothing else is taken before it is over`() {
        var journal = Journal()
        #expect(!journal.isDue)
        #expect(begin(&journal) == nil)
        journal.change("a")
        journal.begin(Beginning(runID: "b", version: "x/y"))
        journal.submit(RunSubmission(id: UUID(), entries: []))
        #expect(journal.isDue)
        let turn = begin(&journal)
        #expect(turn?.changed.map(\.id) == ["a"])
        #expect(turn?.beginning.map(\.runID) == ["b"])
        #expect(turn?.entering.count == 1)
        journal.change("c")
        #expect(!journal.isDue)
        #expect(begin(&journal) == nil)
        #expect(journal.written("a") == Journal.Written(isEnd: false, isUntold: false))
        journal.endTurn()
        #expect(journal.isDue)
        #expect(begin(&journal)?.changed.map(\.id) == ["c"])
    }

    @Test func `a record that changes while it is written is written again, and is not forgotten before`() {
        var journal = Journal()
        journal.change("a", isEnd: true)
        _ = begin(&journal)
        journal.change("a", isEnd: true)
        #expect(journal.written("a").isEnd == false)
        journal.endTurn()
        _ = begin(&journal)
        #expect(journal.written("a").isEnd == true)
        journal.endTurn()
        #expect(journal.isClean)
    }

    @Test func `what is held back is told when it is durable, and so is what changes before`() {
        var journal = Journal()
        journal.change("a", untold: true)
        #expect(journal.holdsBack("a"))
        _ = begin(&journal)
        #expect(journal.holdsBack("a"))
        journal.change("a")
        #expect(journal.written("a").isUntold == true)
        journal.endTurn()
        #expect(journal.holdsBack("a"))
        _ = begin(&journal)
        #expect(journal.written("a").isUntold == true)
        journal.endTurn()
        #expect(!journal.holdsBack("a"))
        journal.change("b", untold: true)
        journal.change("b", isEnd: true)
        #expect(journal.holdsBack("b"))
        journal.told("b")
        #expect(!journal.holdsBack("b"))
    }

    @Test func `what the disk does not take waits, is told, and is written with what comes later`() {
        var journal = Journal()
        journal.change("a", isEnd: true, untold: true)
        journal.change("b", isEnd: true)
        _ = begin(&journal)
        journal.change("b")
        #expect(journal.notWritten("a") == true)
        #expect(journal.notWritten("b") == false)
        #expect(journal.failed() == true)
        #expect(journal.failed() == false)
        journal.endTurn()
        // Changes wait for the next try; a new run is tried at once, and they with it.
        #expect(!journal.isDue)
        #expect(journal.recovered() == false)
        journal.begin(Beginning(runID: "c", version: "x/y"))
        #expect(journal.isDue)
        #expect(Set(begin(&journal)?.changed.map(\.id) ?? []) == ["a", "b"])
        #expect(journal.written("a").isEnd == true)
        // Its later change is no end.
        #expect(journal.written("b").isEnd == false)
        journal.endTurn()
        #expect(journal.recovered() == true)
        #expect(!journal.hasFailed)
    }

    @Test func `a run that another process works on is not written`() {
        var journal = Journal()
        journal.change("a", untold: true)
        journal.forget("a")
        #expect(!journal.holdsBack("a"))
        #expect(begin(&journal) == nil)
    }
}
