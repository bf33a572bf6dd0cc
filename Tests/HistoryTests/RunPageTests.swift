import Testing

@testable import History

struct RunPageTests {
    @Test func `pages together are the list, each run once, also of those created at one moment`() throws {
        let store = try HistoryStore.inMemory()
        var ids: [String] = []
        for index in 0..<25 {
            // Threes share a moment that binary fractions cannot hold exactly.
            let run = sampleRun("run\(index)", at: 1_795_000_000.1 + Double(index / 3))
            try store.journal([run])
            ids.insert(run.id, at: 0)
        }
        var seen: [String] = []
        var cursor: RunRecordPage.Cursor?
        repeat {
            let page = try store.page(after: cursor, limit: 4)
            #expect(page.total == 25)
            seen += page.runs.map(\.id)
            cursor = page.next
        } while cursor != nil
        #expect(seen == ids)
    }

    @Test func `an empty history is one page`() throws {
        let page = try HistoryStore.inMemory().page(limit: 10)
        #expect(page.runs.isEmpty && page.next == nil && page.total == 0)
    }
}
