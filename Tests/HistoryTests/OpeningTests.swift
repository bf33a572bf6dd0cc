import History
import Testing

struct OpeningTests {
    @Test func `a new history knows no run`() throws {
        let store = try HistoryStore.inMemory()
        #expect(try store.inFlight() == [])
        #expect(store.notice == nil)
    }
}
