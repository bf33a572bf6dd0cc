import Composing
import Foundation
import History
import Money
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient
import Sandbox
import Search
import Studio
import Testing

@testable import StudioRuntime

struct RunPerformerTests {
    static let request = RunRequest(
        model: RuntimeBench.model,
        prompt: "a fjord",
        input: ["prompt": "a fjord", "megapixels": "0.25"],
        estimate: .exact(Money("0.003")!, because: "1 image × $0.003")
    )

    /// A record of the past or of another session, as the history holds it.
    static func record(_ id: String, stage: RunRecord.Stage = .refused, age: Double = 60) -> RunRecord {
        var run = RunRecord(
            id: id,
            model: RuntimeBench.model,
            input: ["prompt": .string("prompt \(id)")],
            prompt: "prompt \(id)",
            origin: .studio,
            createdAt: Date(timeIntervalSinceNow: -age),
            estimate: request.estimate
        )
        run.stage = stage
        return run
    }

    @Test func `a run that was submitted is journaled, followed to its end, and counted`() async throws {
        try await withRuntime { bench in
            bench.runtime.start()
            bench.runtime.perform(.submit([Self.request]))
            let count = try await bench.posted.next { if case .submitted(let runs) = $0 { runs.count } else { nil } }
            #expect(count == 1)
            let ended = try await bench.posted.next { action -> RunItem? in
                guard case .runChanged(let run) = action, run.stage == .succeeded, run.cost != nil else { return nil }
                return run
            }
            #expect(ended.outputs.allSatisfy { $0.path != nil })
            let spend = try await bench.posted.next { if case .spendChanged(let spend) = $0 { spend } else { nil } }
            #expect(spend.session.paid == Money("0.003")!)
        }
    }

    @Test func `a budget that refuses is told, and nothing is journaled`() async throws {
        var budget = Budget()
        budget.day = Money("0.001")
        try await withRuntime(spending: SpendingPolicy(budget: budget)) { bench in
            await bench.runs.submit([Self.request])
            let reason = try await bench.posted.next {
                if case .submissionFailed(let reason) = $0 { reason } else { nil }
            }
            #expect(reason.contains("$0.001"))
            #expect(try bench.store.runs().isEmpty)
        }
    }

    @Test func `a folder that takes no files is told, and nothing is sent`() async throws {
        try await withRuntime { bench in
            try FileManager.default.removeItem(at: bench.folder)
            try Data().write(to: bench.folder)
            await bench.runs.submit([Self.request])
            let reason = try await bench.posted.next {
                if case .submissionFailed(let reason) = $0 { reason } else { nil }
            }
            #expect(reason.contains(bench.folder.path) && reason.hasSuffix("Nothing was sent"))
            #expect(try bench.store.runs().isEmpty)
        }
    }

    @Test func `pages are read one after the other until there is none`() async throws {
        let count = RunReader.pageSize + 3
        try await withRuntime(prepare: { store in
            try store.journal((0..<count).map { Self.record("run-\($0)", age: Double($0)) })
        }) { bench in
            let first = bench.runs.firstPage()
            #expect(first.runs.count == RunReader.pageSize)
            #expect(first.total == count)
            #expect(first.hasBelow && !first.hasAbove)
            let request = RunPage.Request(RunQuery(), .below(try #require(first.runs.last).id))
            bench.runtime.perform(.loadRuns(request))
            let second = try await bench.posted.next { if case .runsLoaded(let page) = $0 { page } else { nil } }
            #expect(second.request == request)
            #expect(second.runs.map(\.id.rawValue) == (count - 3..<count).map { "run-\($0)" })
            #expect(second.hasAbove && !second.hasBelow)
        }
    }

    @Test func `a search is answered from the whole history, with its count`() async throws {
        let count = RunReader.pageSize + 50
        try await withRuntime(prepare: { store in
            try store.journal((0..<count).map { Self.record("run-\($0)", age: Double($0)) })
        }) { bench in
            var query = RunQuery()
            query.add(.since(Date(timeIntervalSince1970: 0)))
            bench.runtime.perform(.loadRuns(RunPage.Request(query, .last)))
            let page = try await bench.posted.next { if case .runsLoaded(let page) = $0 { page } else { nil } }
            #expect(page.runs.last?.id.rawValue == "run-\(count - 1)")
            let request = RunCounts.Request(query, above: page.runs.first?.id, changes: 0)
            bench.runtime.perform(.countRuns(request))
            let counts = try await bench.posted.next { if case .runsCounted(let counts) = $0 { counts } else { nil } }
            #expect(counts == RunCounts(request, total: count, above: 50))
        }
    }

    @Test func `what waits for a decision is on the first page however old it is`() async throws {
        try await withRuntime(prepare: { store in
            try store.journal((0..<RunReader.pageSize).map { Self.record("run-\($0)", age: Double($0)) })
            try store.journal([Self.record("lost", stage: .resendable, age: 1_000_000)])
        }) { bench in
            #expect(bench.runs.firstPage().open.map(\.id.rawValue) == ["lost"])
        }
    }

    @Test func `a deleted record is gone from table and history`() async throws {
        try await withRuntime(prepare: { try $0.journal([Self.record("old")]) }) { bench in
            bench.runtime.start()
            bench.runtime.perform(.delete([.init(rawValue: "old")]))
            let id = try await bench.posted.next { if case .runDeleted(let id) = $0 { id } else { nil } }
            #expect(id.rawValue == "old")
            #expect(try bench.store.run("old") == nil)
        }
    }

    @Test func `a run that another darkroom has in line is canceled from here`() async throws {
        try await withRuntime(isOnDisk: true) { bench in
            let there = try bench.openElsewhere()
            try there.journal([Self.record("queued", stage: .queued)])
            bench.runtime.start()
            await bench.runs.cancel([.init(rawValue: "queued")])
            let run = try await bench.posted.next { if case .runChanged(let run) = $0 { run } else { nil } }
            #expect(run.id.rawValue == "queued")
            #expect(try bench.store.run("queued")?.isInFlight == false)
            #expect(bench.server.statistics.predictionsCreated == 0)
        }
    }

    @Test func `a run that another darkroom is sending stays its own, and that is said`() async throws {
        try await withRuntime(isOnDisk: true) { bench in
            let there = try bench.openElsewhere()
            try there.journal([Self.record("sending", stage: .sending)])
            await bench.runs.cancel([.init(rawValue: "sending")])
            #expect(try await bench.posted.nextNotice().text.contains("Another darkroom is sending this run"))
            #expect(try there.run("sending")?.stage == .sending)
        }
    }

    @Test func `a run that another darkroom watches is canceled on the server`() async throws {
        try await withRuntime(isOnDisk: true) { bench in
            let there = try bench.openElsewhere()
            let input: JSONObject = ["prompt": .string("a fjord")]
            var run = Self.record("watched", stage: .accepted)
            run.prediction = try await bench.client.createPrediction(version: RuntimeBench.model, input: input)
            try there.journal([run])
            await bench.runs.cancel([.init(rawValue: "watched")])
            #expect(try await bench.posted.nextNotice().text.contains("Canceled on the server"))
            #expect(bench.server.statistics.requestsByKind[.cancel] == 1)
            #expect(try there.run("watched")?.stage == .accepted)
        }
    }

    @Test func `of each candidate is said what the server knows, and whether it is taken`() async throws {
        try await withRuntime { bench in
            bench.runtime.start()
            let runs = try await bench.runner.submit([RunDraft(Self.request, origin: .studio)])
            let ended = try #require(await bench.runner.wait(for: runs[0].id, timeout: nil))
            let taken = try #require(ended.prediction?.id.rawValue)
            await bench.runs.loadCandidates(.init(rawValue: "lost"), [taken, "nobody-knows-this"])
            let candidates = try await bench.posted.next {
                if case .candidatesLoaded(_, let candidates) = $0 { candidates } else { nil }
            }
            #expect(candidates.map(\.isTaken) == [true, false])
            #expect(candidates.map(\.status) == ["succeeded", nil])
        }
    }

    @Test func `what was queued earlier is announced with its price before it is sent`() async throws {
        try await withRuntime(prepare: { try $0.journal([Self.record("queued", stage: .queued)]) }) { bench in
            bench.runs.announceQueued()
            let notice = try await bench.posted.nextNotice()
            #expect(notice.text == "1 run that was queued earlier is sent now: $0.003")
        }
    }

    @Test func `the durations of a model are read once, and again after a run has ended`() throws {
        let store = try HistoryStore.inMemory()
        let durations = TypicalDurations(store)
        #expect(durations.seconds(of: RuntimeBench.model) == nil)
        try store.journal((1...3).map { Self.ended("run-\($0)", seconds: Double($0)) })
        #expect(durations.seconds(of: RuntimeBench.model) == nil)
        durations.forget(RuntimeBench.model)
        #expect(durations.seconds(of: RuntimeBench.model) == 2)
    }

    @Test func `what a run was given is read without its seed, with the model as it is now`() async throws {
        try await withRuntime(prepare: { store in
            var run = Self.record("one", stage: .settled)
            run.input["seed"] = 7
            try store.journal([run])
        }) { bench in
            bench.runtime.perform(.recall([.init(rawValue: "one")]))
            let orders = try await bench.posted.next { if case .recalled(let orders) = $0 { orders } else { nil } }
            #expect(orders.map(\.model) == [RuntimeBench.model])
            #expect(orders[0].inputs == [GivenInput("prompt", .json("prompt one"))])
            #expect(orders[0].details?.schema.promptField == "prompt")
            #expect(orders[0].history != nil)
        }
    }

    @Test func `a run whose record is gone cannot be run again, and that is said`() async throws {
        try await withRuntime { bench in
            bench.runtime.perform(.recall([.init(rawValue: "gone")]))
            let reason = try await bench.posted.next { if case .recallFailed(let reason) = $0 { reason } else { nil } }
            #expect(reason.contains("cannot be read"))
        }
    }

    /// A run that took so many seconds.
    private static func ended(_ id: String, seconds: Double) -> RunRecord {
        var run = record(id, stage: .settled, age: 1_000)
        run.prediction = Prediction(json: ["id": .string(id), "status": "succeeded"])
        run.finishedAt = run.createdAt.addingTimeInterval(seconds)
        run.cost = .counted(Money("0.003")!, because: "")
        return run
    }
}
