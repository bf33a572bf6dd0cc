import Foundation
import GRDB
import Money
import ReplicateAPI
import Testing

@testable import History

struct SalvageTests {
    private static let day = Date(timeIntervalSince1970: 1_795_536_000)

    /// Runs of every kind; what has ended has cost $0.003 each.
    private func fill(_ path: String, runs count: Int = 90) throws {
        let store = try HistoryStore.open(path: path)
        let runs = try (0..<count).map { number in
            var run = sampleRun("run-\(number)", prompt: "prompt \(number)", at: 1_795_536_000 + Double(number))
            if number % 10 == 9 {
                run.stage = .accepted
                run.prediction = try samplePrediction("p\(number)")
                return run
            }
            run.stage = .settled
            run.prediction = try samplePrediction("p\(number)", status: "succeeded")
            run.logs = String(repeating: "line of a log\n", count: number % 7 == 0 ? 600 : 20)
            run.finishedAt = Self.day.addingTimeInterval(Double(number))
            run.cost = .counted(Money("0.003")!, because: "1 image")
            run.outputs = [.init(url: "https://h/\(number)", path: "/o/\(number).webp")]
            return run
        }
        try store.journal(runs)
        try store.drafts.save("{\"prompt\":\"a draft\"}", slot: "studio")
    }

    private func spent(_ store: HistoryStore) throws -> Money {
        try store.readSpend { try $0.spent(since: Self.day).counted + $0.inFlight().high }
    }

    @Test func `whichever page is bad, what can be read is kept, and no sum of money gets smaller without a word`()
        throws
    {
        try withDatabase { path in
            try fill(path)
            let whole = try Data(contentsOf: URL(filePath: path))
            let store = try HistoryStore.open(path: path)
            let before = try spent(store)
            let size = try store.database.read { try Int.fetchOne($0, sql: "PRAGMA page_size") } ?? 4_096
            let pages = whole.count / size
            try #require(pages > 30)
            var repaired = 0
            for page in 0..<pages {
                let folder = URL(filePath: path).deletingLastPathComponent().appending(path: "page-\(page)")
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                var bytes = whole
                bytes.replaceSubrange(page * size..<(page + 1) * size, with: Data(repeating: 0x5A, count: size))
                let file = folder.appending(path: "history.sqlite").path
                try bytes.write(to: URL(filePath: file))
                let opened = try HistoryStore.open(path: file)
                guard let notice = opened.notice else { continue }
                repaired += 1
                #expect(notice.contains("history.sqlite.damaged-"), "page \(page)")
                let missing = try opened.readSpend { try $0.missingMoney(since: Self.day) }
                let after = try spent(opened)
                #expect(after >= before || missing != nil, "page \(page): \(after) of \(before), \(notice)")
                // But for the first page and the one that says where the runs are, without which nothing can be found.
                let isEssential =
                    whole[page * size..<(page + 1) * size].range(of: Data("CREATE TABLE \"run\"".utf8)) != nil
                if page > 0, !isEssential { #expect(try opened.runs().count > 60, "page \(page): \(notice)") }
                #expect(try HistoryStore.open(path: file).notice == nil, "page \(page)")
                try FileManager.default.removeItem(at: folder)
            }
            #expect(repaired > pages / 2)
        }
    }

    @Test func `a run under way whose row is lost is gone on with, by its id`() throws {
        let known: [String: DatabaseValue] = [
            "id": "a".databaseValue, "stage": "accepted".databaseValue, "predictionID": "p".databaseValue,
            "estimateHighNanos": 3_000_000.databaseValue,
        ]
        let run = MendedRun(row: 7, known, at: Self.day)
        #expect(run.columns["stage"] == "accepted".databaseValue)
        #expect(run.columns["estimateHigh"] == "0.003".databaseValue)
        #expect(String.fromDatabaseValue(run.columns["raw"] ?? .null)?.contains(#""id":"p""#) == true)
    }

    @Test(arguments: ["sending", "unclear", "resendable"])
    func `a run that may have been paid and cannot be looked for counts with its estimate`(stage: String) throws {
        let known = ["stage": stage.databaseValue, "estimateHighNanos": 3_000_000.databaseValue]
        let run = MendedRun(row: 7, known, at: Self.day)
        #expect(run.columns["stage"] == "settled".databaseValue)
        #expect(run.columns["costKind"] == "unknown".databaseValue)
        #expect(run.columns["costNanos"] == .null)
        #expect(run.columns["finishedAt"] == Self.day.timeIntervalSince1970.databaseValue)
    }

    @Test func `a run that was never sent and whose inputs are lost is free, with them it stays in the queue`() throws {
        let lost = MendedRun(row: 7, ["stage": "queued".databaseValue], at: Self.day)
        #expect(lost.columns["stage"] == "refused".databaseValue)
        #expect(lost.columns["costKind"] == "free".databaseValue)
        let known = ["stage": "queued", "id": "a", "input": "{\"prompt\":\"x\"}"].mapValues(\.databaseValue)
        #expect(MendedRun(row: 7, known, at: Self.day).columns["stage"] == "queued".databaseValue)
    }

    @Test func `a damaged history that another has open is left alone`() throws {
        try withDatabase { path in
            try fill(path)
            let other = try HistoryStore.open(path: path)
            var bytes = try Data(contentsOf: URL(filePath: path))
            bytes.replaceSubrange(8_192..<12_288, with: Data(repeating: 0x5A, count: 4_096))
            let handle = try FileHandle(forWritingTo: URL(filePath: path))
            try handle.write(contentsOf: bytes)
            try handle.close()
            #expect(throws: HistoryError.damagedInUse(path: path)) { try HistoryStore.open(path: path) }
            #expect(try other.drafts.draft("studio") != nil)
            let names = try FileManager.default.contentsOfDirectory(
                atPath: (path as NSString).deletingLastPathComponent
            )
            #expect(names.allSatisfy { !$0.contains("damaged") })
        }
    }

    @Test func `an exchange that was cut off is ended at the next opening, wherever that was`() throws {
        for moved in [[], [""], ["", "-wal"]] {
            try withDatabase { path in
                try fill(path, runs: 3)
                // As a finished salvage leaves it, before the first name is changed.
                let new = "\(path).salvaged-2026-11-24T161228Z"
                try FileManager.default.copyItem(atPath: path, toPath: new)
                let aside = "\(path).damaged-2026-11-24T161228Z"
                try Data("old".utf8).write(to: URL(filePath: path))
                try Data("old log".utf8).write(to: URL(filePath: "\(path)-wal"))
                for part in moved { try FileManager.default.moveItem(atPath: path + part, toPath: aside + part) }
                let store = try HistoryStore.open(path: path)
                #expect(try store.runs().count == 3)
                #expect(store.notice == nil)
                #expect(try Data(contentsOf: URL(filePath: aside)) == Data("old".utf8))
                #expect(try Data(contentsOf: URL(filePath: "\(aside)-wal")) == Data("old log".utf8))
                #expect(!FileManager.default.fileExists(atPath: new))
            }
        }
    }
}
