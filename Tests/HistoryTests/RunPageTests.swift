import Search
import TestSupport
import Testing

@testable import History

struct RunPageTests {
    /// Threes share a moment that binary fractions cannot hold exactly.
    private func store(_ count: Int) throws -> (HistoryStore, newestFirst: [String]) {
        let store = try HistoryStore.inMemory()
        var ids: [String] = []
        for index in 0..<count {
            let run = sampleRun("run\(index)", at: 1_795_000_000.1 + Double(index / 3))
            try store.journal([run])
            ids.insert(run.id, at: 0)
        }
        return (store, ids)
    }

    @Test func `pages together are the list, each run once, also of those created at one moment`() throws {
        let (store, ids) = try store(25)
        var seen: [String] = []
        var span = RunSpan.first
        while true {
            let page = try store.page(span: span, limit: 4)
            #expect(page.hasAbove == !seen.isEmpty)
            seen += page.runs.map(\.id)
            guard page.hasBelow, let last = seen.last else { break }
            span = .below(last)
        }
        #expect(seen == ids)
    }

    @Test func `pages from the end upwards are the list too`() throws {
        let (store, ids) = try store(25)
        var seen: [String] = []
        var span = RunSpan.last
        while true {
            let page = try store.page(span: span, limit: 4)
            #expect(page.hasBelow == !seen.isEmpty)
            seen = page.runs.map(\.id) + seen
            guard page.hasAbove, let first = seen.first else { break }
            span = .above(first)
        }
        #expect(seen == ids)
    }

    @Test(arguments: [0, 1, 5, 12, 23, 24])
    func `a page around a run has it in the middle, where there are enough on both sides`(place: Int) throws {
        let (store, ids) = try store(25)
        let page = try store.page(span: .around(ids[place]), limit: 6)
        let first = max(0, place - 3)
        #expect(page.runs.map(\.id) == Array(ids[first..<min(25, place + 3)]))
        #expect(page.hasAbove == (first > 0))
        #expect(page.hasBelow == (place + 3 < 25))
        #expect(try store.count(above: ids[place]) == RunCount(total: 25, above: place))
    }

    @Test func `an empty history is one page`() throws {
        let page = try HistoryStore.inMemory().page(limit: 10)
        #expect(page.runs.isEmpty && !page.hasAbove && !page.hasBelow)
        #expect(try HistoryStore.inMemory().count() == RunCount(total: 0, above: 0))
    }

    @Test func `the list is read to its end in parts, or to a limit`() throws {
        let (store, ids) = try store(260)
        var parts: [[String]] = []
        try store.forEach(RunQuery()) { parts.append($0.map(\.id)) }
        #expect(parts.map(\.count) == [50, 200, 10])
        #expect(parts.flatMap { $0 } == ids)
        parts = []
        try store.forEach(RunQuery(), limit: 60) { parts.append($0.map(\.id)) }
        #expect(parts.flatMap { $0 } == Array(ids.prefix(60)))
    }
}

extension HistoryStore {
    fileprivate func page(span: RunSpan, limit: Int) throws -> RunRecordPage {
        try page(RunQuery(), span, limit: limit)
    }
}
