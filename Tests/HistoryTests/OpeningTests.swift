import Foundation
import GRDB
import Glibc
import ReplicateAPI
import Testing

@testable import History

struct OpeningTests {
    @Test func `a new history knows no run`() throws {
        let store = try HistoryStore.inMemory()
        #expect(try store.inFlight() == [])
        #expect(store.notice == nil)
    }

    @Test func `a new file is its owner's alone, with a log ahead of every write`() throws {
        try withDatabase { path in
            let store = try HistoryStore.open(path: path)
            try store.drafts.save("{}", slot: "studio")
            let folder = (path as NSString).deletingLastPathComponent
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
                let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
                #expect(attributes[.posixPermissions] as? Int == (isFolder ? 0o700 : 0o600), "\(name)")
            }
            #expect(try DatabaseQueue(path: path).read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
        }
    }

    @Test func `runs, drafts and models survive closing`() throws {
        try withDatabase { path in
            let model = try #require(Model(json: ["owner": "a", "name": "b", "unheard_of": [1]]))
            let seen = Date(timeIntervalSince1970: 1_795_536_988)
            do {
                let store = try HistoryStore.open(path: path)
                try store.journal([sampleRun("a")])
                try store.drafts.save("{\"prompt\":\"one\"}", slot: "studio")
                try store.drafts.save("{\"prompt\":\"two\"}", slot: "studio")
                try store.models.save(model, at: seen)
            }
            let store = try HistoryStore.open(path: path)
            #expect(try store.runs() == [sampleRun("a")])
            #expect(try store.drafts.draft("studio") == "{\"prompt\":\"two\"}")
            #expect(try store.drafts.draft("other") == nil)
            let kept = try #require(try store.models.model("a/b"))
            #expect(kept.model == model)
            #expect(kept.fetchedAt == seen)
            #expect(store.notice == nil)
        }
    }

    @Test func `a long log is emptied by the next command, unless somebody reads just then`() throws {
        try withDatabase { path in
            func logSize() throws -> Int {
                try FileManager.default.attributesOfItem(atPath: "\(path)-wal")[.size] as? Int ?? 0
            }
            let store = try HistoryStore.open(path: path)
            let text = String(repeating: "a fox ", count: 100_000)
            try store.drafts.save(text, slot: "studio")
            let long = try logSize()
            #expect(long > text.utf8.count)
            try store.database.read { database in
                _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM run")
                try HistoryStore.open(path: path, access: .serial).drafts.save("{}", slot: "other")
                #expect(try logSize() >= long)
            }
            let command = try HistoryStore.open(path: path, access: .serial)
            #expect(try logSize() == 0)
            #expect(try command.drafts.draft("studio") == text)
            try command.drafts.save(text + "!", slot: "studio")
            store.emptyLog()
            #expect(try logSize() == 0)
            #expect(try store.drafts.draft("studio") == text + "!")
        }
    }

    @Test func `models that were looked at come latest first`() throws {
        let store = try HistoryStore.inMemory()
        for (index, name) in ["x", "y", "x", "z"].enumerated() {
            let model = try #require(Model(json: ["owner": "a", "name": .string(name)]))
            try store.models.save(model, at: Date(timeIntervalSince1970: Double(index)))
        }
        #expect(try store.models.recent().map(\.path) == ["a/z", "a/x", "a/y"])
        #expect(try store.models.recent(limit: 1).map(\.path) == ["a/z"])
        #expect(try store.models.model("a/q") == nil)
    }

    @Test func `what is committed is on the disk, not only in the system's memory`() throws {
        try withDatabase { path in
            let store = try HistoryStore.open(path: path)
            let level = try store.database.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
            // 2 is FULL.
            #expect(level == 2)
        }
    }

    @Test func `two stores on one file see each other's runs, and one of them sends each`() throws {
        try withDatabase { path in
            let one = try HistoryStore.open(path: path)
            let other = try HistoryStore.open(path: path)
            try one.journal([sampleRun("a")])
            #expect(try other.runs().map(\.id) == ["a"])
            let time = Date(timeIntervalSince1970: 1_795_537_000)
            let sent = [
                try one.beginSending("a", at: time),
                try other.beginSending("a", at: time),
            ]
            #expect(sent == [true, false])
            #expect(try one.run("a")?.stage == .sending)
        }
    }

    @Test func `two stores writing at once lose nothing`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "darkroom-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "history.sqlite").path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<3 {
                group.addTask {
                    let store = try HistoryStore.open(path: path)
                    for number in 0..<15 {
                        try store.journal([sampleRun("\(writer)-\(number)")])
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try HistoryStore.open(path: path).runs().count == 45)
    }

    @Test func `a database of a newer version is refused and not touched`() throws {
        try withDatabase { path in
            do {
                let store = try HistoryStore.open(path: path)
                try store.journal([sampleRun("a")])
            }
            do {
                let queue = try DatabaseQueue(path: path)
                try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 from tomorrow')") }
            }
            let before = try Data(contentsOf: URL(filePath: path))
            #expect(throws: HistoryError.newerVersion(path: path)) { try HistoryStore.open(path: path) }
            #expect(try Data(contentsOf: URL(filePath: path)) == before)
            let folder = (path as NSString).deletingLastPathComponent
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names.allSatisfy { !$0.contains("damaged") })
        }
    }

    @Test func `a damaged database is put aside with its bytes, and the person is told`() throws {
        try withDatabase { path in
            let damaged = Data("SQLite format 3\u{0}".utf8) + Data(repeating: 0x5A, count: 8_192)
            try damaged.write(to: URL(filePath: path))
            let store = try HistoryStore.open(path: path)
            #expect(try store.runs() == [])
            let folder = (path as NSString).deletingLastPathComponent
            let aside = try #require(
                try FileManager.default.contentsOfDirectory(atPath: folder).first {
                    $0.hasPrefix("history.sqlite.damaged-") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm")
                }
            )
            #expect(try Data(contentsOf: URL(filePath: "\(folder)/\(aside)")) == damaged)
            #expect(store.notice?.contains(aside) == true)
            try store.journal([sampleRun("a")])
            #expect(try HistoryStore.open(path: path).notice == nil)
        }
    }

    @Test func `pages that were overwritten are found on opening`() throws {
        try withDatabase { path in
            do {
                let store = try HistoryStore.open(path: path)
                try store.journal((0..<200).map { sampleRun("\($0)") })
            }
            var bytes = try Data(contentsOf: URL(filePath: path))
            try #require(bytes.count > 40_000)
            bytes.replaceSubrange(12_288..<36_864, with: Data(repeating: 0x5A, count: 24_576))
            try bytes.write(to: URL(filePath: path))
            #expect(try HistoryStore.open(path: path).notice != nil)
        }
    }

    @Test func `a file whose first transaction was cut off by a loss of power is opened`() throws {
        try withDatabase { path in
            let queue = try DatabaseQueue(path: path)
            try queue.write { try $0.execute(sql: "CREATE TABLE half (done)") }
            try queue.close()
            let pages = try UInt32(Data(contentsOf: URL(filePath: path)).count / 4_096)
            // The head of a journal that must be played back: magic, no records, nonce, pages before, sector, page.
            var journal = Data([0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7])
            for word in [0, 7, pages, 512, 4_096] as [UInt32] {
                journal.append(contentsOf: withUnsafeBytes(of: word.bigEndian, Array.init))
            }
            journal.append(Data(count: 512 - journal.count))
            try journal.write(to: URL(filePath: "\(path)-journal"))
            #expect(try HistoryStore.open(path: path).runs() == [])
        }
    }

    @Test(arguments: ["", "-wal", "-shm", "-journal"])
    func `a pipe or a folder in the place of a file is refused at once`(part: String) throws {
        try withDatabase { path in
            #expect(mkfifo(path + part, 0o600) == 0)
            let expected = HistoryError.unusable(path: path + part, reason: "it is no regular file")
            #expect(throws: expected) { try HistoryStore.open(path: path) }
            unlink(path + part)
            #expect(mkdir(path + part, 0o700) == 0)
            #expect(throws: expected) { try HistoryStore.open(path: path) }
        }
    }

    @Test func `a folder that cannot hold a file is said in a sentence`() throws {
        let error = #expect(throws: HistoryError.self) { try HistoryStore.open(path: "/proc/nowhere/history.sqlite") }
        guard case .unusable(let path, _) = error else {
            Issue.record("\(String(describing: error)) says nothing of the folder")
            return
        }
        #expect(path == "/proc/nowhere/history.sqlite")
        #expect(error?.description.hasPrefix("/proc/nowhere/history.sqlite cannot be used: ") == true)
    }

    @Test func `files of before metadata came as they lie on the disk`() throws {
        try withDatabase { path in
            let old = try DatabaseQueue(path: path)
            try Migrations.all.migrate(old, upTo: "runs: keys, tags, names of files")
            try old.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO run (id, model, input, prompt, origin, stage, createdAt, estimateBecause)
                        VALUES ('1', 'a/b', '{}', '', 'studio', 'settled', 7, 'x');
                        INSERT INTO output (runID, position, url, path, size, sha256) VALUES ('1', 0, 'u', '/p', 7, 'ab');
                        INSERT INTO output (runID, position, url) VALUES ('1', 1, 'v')
                        """
                )
            }
            try old.close()
            let outputs = try #require(try HistoryStore.open(path: path).run("1")).outputs
            #expect(outputs.map(\.downloadedSize) == [7, nil])
            #expect(outputs.map(\.downloadedSHA256) == ["ab", nil])
            #expect(outputs.map(\.sha256) == ["ab", nil])
        }
    }

    @Test func `a file from scratch has every table, and opening again changes none`() throws {
        try withDatabase { path in
            func schema() throws -> [String] {
                try DatabaseQueue(path: path).read {
                    try String.fetchAll($0, sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
                }
            }
            _ = try HistoryStore.open(path: path)
            let first = try schema()
            // But for those that the index of texts keeps for itself.
            #expect(first.filter { $0.hasPrefix("CREATE TABLE") && !$0.contains("runSearch_") }.count == 11)
            _ = try HistoryStore.open(path: path)
            #expect(try schema() == first)
        }
    }
}
