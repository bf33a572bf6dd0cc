import Foundation
import History
import Money
import Predictions
import ReplicateAPI
import Search
import Studio
import Testing

@testable import StudioRuntime

/// What another process does with the history is seen in the studio.
@Suite(.timeLimit(.minutes(10)))
struct ExternalRunsTests {
    private func record(_ id: String, prompt: String) -> RunRecord {
        var run = RunRecord(
            id: id,
            model: RuntimeBench.model,
            input: ["prompt": .string(prompt)],
            prompt: prompt,
            origin: .command,
            createdAt: Date(),
            estimate: .unknown(reason: "nobody knows")
        )
        run.stage = .settled
        return run
    }

    private func changed(_ action: StudioAction) -> [RunItem]? {
        if case .runsChangedElsewhere(let runs) = action { runs } else { nil }
    }

    @Test func `a run of another process comes, changes and goes, and is spent`() async throws {
        try await withRuntime(isOnDisk: true) { bench in
            bench.runtime.start()
            _ = try await bench.posted.next { if case .started = $0 { true } else { nil } }
            let other = try bench.openElsewhere()
            try other.journal([record("other", prompt: "a zebra")])
            let new = try await bench.posted.next(changed)
            #expect(new.map(\.prompt) == ["a zebra"])
            _ = try await bench.posted.next { if case .spendChanged = $0 { true } else { nil } }

            _ = try other.annotate(["other"]) { $0.isFavourite = true }
            let starred = try await bench.posted.next(changed)
            #expect(starred.map(\.annotation.isFavourite) == [true])

            _ = try other.delete("other")
            let gone = try await bench.posted.next { if case .runDeleted(let id) = $0 { id } else { nil } }
            #expect(gone.rawValue == "other")
        }
    }

    @Test func `two readings differ in what is new, what has changed, and what is gone`() async throws {
        try await withRuntime(prepare: { store in
            try store.journal((0..<3).map { RunPerformerTests.record("run-\($0)", age: Double(100 - $0)) })
        }) { bench in
            let before = bench.runs.firstPage()
            #expect(ExternalRuns.changed(from: before, to: before).isEmpty)
            #expect(ExternalRuns.missing(from: before, in: before).isEmpty)
            _ = try bench.store.annotate(["run-1"]) { $0.isFavourite = true }
            _ = try bench.store.delete("run-0")
            try bench.store.journal([RunPerformerTests.record("run-3", age: 1)])
            let after = bench.runs.firstPage()
            #expect(ExternalRuns.changed(from: before, to: after).map(\.id.rawValue) == ["run-1", "run-3"])
            #expect(ExternalRuns.missing(from: before, in: after).map(\.rawValue) == ["run-0"])
        }
    }

    @Test func `a run that is pushed off the newest page is not gone`() async throws {
        try await withRuntime(prepare: { store in
            try store.journal(
                (0..<RunReader.pageSize).map { RunPerformerTests.record("run-\($0)", age: Double(1_000 - $0)) }
            )
        }) { bench in
            let before = bench.runs.firstPage()
            try bench.store.journal([RunPerformerTests.record("new", age: 1)])
            let after = bench.runs.firstPage()
            #expect(ExternalRuns.missing(from: before, in: after).isEmpty)
            #expect(ExternalRuns.changed(from: before, to: after).map(\.id.rawValue) == ["new"])
        }
    }

    @Test func `what this process does is told once, by itself`() async throws {
        try await withRuntime(isOnDisk: true) { bench in
            bench.runtime.start()
            _ = try await bench.posted.next { if case .started = $0 { true } else { nil } }
            let own = try await bench.runner.submit([
                RunDraft(
                    model: RuntimeBench.model,
                    prompt: "own",
                    input: ["prompt": "own"],
                    origin: .studio,
                    estimate: .unknown(reason: "nobody knows")
                )
            ])
            _ = await bench.runner.wait(for: own[0].id, timeout: nil)
            try bench.openElsewhere().journal([record("other", prompt: "another's")])
            let seen = try await bench.posted.next(changed)
            #expect(seen.contains { $0.prompt == "another's" })
            #expect(seen.allSatisfy { $0.prompt == "another's" || !$0.isActive })
        }
    }
}
