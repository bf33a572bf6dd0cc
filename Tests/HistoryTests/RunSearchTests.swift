import Foundation
import GRDB
import Money
import Search
import TestSupport
import Testing

@testable import History

struct RunSearchTests {
    private static let now = Date(timeIntervalSince1970: 1_795_000_000)

    private func query(_ text: String) throws -> RunQuery {
        try RunQuery(parsing: text, now: Self.now, calendar: Calendar(identifier: .gregorian))
    }

    private func ids(_ store: HistoryStore, _ text: String) throws -> [String] {
        var ids: [String] = []
        try store.forEach(try query(text)) { ids += $0.map(\.id) }
        return ids
    }

    /// What the query's own words say of the records, one by one.
    private func facts(_ run: RunRecord) -> RunFacts {
        RunFacts(
            text: run.searchText + SearchText.of(tags: run.tags, note: run.note),
            model: run.model,
            status: run.status.rawValue,
            createdAt: run.createdAt,
            cost: run.cost?.money,
            key: run.key,
            isFavourite: run.isFavourite,
            rating: run.rating
        )
    }

    private func randomRun(_ number: Int, _ random: inout SeededGenerator) throws -> RunRecord {
        func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &random)] }
        var run = sampleRun(
            "r\(number)",
            at: Self.now.timeIntervalSince1970 - Double(Int.random(in: 0..<40, using: &random)) * 3_600
        )
        run.prompt = (0..<3).map { _ in
            pick(["fox", "Foxes", "an OWL", "größer", "CAFE\u{301}", "\"q\"", "日本語", "x", "a%b", "fo"])
        }
        .joined(separator: pick([" ", "\n", "  "]))
        run.model = pick(["lab/flux", "lab/flux:abc", "Lab/Other", "fofr/flux-dev"])
        run.stage = .settled
        run.prediction = try samplePrediction("p\(number)", status: pick(["succeeded", "failed", "canceled"]))
        run.cost = pick([nil, .free(reason: ""), .counted(Money("0.1")!, because: ""), .unknown(reason: "")])
        run.outputs = pick([[], [.init(url: "u", path: "/x/2026 Fox-\(number).webp")]])
        run.tags = pick([[], ["print"], ["Fox", "größe"], ["fo"]])
        run.key = pick([nil, "SKU-1"])
        run.isFavourite = pick([true, false])
        run.rating = pick([nil, 1, 3, 5])
        run.note = pick([nil, "for the Fox room"])
        return run
    }

    private static let terms = [
        "fox", "FOX owl", "\"fox an\"", "-fox", "größ", "CAFÉ", "日本", "本語 x", "\"\"q", "a%b", "x", "model:flux",
        "model:=lab/flux",
        "-model:flux", "status:failed", "-status:done", "status:active", "cost:>0", "cost:<=0.1", "-cost:>0",
        "cost:unknown",
        "since:10h", "until:12h fox", "tag:fox", "tag:print -owl", "tag:fo", "key:SKU-1", "fav:", "fav:no", "rating:>2",
        "rating:none", "-rating:5", "2026", "room fox", "zzz", "fox status:failed cost:>0 fav:",
    ]

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `the database finds what the query says of each run, in the order of the list`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let store = try HistoryStore.inMemory()
        let runs = try (0..<80).map { try randomRun($0, &random) }
        try store.journal(runs)
        // Deleted and changed ones too: what the index remembers of them must be gone.
        for run in runs.prefix(10) { #expect(try store.delete(run.id)) }
        #expect(try store.move("/x/2026 Fox-20.webp", to: "/y/owl.webp", of: "r20") == !runs[20].outputs.isEmpty)
        let all = try store.runs()
        #expect(all.count == 70)
        for terms in Self.terms {
            let query = try query(terms)
            #expect(try ids(store, terms) == all.filter { query.matches(facts($0)) }.map(\.id), "\(terms)")
            #expect(try store.count(query).total == all.count { query.matches(facts($0)) }, "\(terms)")
        }
    }

    @Test func `what a run is found by follows its changes`() throws {
        let store = try HistoryStore.inMemory()
        var run = sampleRun("a", prompt: "a fjord")
        try store.journal([run])
        #expect(try ids(store, "fjord status:queued") == ["a"])
        #expect(try store.beginSending("a", at: Self.now))
        #expect(try ids(store, "fjord status:sending") == ["a"])
        run.stage = .settled
        run.prediction = try samplePrediction("p", status: "succeeded")
        run.outputs = [.init(url: "u", path: "/x/Lighthouse.webp")]
        run.cost = .counted(Money("0.25")!, because: "")
        try store.update(run)
        #expect(try ids(store, "lighthouse status:done cost:0.25 -status:active") == ["a"])
        #expect(try store.delete("a"))
        #expect(try ids(store, "fjord") == [])
        #expect(try store.count().total == 0)
    }

    @Test func `an older database is made searchable when it is opened`() throws {
        try withDatabase { path in
            do {
                let queue = try DatabaseQueue(path: path)
                try Migrations.all.migrate(queue, upTo: "runs: keys, tags, names of files")
                try queue.write { database in
                    for (id, deleted) in [("a", nil), ("b", nil), ("c", 7.0)] as [(String, Double?)] {
                        try database.execute(
                            sql: """
                                INSERT INTO run (id, model, input, prompt, origin, stage, createdAt, status, estimateBecause,
                                    costNanos, tags, deletedAt)
                                VALUES (?, 'Lab/Flux', '{}', ?, 'studio', 'settled', 7, 'succeeded', '', 250000000, ?, ?)
                                """,
                            arguments: [id, "ÄRGER \(id)", id == "a" ? "[\"Größe\"]" : nil, deleted]
                        )
                    }
                    try database.execute(
                        sql:
                            "INSERT INTO output (runID, position, url, path) VALUES ('b', 0, 'u', '/x/Lighthouse.webp')"
                    )
                }
                try queue.close()
            }
            let store = try HistoryStore.open(path: path)
            #expect(try ids(store, "ärger") == ["b", "a"])
            #expect(try ids(store, "tag:größe model:=lab/flux cost:0.25") == ["a"])
            #expect(try ids(store, "lighthouse") == ["b"])
            #expect(try store.count().total == 2)
            #expect(try store.run("a")?.isFavourite == false)
        }
    }

    @Test func `what few have and what many have is found alike`() throws {
        let store = try HistoryStore.inMemory()
        let runs = (0..<2_500).map {
            sampleRun("r\($0)", prompt: $0 == 1_200 ? "an owl" : "a fox \($0)", at: Double($0))
        }
        try store.journal(runs)
        #expect(try ids(store, "owl") == ["r1200"])
        #expect(try store.page(try query("fox"), .first, limit: 3).runs.map(\.id) == ["r2499", "r2498", "r2497"])
        #expect(try store.page(try query("fox"), .below("r1201"), limit: 2).runs.map(\.id) == ["r1199", "r1198"])
        #expect(try store.count(try query("fox"), above: "r1200") == RunCount(total: 2_499, above: 1_299))
    }

    @Test func `prompts are found by words, each once, the latest first`() throws {
        let store = try HistoryStore.inMemory()
        let prompts = ["a red fox", "an owl", "a red fox", "", "the fox, red"]
        try store.journal(prompts.enumerated().map { sampleRun("r\($0)", prompt: $1, at: Double($0)) })
        #expect(try store.prompts().map(\.text) == ["the fox, red", "a red fox", "an owl"])
        #expect(try store.prompts(try query("fox red")).map(\.text) == ["the fox, red", "a red fox"])
        #expect(try store.prompts(try query("red"), limit: 1).map(\.text) == ["the fox, red"])
    }

    @Test func `templates are found by words alone, each once, the one used last first`() throws {
        let store = try HistoryStore.inMemory()
        for (index, text) in ["a {red|blue} fox", "an {owl|elk}", "a {red|blue} fox", "the {Füchse|x}"].enumerated() {
            try store.drafts.keepTemplate(text, usedAt: Date(timeIntervalSince1970: Double(index)))
        }
        #expect(try store.drafts.templates().map(\.text) == ["the {Füchse|x}", "a {red|blue} fox", "an {owl|elk}"])
        #expect(try store.drafts.templates().map(\.usedAt.timeIntervalSince1970) == [3, 2, 1])
        #expect(try store.drafts.templates(try query("fox red")).map(\.text) == ["a {red|blue} fox"])
        #expect(try store.drafts.templates(try query("-red")).map(\.text) == ["the {Füchse|x}", "an {owl|elk}"])
        #expect(try store.drafts.templates(try query("fox model:flux")).isEmpty)
        #expect(try store.drafts.templates(limit: 1).count == 1)
    }
}
