import Foundation
import GRDB
import Money
import ReplicateAPI
import Search
import Testing

@testable import History

struct RunKeyTests {
    private func run(_ id: String, key: String?, index: Int = 0, at seconds: Double = 1_795_536_988) -> RunRecord {
        var run = sampleRun(id, at: seconds)
        run.key = key
        run.keyIndex = index
        run.keyRequest = key == nil ? nil : ["prompt": "a fjord"]
        run.tags = ["shop", "größe"]
        run.outputName = "{key}.{ext}"
        run.overwritesOutputs = true
        return run
    }

    @Test func `a run is found by its key and its place, newest first, and reads as it was written`() throws {
        let store = try HistoryStore.inMemory()
        let runs = [run("a", key: "SKU-1", at: 10), run("b", key: "SKU-1", index: 1), run("c", key: "SKU-1", at: 20)]
        try store.journal(runs + [run("d", key: nil)])
        #expect(try store.runs(underKey: "SKU-1", at: 0).map(\.id) == ["c", "a"])
        #expect(try store.runs(underKey: "SKU-1", at: 1) == [runs[1]])
        #expect(try store.runs(underKey: "SKU-2", at: 0).isEmpty)
        #expect(try store.run("d")?.key == nil)
        let seen = try store.database.read { try SpendReader(database: $0).runs(underKey: "SKU-1", at: 0).map(\.id) }
        #expect(seen == ["c", "a"])
    }

    @Test func `a deleted run's key is forgotten, and its tags with it`() throws {
        let store = try HistoryStore.inMemory()
        var ended = run("a", key: "SKU-1")
        ended.stage = .settled
        try store.journal([ended])
        #expect(try store.delete("a"))
        #expect(try store.runs(underKey: "SKU-1", at: 0).isEmpty)
        let row = try store.database.read { try Row.fetchOne($0, sql: "SELECT key, keyRequest, tags FROM run") }
        #expect(row?.databaseValues.allSatisfy(\.isNull) == true)
    }

    @Test func `a history of before keys is taken over, and its runs have none`() throws {
        try withDatabase { path in
            let old = try DatabaseQueue(path: path)
            try Migrations.all.migrate(old, upTo: "runs: the file with what is no file")
            try old.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO run (id, model, input, prompt, origin, stage, createdAt, estimateBecause)
                        VALUES ('1', 'a/b', '{}', '', 'studio', 'settled', 7, 'x')
                        """
                )
            }
            try old.close()
            let run = try #require(try HistoryStore.open(path: path).run("1"))
            #expect(run.key == nil && run.keyRequest == nil && run.tags == [] && run.outputName == nil)
            #expect(!run.overwritesOutputs)
        }
    }

    @Test func `a selection narrows the list by each of its parts`() throws {
        let store = try HistoryStore.inMemory()
        var pinned = RunRecord(
            id: "p",
            model: "Black-Forest-Labs/flux-schnell:abc",
            input: [:],
            prompt: "",
            origin: .command,
            createdAt: Date(timeIntervalSince1970: 50),
            estimate: .unknown(reason: "")
        )
        pinned.stage = .refused
        try store.journal([run("a", key: "SKU-1", at: 10), run("b", key: nil, at: 30), pinned])
        func ids(_ terms: RunQuery.Condition..., limit: Int? = nil) throws -> [String] {
            var ids: [String] = []
            try store.forEach(RunQuery(terms.map { .init($0) }), limit: limit) { ids += $0.map(\.id) }
            return ids
        }
        #expect(try ids() == ["p", "b", "a"])
        #expect(try ids(limit: 1) == ["p"])
        #expect(try ids(.key("SKU-1")) == ["a"])
        #expect(try ids(.tag("größe")) == ["b", "a"])
        #expect(try ids(.tag("shop%")) == [])
        #expect(try ids(.status("refused")) == ["p"])
        #expect(try ids(.wholeModel("black-forest-labs/flux-schnell")) == ["p", "b", "a"])
        #expect(try ids(.wholeModel("black-forest-labs/flux-schnell:abc")) == ["p"])
        #expect(try ids(.wholeModel("black-forest-labs/flux")) == [])
        #expect(try ids(.since(Date(timeIntervalSince1970: 30))) == ["p", "b"])
        #expect(try ids(.until(Date(timeIntervalSince1970: 30))) == ["a"])
    }

    @Test func `what has ended is told by its age or its place, and what is under way never`() throws {
        let store = try HistoryStore.inMemory()
        for (index, id) in ["a", "b", "c", "d"].enumerated() {
            var run = sampleRun(id, at: Double(index))
            if id != "a" { run.stage = .settled }
            try store.journal([run])
        }
        #expect(try store.ended(before: nil, exceptNewest: 0) == ["b", "c", "d"])
        #expect(try store.ended(before: Date(timeIntervalSince1970: 2), exceptNewest: 0) == ["b"])
        #expect(try store.ended(before: nil, exceptNewest: 2) == ["b"])
    }

    @Test func `a file that was moved is known at its new place`() throws {
        let store = try HistoryStore.inMemory()
        var ended = sampleRun("a")
        ended.stage = .settled
        ended.outputs = [.init(url: "u", path: "/old/a.png"), .init(url: "v", path: "/old/b.png")]
        ended.valuesFile = "/old/a.json"
        try store.journal([ended])
        #expect(try store.move("/old/a.png", to: "/new/a.png", of: "a"))
        #expect(try store.move("/old/a.json", to: "/new/a.json", of: "a"))
        #expect(try !store.move("/old/c.png", to: "/new/c.png", of: "a"))
        let run = try #require(try store.run("a"))
        #expect(run.outputs.map(\.path) == ["/new/a.png", "/old/b.png"])
        #expect(run.valuesFile == "/new/a.json")
    }
}
