import Foundation
import History
import Money
import Predictions
import Pricing
import ReplicateAPI
import Studio
import Synchronization
import Testing

@testable import StudioRuntime

struct StudioRuntimeTests {
    @Test func `the first action is what is known before anything is asked`() async throws {
        try await withRuntime(
            prepare: { store in
                try store.journal([RunPerformerTests.record("old")])
                let draft = try JSONEncoder().encode(Draft(model: "lab/other", prompt: "a fox", count: 3))
                try store.drafts.save(String(decoding: draft, as: UTF8.self), slot: "compose")
            },
            configure: { $0.offeredModels = [ModelSummary(path: "lab/third", summary: "", isOfficial: true)] }
        ) { bench in
            bench.runtime.start()
            let startup = try await bench.posted.next { if case .started(let startup) = $0 { startup } else { nil } }
            #expect(startup.draft == Draft(model: "lab/other", prompt: "a fox", count: 3))
            #expect(startup.defaultModel == RuntimeBench.model)
            #expect(startup.runs.runs.map(\.id.rawValue) == ["old"])
            #expect(startup.models.map(\.path) == ["lab/third"])
            #expect(startup.model == nil)
        }
    }

    @Test func `the last draft is durable when the studio has ended`() async throws {
        try await withRuntime { bench in
            bench.runtime.perform(.saveDraft(Draft(prompt: "a fo")))
            bench.runtime.perform(.saveDraft(Draft(prompt: "a fox")))
            #expect(await bench.runtime.finish() == .saved)
            #expect(bench.runtime.drafts.last().prompt == "a fox")
        }
    }

    @Test func `earlier prompts are read, the latest first`() async throws {
        try await withRuntime(prepare: { store in
            try store.journal([RunPerformerTests.record("old", age: 90), RunPerformerTests.record("new", age: 10)])
        }) { bench in
            bench.runtime.perform(.loadPrompts)
            let prompts = try await bench.posted.next {
                if case .promptsLoaded(let prompts) = $0 { prompts } else { nil }
            }
            #expect(prompts == ["prompt new", "prompt old"])
        }
    }

    @Test func `a prompt with alternatives is listed as it was typed, in the place of what it stands for`() async throws
    {
        try await withRuntime(prepare: { store in
            let texts = ["a red fox", "a blue fox", "an owl", "a {lone|pair}"]
            try store.journal(
                texts.enumerated().map { index, text in
                    var run = RunPerformerTests.record("r\(index)", age: Double(100 - index))
                    run.prompt = text
                    return run
                }
            )
        }) { bench in
            bench.runtime.drafts.keepTemplate("a {red|blue} fox")
            bench.runtime.perform(.loadPrompts)
            let prompts = try await bench.posted.next {
                if case .promptsLoaded(let prompts) = $0 { prompts } else { nil }
            }
            // What was sent with braces of its own stands for itself.
            #expect(prompts == ["a {red|blue} fox", "a \\{lone\\|pair\\}", "an owl"])
        }
    }

    @Test func `what a run will cost counts as soon as it is told of, whatever its stage is by then`() async throws {
        try await withRuntime { bench in
            let updates = RunUpdates()
            for (id, stage) in [
                ("a", RunRecord.Stage.sending), ("a", .accepted), ("b", .accepted), ("a", .settled), ("b", .accepted),
            ] {
                updates.receive(.run(RunPerformerTests.record(id, stage: stage)))
            }
            updates.close()
            let changes = Mutex<[RunChange]>([])
            await updates.forward(
                bench.runs.reader,
                to: { _ in },
                changedSpend: { change in changes.withLock { $0.append(change) } }
            )
            let model = RunPerformerTests.record("a").model
            #expect(
                changes.withLock { $0 } == [
                    .priced(model: model, isSettled: false), .priced(model: model, isSettled: false),
                    .priced(model: model, isSettled: true),
                ]
            )
        }
    }

    @Test func `updates are posted in the order in which the runner told them`() async throws {
        try await withRuntime { bench in
            bench.runtime.start()
            // Nothing is read and nothing is posted on the thread that tells.
            for number in 0..<200 { bench.runtime.receive(.noticed("\(number)")) }
            bench.runtime.receive(.offline("no network"))
            bench.runtime.receive(.online)
            var texts: [String] = []
            while texts.count < 200 { texts.append(try await bench.posted.nextNotice().text) }
            #expect(texts == (0..<200).map { "\($0)" })
            var states: [Connectivity] = []
            while states.count < 2 {
                states.append(
                    try await bench.posted.next { if case .connectivityChanged(let state) = $0 { state } else { nil } }
                )
            }
            #expect(states == [.offline("no network"), .online])
        }
    }

    @Test func `a run that another process took over is shown as it is there, with a word`() async throws {
        try await withRuntime(prepare: { try $0.journal([RunPerformerTests.record("mine", stage: .unclear)]) }) {
            bench in
            bench.runtime.start()
            bench.runtime.receive(.takenOver("mine"))
            let run = try await bench.posted.next { action -> RunItem? in
                if case .runChanged(let run) = action, run.id.rawValue == "mine" { run } else { nil }
            }
            #expect(run.stage == .unclear)
        }
    }

    @Test func `the spend of a period is read from the history`() async throws {
        try await withRuntime(prepare: { store in
            var run = RunPerformerTests.record("paid", stage: .settled)
            run.finishedAt = Date()
            run.cost = .counted(Money("0.5")!, because: "")
            try store.journal([run])
        }) { bench in
            bench.runtime.perform(.loadSpend(.week))
            let report = try await bench.posted.next {
                if case .spendLoaded(.week, let report) = $0 { report } else { nil }
            }
            #expect(report.days.count == 7)
            #expect(report.total.runs == 1)
        }
    }

    @Test func `a person's own command gets the records of what has ended, and its failure is told`() async throws {
        try await withRuntime(
            prepare: { try $0.journal(["a", "b"].map { RunPerformerTests.record($0, stage: .settled) }) },
            configure: { $0.tellOfEnd = { runs in "told of \(runs.map(\.id).joined(separator: " and "))" } }
        ) { bench in
            bench.runtime.perform(.tellOfEnd([.init(rawValue: "a"), .init(rawValue: "b"), .init(rawValue: "gone")]))
            let notice = try await bench.posted.nextNotice()
            #expect(notice == Notice(.warning, "told of a and b"))
        }
    }
}
