import Foundation
import GRDB
import ReplicateAPI
import Testing

@testable import History

struct RunJournalTests {
    private let store: HistoryStore
    /// A process that is not there: process ids end far below.
    private let dead = Owner(text: "2147483646:1")
    private let time = Date(timeIntervalSince1970: 1_795_537_000)

    init() throws { store = try HistoryStore.inMemory() }

    @Test func `what was journaled comes back as it was`() throws {
        let run = sampleRun("a")
        try store.journal([run], owner: .current)
        #expect(try store.run("a") == run)
        #expect(try store.run("b") == nil)
        #expect(run.stage == .queued)
        #expect(run.isInFlight)
    }

    @Test func `several are journaled all or none`() throws {
        try store.journal([sampleRun("a")], owner: .current)
        #expect(throws: (any Error).self) { try store.journal([sampleRun("b"), sampleRun("a")], owner: .current) }
        #expect(try store.runs().map(\.id) == ["a"])
    }

    @Test func `a step may be sent once, by its owner only, and only from the queue`() throws {
        try store.journal([sampleRun("a")], owner: .current)
        #expect(try !store.beginSending("a", at: time, owner: dead))
        #expect(try store.beginSending("a", at: time, owner: .current))
        #expect(try store.run("a")?.stage == .sending)
        #expect(try store.run("a")?.sentAt == time)
        #expect(try !store.beginSending("a", at: time.addingTimeInterval(9), owner: .current))
        #expect(try store.run("a")?.sentAt == time)
        #expect(try !store.beginSending("nobody", at: time, owner: .current))
    }

    @Test(arguments: RunRecord.Stage.allCases)
    func `in flight is what has work left without a person's word`(stage: RunRecord.Stage) throws {
        var run = sampleRun("a")
        try store.journal([run], owner: .current)
        run.stage = stage
        try store.update(run)
        #expect(try store.inFlight().map(\.id) == (run.isInFlight ? ["a"] : []))
        #expect(try store.beginSending("a", at: time, owner: .current) == (stage == .queued))
    }

    @Test func `an update writes everything, with its outputs in order`() throws {
        var run = sampleRun("a")
        try store.journal([run], owner: .current)
        run.stage = .settled
        run.prediction = try samplePrediction("p", status: "succeeded")
        run.logs = "100%"
        run.sentAt = time
        run.finishedAt = time.addingTimeInterval(3)
        run.cancelRequestedAt = time.addingTimeInterval(2)
        run.failure = "the second file is gone"
        run.cost = RunRecord.Cost(kind: "counted", amount: "0.006", because: "2 images at $0.003")
        run.outputs = [
            .init(url: "https://h/2", path: "/o/2.webp", size: 7, sha256: "ab", contentType: "image/webp"),
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
        try store.journal([run], owner: .current)
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
        try store.journal([one, other], owner: .current)
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
        try store.journal([run], owner: .current)
        try store.update(run)
        #expect(try store.beginSending("a", at: time, owner: .current))
    }

    @Test func `a deleted record is nowhere, and nothing of what was in it is left on the disk`() throws {
        try withDatabase { path in
            let store = try HistoryStore.open(path: path)
            var run = sampleRun("a", prompt: "a secret garden")
            try store.journal([run], owner: .current)
            run.prediction = try samplePrediction("p", status: "succeeded")
            run.stage = .settled
            run.logs = "secret log"
            run.outputs = [.init(url: "https://h/1")]
            try store.update(run)
            #expect(try store.delete("a"))
            #expect(try !store.delete("a"))
            #expect(try store.runs() == [])
            #expect(try store.run("a") == nil)
            #expect(try store.run(predictionID: "p") == nil)
            #expect(try store.prompts() == [])
            let left = try DatabaseQueue(path: path).read { database in
                try Row.fetchAll(database, sql: "SELECT * FROM run")
                    + Row.fetchAll(database, sql: "SELECT * FROM output")
            }
            #expect(left.count == 1)
            #expect(!"\(left)".contains("secret"))
        }
    }

    @Test(arguments: [RunRecord.Stage.queued, .sending, .unclear, .accepted])
    func `what is under way cannot be deleted`(stage: RunRecord.Stage) throws {
        var run = sampleRun("a")
        run.stage = stage
        try store.journal([run], owner: .current)
        #expect(try !store.delete("a"))
        #expect(try store.run("a") != nil)
    }

    @Test func `a deleted record that was to be sent again is not`() throws {
        var run = sampleRun("a")
        run.stage = .resendable
        try store.journal([run], owner: .current)
        #expect(try store.delete("a"))
        #expect(try store.resendable() == [])
    }

    @Test func `the prediction of a deleted record can be taken back, and is booked once`() throws {
        func settled(_ id: String) throws -> RunRecord {
            var run = sampleRun(id)
            run.stage = .settled
            run.prediction = try samplePrediction("p", status: "succeeded")
            run.finishedAt = time
            run.cost = .init(kind: "counted", amount: "0.003", because: "")
            return run
        }
        try store.journal([try settled("a")], owner: .current)
        #expect(try store.delete("a"))
        try store.journal([try settled("b")], owner: .current)
        #expect(try store.run(predictionID: "p")?.id == "b")
        #expect(try store.readSpend { try $0.spent(since: time) } == 3_000_000)
    }

    @Test func `a range with equal ends stays a range`() throws {
        var run = sampleRun("a")
        run.estimate = .init(low: "0.01", high: "0.01", because: "your last run", isRange: true)
        try store.journal([run], owner: .current)
        #expect(try store.run("a")?.estimate == run.estimate)
    }

    @Test func `runs come newest first up to the limit, those in flight oldest first`() throws {
        try store.journal([sampleRun("b", at: 20), sampleRun("c", at: 30), sampleRun("a", at: 10)], owner: .current)
        #expect(try store.runs().map(\.id) == ["c", "b", "a"])
        #expect(try store.runs(limit: 2).map(\.id) == ["c", "b"])
        #expect(try store.inFlight().map(\.id) == ["a", "b", "c"])
    }

    @Test func `prompts come once each, the latest first, without the empty one`() throws {
        let prompts = ["fjord", "harbour", "fjord", "", "fox"]
        let runs = prompts.enumerated().map { sampleRun("\($0.offset)", prompt: $0.element, at: Double($0.offset)) }
        try store.journal(runs, owner: .current)
        #expect(try store.prompts() == ["fox", "fjord", "harbour"])
        #expect(try store.prompts(limit: 1) == ["fox"])
    }

    // MARK: Owners

    @Test func `this process is alive and others are told apart by when they started`() {
        #expect(Owner.current.isAlive)
        let pid = Owner.current.text.prefix { $0 != ":" }
        #expect(!Owner(text: "\(pid):1").isAlive)
        #expect(["", ":", "1", "x:1", "\(pid)", "\(pid):", "1:2:3"].allSatisfy { !Owner(text: $0).isAlive })
    }

    @Test func `the runs of a process that is gone are taken over, those of a living one are not`() throws {
        let living = try #require(Owner.living(pid: 1))
        try store.journal([sampleRun("mine", at: 1)], owner: .current)
        try store.journal([sampleRun("dead", at: 2)], owner: dead)
        try store.journal([sampleRun("living", at: 3)], owner: living)
        var settled = sampleRun("settled", at: 4)
        settled.stage = .settled
        try store.journal([settled], owner: dead)
        #expect(try Set(store.claimInFlight(owner: .current)) == ["mine", "dead"])
        #expect(try Set(store.claimInFlight(owner: .current)) == ["mine", "dead"])
        #expect(try store.beginSending("dead", at: time, owner: .current))
        #expect(try !store.beginSending("living", at: time, owner: .current))
        #expect(try store.beginSending("living", at: time, owner: living))
    }

    @Test func `one run is claimed unless a living process has it`() throws {
        let living = try #require(Owner.living(pid: 1))
        try store.journal([sampleRun("dead")], owner: dead)
        try store.journal([sampleRun("living")], owner: living)
        #expect(try store.claim("dead", owner: .current))
        #expect(try store.claim("dead", owner: .current))
        #expect(try !store.claim("living", owner: .current))
        #expect(try store.claim("living", owner: living))
        #expect(try !store.claim("nobody", owner: .current))
    }

    // MARK: Figures

    @Test func `durations are those of successful runs of the model, the newest first`() throws {
        for (index, failure) in [nil, "failed", nil].enumerated() {
            var run = sampleRun("\(index)", at: 100)
            run.finishedAt = Date(timeIntervalSince1970: 105 + Double(index))
            run.cost = RunRecord.Cost(kind: "counted", amount: "1", because: "")
            run.failure = failure
            try store.journal([run], owner: .current)
        }
        #expect(try store.durations(of: "black-forest-labs/flux-schnell") == [7, 5])
        #expect(try store.durations(of: "black-forest-labs/flux-schnell", limit: 1) == [7])
        #expect(try store.durations(of: "a/b") == [])
    }
}

extension Owner {
    /// The owner that the process with this id would be; process 1 is always there.
    fileprivate static func living(pid: Int) -> Owner? {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let start = stat.split(separator: ")").last?.split(separator: " ").dropFirst(19).first
        else { return nil }
        return Owner(text: "\(pid):\(start)")
    }
}
