import Foundation
import GRDB
import Money
import ReplicateAPI
import Testing

@testable import History

struct RunJournalTests {
    private let store: HistoryStore
    /// One without a lock.
    private let dead = Owner.random()
    private let time = Date(timeIntervalSince1970: 1_795_537_000)

    init() throws { store = try HistoryStore.inMemory() }

    @Test func `what was journaled comes back as it was`() throws {
        let run = sampleRun("a")
        try store.journal([run])
        #expect(try store.run("a") == run)
        #expect(try store.run("b") == nil)
        #expect(run.stage == .queued)
        #expect(run.isInFlight)
    }

    @Test func `several are journaled all or none`() throws {
        try store.journal([sampleRun("a")])
        #expect(throws: (any Error).self) { try store.journal([sampleRun("b"), sampleRun("a")]) }
        #expect(try store.runs().map(\.id) == ["a"])
    }

    @Test func `a step may be sent once, by its owner only, and only from the queue`() throws {
        try store.journal([sampleRun("a")])
        #expect(try !store.beginSending("a", at: time, owner: dead))
        #expect(try store.beginSending("a", at: time))
        #expect(try store.run("a")?.stage == .sending)
        #expect(try store.run("a")?.sentAt == time)
        #expect(try store.run("a")?.sentSkew == -1.5)
        #expect(try !store.beginSending("a", at: time.addingTimeInterval(9)))
        #expect(try store.run("a")?.sentAt == time)
        #expect(try !store.beginSending("nobody", at: time))
    }

    @Test(arguments: RunRecord.Stage.allCases)
    func `in flight is what has work left without a person's word`(stage: RunRecord.Stage) throws {
        var run = sampleRun("a")
        try store.journal([run])
        run.stage = stage
        try store.update(run)
        #expect(try store.inFlight().map(\.id) == (run.isInFlight ? ["a"] : []))
        #expect(try store.beginSending("a", at: time) == (stage == .queued))
    }

    @Test func `an update writes everything, with its outputs in order`() throws {
        var run = sampleRun("a")
        try store.journal([run])
        run.stage = .accepted
        run.prediction = try samplePrediction("p", status: "succeeded")
        run.logs = "100%"
        run.sentAt = time
        run.finishedAt = time.addingTimeInterval(3)
        run.cancelRequestedAt = time.addingTimeInterval(2)
        run.failure = "the second file is gone"
        run.cost = .counted(Money("0.006")!, because: "2 images at $0.003")
        run.outputs = [
            .init(
                url: "https://h/2",
                path: "/o/2.webp",
                size: 7,
                sha256: "ab",
                downloadedSize: 5,
                downloadedSHA256: "cd",
                contentType: "image/webp"
            ),
            .init(url: "https://h/1", failure: "gone"),
        ]
        try store.update(run)
        #expect(try store.run("a") == run)
        run.outputs = [.init(url: "https://h/1")]
        run.cost = nil
        run.failure = nil
        try store.update(run)
        #expect(try store.run("a") == run)
    }

    @Test func `the server's answer is kept raw, with what we do not know of`() throws {
        var run = sampleRun("a")
        try store.journal([run])
        run.prediction = try samplePrediction("p")
        try store.update(run)
        let kept = try #require(try store.run(predictionID: "p"))
        #expect(kept.prediction?.raw["unheard_of"] == ["deep": [1, .null, "é😀"]])
        #expect(kept.prediction == run.prediction)
        #expect(kept.input["seed"] == 9_007_199_254_740_993)
    }

    @Test func `one prediction belongs to one run, and the refused update changes nothing`() throws {
        var one = sampleRun("a")
        var other = sampleRun("b")
        try store.journal([one, other])
        one.prediction = try samplePrediction("p")
        try store.update(one)
        other.prediction = try samplePrediction("p")
        other.logs = "changed"
        #expect(throws: (any Error).self) { try store.update(other) }
        #expect(try store.run("b") == sampleRun("b"))
        #expect(try store.run(predictionID: "p")?.id == "a")
    }

    @Test func `an update does not change who owns the run`() throws {
        let run = sampleRun("a")
        try store.journal([run])
        try store.update(run)
        #expect(try store.beginSending("a", at: time))
    }

    @Test func `a deleted record is nowhere, and nothing of what was in it is left on the disk`() throws {
        try withDatabase { path in
            let store = try HistoryStore.open(path: path)
            var run = sampleRun("a", prompt: "a walled garden")
            try store.journal([run])
            run.prediction = try samplePrediction("p", status: "succeeded")
            run.stage = .settled
            run.logs = "walled log"
            run.outputs = [.init(url: "https://h/1")]
            try store.update(run)
            #expect(try store.delete("a"))
            #expect(try !store.delete("a"))
            #expect(try store.runs() == [])
            #expect(try store.run("a") == nil)
            #expect(try store.run(predictionID: "p") == nil)
            #expect(try store.prompts().map(\.text) == [])
            let left = try DatabaseQueue(path: path).read { database in
                try Row.fetchAll(database, sql: "SELECT * FROM run")
                    + Row.fetchAll(database, sql: "SELECT * FROM output")
            }
            #expect(left.count == 1)
            #expect(!"\(left)".contains("walled"))
        }
    }

    @Test func `not one byte of a deleted record is left in any file, the log included`() throws {
        try withDatabase { path in
            let store = try HistoryStore.open(path: path)
            let secret = "a-secret-garden"
            for id in ["a", "b", "c"] {
                var run = sampleRun(id, prompt: id == "b" ? String(repeating: "\(secret) ", count: 2_000) : "plain")
                try store.journal([run])
                run.stage = .settled
                run.logs = id == "b" ? String(repeating: "log-of-\(secret) ", count: 2_000) : ""
                try store.update(run)
            }
            func holders() throws -> [String] {
                let folder = (path as NSString).deletingLastPathComponent
                return try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
                    let data = try? Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
                    return data?.range(of: Data(secret.utf8)) != nil
                }
            }
            #expect(try !holders().isEmpty)
            #expect(try store.delete("b"))
            #expect(try holders() == [])
        }
    }

    @Test(arguments: [RunRecord.Stage.queued, .sending, .unclear, .accepted])
    func `what is under way cannot be deleted`(stage: RunRecord.Stage) throws {
        var run = sampleRun("a")
        run.stage = stage
        try store.journal([run])
        #expect(try !store.delete("a"))
        #expect(try store.run("a") != nil)
    }

    @Test func `a deleted record that was to be sent again is not`() throws {
        var run = sampleRun("a")
        run.stage = .resendable
        try store.journal([run])
        #expect(try store.delete("a"))
        #expect(try store.resendable() == [])
    }

    @Test func `the prediction of a deleted record can be taken back, and is booked once`() throws {
        func settled(_ id: String) throws -> RunRecord {
            var run = sampleRun(id)
            run.stage = .settled
            run.prediction = try samplePrediction("p", status: "succeeded")
            run.finishedAt = time
            run.cost = .counted(Money("0.003")!, because: "")
            return run
        }
        try store.journal([try settled("a")])
        #expect(try store.delete("a"))
        try store.journal([try settled("b")])
        #expect(try store.run(predictionID: "p")?.id == "b")
        #expect(try store.readSpend { try $0.spent(since: time).counted } == Money("0.003"))
    }

    @Test func `what is left of a deleted record is its booking, which another one can take over`() throws {
        var run = sampleRun("a", prompt: "a secret plan")
        run.stage = .settled
        run.prediction = try samplePrediction("p", status: "succeeded")
        (run.sentAt, run.finishedAt) = (time, time + 7)
        run.cost = .counted(Money("0.003")!, because: "1 image × $0.003")
        try store.journal([run])
        let id = try #require(run.prediction).id
        #expect(try store.readSpend { try $0.deletedRun(of: id) } == nil)
        #expect(try store.delete("a"))
        let left = try #require(try store.readSpend { try $0.deletedRun(of: id) })
        #expect(left.prompt.isEmpty && left.input.isEmpty && left.prediction == nil)
        var again = sampleRun("b")
        again.takeBooking(of: left)
        #expect(again.cost == run.cost && again.estimate == run.estimate)
        #expect(again.sentAt == run.sentAt && again.finishedAt == run.finishedAt && again.createdAt == run.createdAt)
        #expect(again.id == "b")
    }

    @Test func `a range with equal ends stays a range`() throws {
        var run = sampleRun("a")
        run.estimate = .range(low: Money("0.01")!, high: Money("0.01")!, because: "your last run")
        try store.journal([run])
        #expect(try store.run("a")?.estimate == run.estimate)
    }

    @Test func `runs come newest first up to the limit, those in flight oldest first`() throws {
        try store.journal([sampleRun("b", at: 20), sampleRun("c", at: 30), sampleRun("a", at: 10)])
        #expect(try store.runs().map(\.id) == ["c", "b", "a"])
        #expect(try store.runs(limit: 2).map(\.id) == ["c", "b"])
        #expect(try store.inFlight().map(\.id) == ["a", "b", "c"])
    }

    @Test func `prompts come once each, the latest first, without the empty one`() throws {
        let prompts = ["fjord", "harbour", "fjord", "", "fox"]
        let runs = prompts.enumerated().map { sampleRun("\($0.offset)", prompt: $0.element, at: Double($0.offset)) }
        try store.journal(runs)
        #expect(try store.prompts().map(\.text) == ["fox", "fjord", "harbour"])
        #expect(try store.prompts(limit: 1).map(\.text) == ["fox"])
    }

    // MARK: Figures

    @Test func `durations are those of successful runs of the model, the newest first`() throws {
        // What was canceled may be paid for, and is no duration.
        let ends = [("succeeded", nil), ("failed", "failed"), ("succeeded", nil), ("canceled", nil)]
        for (index, (status, failure)) in ends.enumerated() {
            var run = sampleRun("\(index)", at: 100)
            run.stage = .settled
            run.prediction = try samplePrediction("p\(index)", status: status)
            run.finishedAt = Date(timeIntervalSince1970: 105 + Double(index))
            run.cost = .counted(Money(1), because: "")
            run.failure = failure
            try store.journal([run])
        }
        #expect(try store.past.durations("black-forest-labs/flux-schnell") == [7, 5])
        #expect(try store.past.durations("black-forest-labs/flux-schnell", limit: 1) == [7])
        #expect(try store.past.durations("a/b") == [])
    }
}
