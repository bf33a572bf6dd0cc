import Foundation
import GRDB
import Glibc
import ReplicateAPI
import Testing

@testable import History

struct OwnershipTests {
    private let time = Date(timeIntervalSince1970: 1_795_537_000)

    /// Two stores on one file are two processes to each other: each holds a lock of its own.
    private func withTwo(_ body: (HistoryStore, HistoryStore, _ path: String) throws -> Void) throws {
        try withDatabase { path in try body(HistoryStore.open(path: path), HistoryStore.open(path: path), path) }
    }

    private func locks(of path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)-owners")) ?? []).filter { $0 != "open" }
            .sorted()
    }

    @Test func `the runs of an owner that is gone are taken over, those of a living one are not`() throws {
        try withTwo { here, there, _ in
            try here.journal([sampleRun("mine", at: 1)])
            try here.journal([sampleRun("dead", at: 2)], owner: .random())
            try there.journal([sampleRun("living", at: 3)])
            var settled = sampleRun("settled", at: 4)
            settled.stage = .settled
            try here.journal([settled], owner: .random())
            #expect(try Set(here.claimInFlight()) == ["mine", "dead"])
            #expect(try Set(here.claimInFlight()) == ["mine", "dead"])
            #expect(try here.beginSending("dead", at: time))
            #expect(try !here.beginSending("living", at: time))
            #expect(try there.beginSending("living", at: time))
        }
    }

    @Test func `runs and jobs of an account that is not meant stay as they are`() throws {
        try withTwo { here, there, _ in
            var jobs: [ServiceJob] = []
            for (id, account) in [("ours", "a"), ("theirs", "b"), ("old", nil)] {
                var run = sampleRun(id)
                run.account = account
                try here.journal([run], owner: .random())
                #expect(try here.run(id)?.account == account)
                #expect(run.belongs(to: "a") == (id != "theirs"))
                var job = ServiceJob(id: id, client: "x", model: "a/b", input: [:], callbackURL: nil, createdAt: time)
                job.account = account
                try here.jobs.journal(job)
                jobs.append(job)
            }
            let isMeant: (String?) -> Bool = { $0 == nil || $0 == "a" }
            #expect(try Set(here.claimInFlight(where: isMeant)) == ["ours", "old"])
            #expect(try here.jobs.claim(where: isMeant) == [jobs[0], jobs[2]])
            #expect(try there.claimInFlight() == ["theirs"])
        }
    }

    @Test func `one run is claimed unless a living owner has it`() throws {
        try withTwo { here, there, _ in
            try here.journal([sampleRun("dead")], owner: .random())
            try there.journal([sampleRun("living")])
            #expect(try here.claim("dead") == sampleRun("dead"))
            #expect(try here.claim("dead") == sampleRun("dead"))
            #expect(try here.claim("living") == nil)
            #expect(try there.claim("living") != nil)
            #expect(try here.claim("nobody") == nil)
        }
    }

    @Test func `a run that was never sent can be taken from a living owner, who then cannot send it`() throws {
        try withTwo { here, there, _ in
            try there.journal([sampleRun("in line"), sampleRun("sent", at: 1)])
            try #require(try there.beginSending("sent", at: time))
            #expect(try here.claim("in line") == nil)
            #expect(try here.claim("in line", takesQueued: true) != nil)
            #expect(try !there.beginSending("in line", at: time))
            #expect(try here.claim("sent", takesQueued: true) == nil)
            #expect(try there.claim("sent") != nil)
        }
    }

    @Test func `an owner lives for as long as its history is open`() throws {
        try withDatabase { path in
            let here = try HistoryStore.open(path: path)
            do {
                let there = try HistoryStore.open(path: path)
                try there.journal([sampleRun("a")])
                #expect(try here.claim("a") == nil)
            }
            #expect(try here.claim("a") != nil)
        }
    }

    @Test func `names that are no owner's are nobody's, whatever stands in the database`() throws {
        try withDatabase { path in
            let store = try HistoryStore.open(path: path)
            _ = try store.owner()
            let folder = (path as NSString).deletingLastPathComponent
            let outside = "\(folder)/outside"
            let descriptor = open(outside, O_RDWR | O_CREAT, 0o600)
            defer { close(descriptor) }
            try #require(flock(descriptor, LOCK_EX) == 0)
            for text in [
                "", ".", "..", "1:1", "\(getpid()):1", "../outside", outside, String(repeating: "g", count: 32),
            ] {
                #expect(!store.owners.isAlive(Owner(text: text)), "\(text)")
            }
        }
    }

    @Test func `who only reads leaves no lock file, and who owns leaves none when it closes`() throws {
        try withDatabase { path in
            do {
                let store = try HistoryStore.open(path: path)
                #expect(try store.runs() == [])
                #expect(locks(of: path) == [])
                try store.journal([sampleRun("a")])
                #expect(try locks(of: path) == [store.owner().text])
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)-owners")
                #expect(attributes[.posixPermissions] as? Int == 0o700)
            }
            #expect(locks(of: path) == [])
        }
    }

    @Test func `lock files of owners that were killed are swept, those of living ones and strangers' files stay`()
        throws
    {
        try withDatabase { path in
            let living = try HistoryStore.open(path: path)
            let owner = try living.owner().text
            let stale = Owner.random().text
            try Data().write(to: URL(filePath: "\(path)-owners/\(stale)"))
            try Data().write(to: URL(filePath: "\(path)-owners/notes.txt"))
            let next = try HistoryStore.open(path: path)
            _ = try next.owner()
            let left = locks(of: path)
            #expect(try left == [living.owner().text, next.owner().text, "notes.txt"].sorted())
            #expect(try living.owner().text == owner)
        }
    }

    @Test func `a folder that takes no lock file means that nothing is journaled`() throws {
        try withDatabase { path in
            let store = try HistoryStore.open(path: path)
            try FileManager.default.removeItem(atPath: "\(path)-owners")
            try Data().write(to: URL(filePath: "\(path)-owners"))
            let error = #expect(throws: HistoryError.self) { try store.journal([sampleRun("a")]) }
            #expect(error?.description.contains("nothing was sent") == true)
            #expect(try store.runs() == [])
        }
    }

    @Test func `the lock is not handed on to programs that are started`() throws {
        try withDatabase { path in
            let store = try HistoryStore.open(path: path)
            let owner = try store.owner().text
            let child = Process()
            child.executableURL = URL(filePath: "/bin/sh")
            child.arguments = ["-c", "ls -l /proc/self/fd"]
            let pipe = Pipe()
            child.standardOutput = pipe
            try child.run()
            let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            child.waitUntilExit()
            #expect(!text.contains(owner))
        }
    }

    @Test func `a copied folder has no living owner, and leaves the original's alone`() throws {
        try withDatabase { path in
            let store = try HistoryStore.open(path: path)
            try store.journal([sampleRun("a")])
            let folder = URL(filePath: path).deletingLastPathComponent()
            let copy = folder.deletingLastPathComponent().appending(path: "copy-\(UUID().uuidString)")
            try FileManager.default.copyItem(at: folder, to: copy)
            defer { try? FileManager.default.removeItem(at: copy) }
            #expect(try HistoryStore.open(path: copy.appending(path: "history.sqlite").path).claim("a") != nil)
            #expect(try HistoryStore.open(path: path).claim("a") == nil)
        }
    }

    // MARK: Who has lost a run

    @Test func `no write touches a run that another owns, and the one that lost it is told`() throws {
        try withTwo { here, there, path in
            try here.journal([sampleRun("a"), sampleRun("b")])
            // As if the lock had been lost: over NFS, or by a hand that deletes files.
            try FileManager.default.removeItem(atPath: "\(path)-owners/\(here.owner().text)")
            var taken = try #require(try there.claim("a"))
            taken.stage = .accepted
            taken.prediction = try samplePrediction("p")
            try there.update(taken)
            var (a, b) = (sampleRun("a"), sampleRun("b"))
            a.stage = .resendable
            a.failure = "the server does not know it; nothing was paid"
            b.logs = "mine"
            let step = try here.write([a, b], beginning: ["a", "b"])
            #expect(step == HistoryStore.JournalStep(begun: ["b"], lost: ["a"]))
            #expect(try here.run("a") == taken)
            #expect(try here.run("b")?.logs == "mine")
            #expect(throws: HistoryError.takenOver) { try here.update([b, a]) }
            #expect(try here.run("a") == taken)
        }
    }

    @Test func `an ended run is nobody's: any may change it in one step, and nobody else's write comes after`() throws {
        try withTwo { here, there, _ in
            var run = sampleRun("a")
            try here.journal([run])
            run.stage = .settled
            run.logs = "one"
            try here.update(run)
            run.logs = "late"
            #expect(throws: HistoryError.takenOver) { try here.update(run) }
            let changed = try there.claim("a") { run, _ in
                run.logs += " two"
                return true
            }
            #expect(changed?.logs == "one two")
            #expect(try here.claim("a") { run, _ in run.logs == "one two" } == changed)
            #expect(try here.claim("a") { run, _ in run.logs == "something else" } == nil)
        }
    }

    @Test func `a claim that throws, or is refused, leaves everything as it was`() throws {
        struct Full: Error {}
        try withTwo { here, there, _ in
            var run = sampleRun("a")
            run.stage = .resendable
            try here.journal([run])
            #expect(throws: Full.self) {
                try here.claim("a") { run, _ in
                    run.stage = .queued
                    throw Full()
                }
            }
            #expect(try here.run("a") == run)
            #expect(try there.claim("a") { _, _ in true } == run)
        }
    }

    @Test func `a job is carried by one owner, and who lost it cannot write it`() throws {
        try withTwo { here, there, path in
            var job = ServiceJob(client: "x", model: "a/b", input: [:], callbackURL: "http://h/", createdAt: time)
            try here.jobs.journal(job)
            #expect(try there.jobs.claim() == [])
            #expect(try here.jobs.claim().map(\.id) == [job.id])
            try FileManager.default.removeItem(atPath: "\(path)-owners/\(here.owner().text)")
            #expect(try there.jobs.claim().map(\.id) == [job.id])
            job.attempts = 1
            #expect(throws: HistoryError.takenOver) { try here.jobs.update(job) }
            #expect(try there.jobs.job(job.id)?.attempts == 0)
            try there.jobs.update(job)
            #expect(try here.jobs.job(job.id)?.attempts == 1)
        }
    }

    @Test func `a run that is erased takes along what its job holds, also from who still works on the job`() throws {
        try withTwo { here, there, _ in
            var run = sampleRun("a")
            run.stage = .settled
            try there.journal([run])
            var job = ServiceJob(
                runID: "a",
                client: "x",
                model: "a/b",
                input: ["prompt": "private"],
                callbackURL: "http://h/",
                createdAt: time
            )
            job.secretInputs = ["hf_token"]
            job.stage = .ended
            job.result = ["success": true, "video_url": "http://private"]
            try here.jobs.journal(job)
            #expect(try there.jobs.job(job.id) == job)
            #expect(try there.delete("a"))
            let result: JSONValue = ["success": true, "error": "the run was deleted", "job_id": .string(job.id)]
            for _ in 0..<2 {
                let left = try #require(try there.jobs.job(job.id))
                #expect(left.input.isEmpty && left.secretInputs.isEmpty)
                #expect(left.result == result)
                try here.jobs.update(job)
            }
        }
    }

    // MARK: From process ids

    @Test func `owners of older versions are forgotten, once nobody has the file open any more`() throws {
        try withDatabase { path in
            do {
                let old = try DatabasePool(path: path)
                try Migrations.all.migrate(old, upTo: "money: deleted runs keep their amount, ranges their name")
                try old.write { database in
                    try database.execute(
                        sql: """
                            INSERT INTO run (id, model, input, prompt, origin, stage, createdAt, estimateBecause, owner)
                            VALUES ('a', 'a/b', '{}', '', 'command', 'queued', 1, '', '\(getpid()):1')
                            """
                    )
                }
                #expect(throws: HistoryError.inUse(path: path)) { try HistoryStore.open(path: path) }
                let owner = try old.read { try String.fetchOne($0, sql: "SELECT owner FROM run") }
                #expect(owner == "\(getpid()):1")
                try old.close()
            }
            let store = try HistoryStore.open(path: path)
            #expect(try store.claimInFlight() == ["a"])
            let mode = try store.database.read { database in
                try String.fetchOne(database, sql: "PRAGMA journal_mode")
            }
            #expect(mode == "wal")
        }
    }
}
