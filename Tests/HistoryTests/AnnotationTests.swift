import Foundation
import GRDB
import Search
import Testing

@testable import History

struct AnnotationTests {
    @Test func `what a person adds is kept, whatever the run does meanwhile`() throws {
        let store = try HistoryStore.inMemory()
        var run = sampleRun("a")
        run.tags = ["first"]
        try store.journal([run])
        let changed = try store.annotate(["a", "gone"]) { annotation in
            annotation.tags.append("second")
            annotation.rating = 4
            annotation.isFavourite = true
            annotation.note = "for the wall"
        }
        #expect(changed.map(\.id) == ["a"])
        // The process that works on it remembers what it journaled.
        run.stage = .settled
        try store.update(run)
        let kept = RunAnnotation(tags: ["first", "second"], isFavourite: true, rating: 4, note: "for the wall")
        #expect(try store.run("a")?.annotation == kept)
        #expect(try store.run("a")?.stage == .settled)
    }

    @Test func `a deleted run loses what was added`() throws {
        let store = try HistoryStore.inMemory()
        var run = sampleRun("a")
        run.stage = .settled
        try store.journal([run])
        _ = try store.annotate(["a"]) { $0.note = "secret" }
        #expect(try store.delete("a"))
        #expect(try store.annotate(["a"]) { $0.note = "again" }.isEmpty)
        let note = try store.database.read { try String.fetchOne($0, sql: "SELECT note FROM run") }
        #expect(note == nil)
    }
}
