import Foundation
import GRDB
import Money
import ReplicateAPI
import Search
import TestSupport
import Testing

@testable import History

/// Pages of a list in every order, against the same list sorted in memory.
struct RunSortTests {
    private static let now = 1_795_000_000.1
    private static let orders = RunSort.Key.allCases.flatMap { [RunSort($0), RunSort($0, isReversed: true)] }

    /// Few values of everything, so that many are equal, and none where there may be none.
    private func run(_ number: Int, _ random: inout SeededGenerator) throws -> RunRecord {
        func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &random)] }
        let prompts = [
            "", "a fox", "A Fox", "ärger", "an owl", String(repeating: "long ", count: 30) + pick(["a", "b"]),
        ]
        var run = sampleRun(
            "r\(number)",
            prompt: pick(prompts),
            at: Self.now + Double(Int.random(in: 0...6, using: &random))
        )
        run.model = pick(["lab/zebra", "Zoo/ant", "ant", "zoo/ant:1a2b", "lab/mid"])
        switch Int.random(in: 0..<5, using: &random) {
        case 0: break
        case 1: run.stage = .resendable
        case 2: run.stage = .accepted
        default:
            run.stage = .settled
            run.prediction = try samplePrediction(
                "p\(number)",
                status: pick(["succeeded", "failed", "canceled", "odd"])
            )
            run.finishedAt = run.createdAt.addingTimeInterval(Double(Int.random(in: 0...3, using: &random)) / 3)
            run.cost = pick([
                .unknown(reason: ""), .free(reason: ""), .counted(Money("0.0025")!, because: ""),
                .counted(Money("0.003")!, because: ""), .estimated(Money("12")!, because: ""),
            ])
            run.tags = pick([[], ["print"]])
        }
        return run
    }

    private func sorted(_ runs: [RunRecord], by sort: RunSort) -> [String] {
        let placed = runs.enumerated().map { number, run in
            let facts = RunFacts(
                text: run.searchText + SearchText.of(tags: run.tags, note: run.note),
                model: run.model,
                status: run.status.rawValue,
                createdAt: run.createdAt,
                finishedAt: run.finishedAt,
                cost: run.cost?.money
            )
            return (id: run.id, place: sort.place(of: facts), number: sort.isNewestFirst ? -number : number)
        }
        return placed.sorted { $0.place == $1.place ? $0.number < $1.number : $0.place < $1.place }.map(\.id)
    }

    @Test(arguments: orders)
    func `pages together are the list, each run once, from both ends and from each run`(sort: RunSort) throws {
        var random = SeededGenerator(seed: 7)
        let store = try HistoryStore.inMemory()
        let runs = try (0..<60).map { try run($0, &random) }
        for run in runs { try store.journal([run]) }
        let owls = RunQuery([.init(.word("owl"))])
        let done = RunQuery([.init(.status("succeeded"))])
        for (query, meant) in [
            (RunQuery(), runs), (owls, runs.filter { $0.prompt == "an owl" }),
            (done, runs.filter { $0.status.rawValue == "succeeded" }),
        ] {
            let list = sorted(runs, by: sort).filter { id in meant.contains { $0.id == id } }
            var seen: [String] = []
            var span = RunSpan.first
            while true {
                let page = try store.page(query, span, sort: sort, limit: 7)
                #expect(page.hasAbove == !seen.isEmpty)
                seen += page.runs.map(\.id)
                guard page.hasBelow, let last = seen.last else { break }
                span = .below(last)
            }
            #expect(seen == list)
            seen = []
            span = .last
            while true {
                let page = try store.page(query, span, sort: sort, limit: 7)
                #expect(page.hasBelow == !seen.isEmpty)
                seen = page.runs.map(\.id) + seen
                guard page.hasAbove, let first = seen.first else { break }
                span = .above(first)
            }
            #expect(seen == list)
            for (place, id) in list.enumerated() {
                #expect(try store.count(query, sort: sort, above: id) == RunCount(total: list.count, above: place))
                let page = try store.page(query, .around(id), sort: sort, limit: 6)
                let first = max(0, place - 3)
                #expect(page.runs.map(\.id) == Array(list[first..<min(list.count, place + 3)]))
            }
            var all: [String] = []
            try store.forEach(query, sort: sort) { all += $0.map(\.id) }
            #expect(all == list)
        }
    }

    @Test(arguments: orders)
    func `what comes in between two pages neither hides a run nor brings one twice`(sort: RunSort) throws {
        var random = SeededGenerator(seed: 11)
        let store = try HistoryStore.inMemory()
        let runs = try (0..<50).map { try run($0, &random) }
        try store.journal(runs)
        var seen: [String] = []
        var span = RunSpan.first
        var number = 100
        while true {
            let page = try store.page(RunQuery(), span, sort: sort, limit: 6)
            seen += page.runs.map(\.id)
            guard page.hasBelow, let last = seen.last else { break }
            span = .below(last)
            try store.journal([try run(number, &random)])
            number += 1
        }
        #expect(Set(seen).count == seen.count)
        #expect(Set(seen).isSuperset(of: runs.map(\.id)))
        #expect(seen.filter { id in runs.contains { $0.id == id } } == sorted(runs, by: sort))
    }

    @Test func `a run goes to its new place when what it is sorted by becomes known`() throws {
        let store = try HistoryStore.inMemory()
        var late = sampleRun("late", at: 100)
        late.stage = .accepted
        var dear = sampleRun("dear", at: 200)
        dear.stage = .settled
        dear.cost = .counted(Money("1")!, because: "")
        dear.finishedAt = Date(timeIntervalSince1970: 201)
        try store.journal([dear, late])
        func ids(_ key: RunSort.Key) throws -> [String] {
            try store.page(RunQuery(), .first, sort: RunSort(key), limit: 5).runs.map(\.id)
        }
        #expect(try ids(.cost) == ["dear", "late"] && ids(.duration) == ["dear", "late"])
        late.stage = .settled
        late.prediction = try samplePrediction("p", status: "failed")
        late.finishedAt = Date(timeIntervalSince1970: 190)
        late.cost = .counted(Money("2")!, because: "")
        try store.update(late)
        #expect(try ids(.cost) == ["late", "dear"] && ids(.duration) == ["late", "dear"])
        #expect(try ids(.status) == ["late", "dear"])
    }

    @Test(arguments: orders)
    func `a page is a range of an index, whatever the order`(sort: RunSort) throws {
        let store = try HistoryStore.inMemory()
        var random = SeededGenerator(seed: 3)
        try store.journal(try (0..<30).map { try run($0, &random) })
        try store.database.read { database in
            for value in [0.databaseValue, .null] {
                let place = RunPlace(value: value, createdAt: Self.now, row: 7)
                for way in [RunSort.Way.down, .up, .downFromHere] {
                    let stretches =
                        sort.stretches(way, from: nil, isIndexed: true)
                        + sort.stretches(way, from: place, isIndexed: true)
                    for stretch in stretches {
                        let plan = try Row.fetchAll(
                            database,
                            sql: """
                                EXPLAIN QUERY PLAN SELECT list.run FROM listedRun AS list WHERE 1 AND \(stretch.condition)
                                ORDER BY \(stretch.order) LIMIT 100
                                """,
                            arguments: stretch.arguments
                        ).map { $0["detail"] as String }
                        // Between the time and the number of a run stand the columns of filters.
                        let sorted = plan.filter {
                            $0.hasPrefix("USE TEMP B-TREE") && $0 != "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY"
                        }
                        let index = sort.key == .time ? "listedRun_filters" : "listedRun_\(sort.key.rawValue)"
                        #expect(
                            sorted.isEmpty && plan.count <= (sort.key == .time ? 2 : 1)
                                && plan[0].contains(" INDEX \(index)"),
                            "\(stretch.condition): \(plan)"
                        )
                    }
                }
            }
        }
    }

    @Test func `an older database is sorted as a new one`() throws {
        try withDatabase { path in
            do {
                let queue = try DatabaseQueue(path: path)
                try Migrations.all.migrate(queue, upTo: "jobs: without secret inputs, erased with their runs")
                try queue.write { database in
                    for (id, created, finished) in [("short", 10, 12), ("running", 20, nil), ("long", 30, 90)]
                        as [(String, Double, Double?)]
                    {
                        try database.execute(
                            sql: """
                                INSERT INTO run (id, model, input, prompt, origin, stage, createdAt, status, estimateBecause,
                                    finishedAt)
                                VALUES (?, 'lab/flux', '{}', 'fox', 'studio', 'settled', ?, 'succeeded', '', ?)
                                """,
                            arguments: [id, created, finished]
                        )
                    }
                }
                try queue.close()
            }
            let store = try HistoryStore.open(path: path)
            func ids(_ sort: RunSort) throws -> [String] {
                try store.page(RunQuery(), .first, sort: sort, limit: 5).runs.map(\.id)
            }
            #expect(try ids(RunSort(.duration)) == ["long", "short", "running"])
            #expect(try ids(RunSort(.duration, isReversed: true)) == ["short", "long", "running"])
        }
    }
}
