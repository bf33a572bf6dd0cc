import Composing
import Foundation
import History
import Predictions
import ReplicateAPI
import Sandbox
import Studio
import Testing

@testable import StudioRuntime

struct ModelPerformerTests {
    @Test func `what the history knows is told first, then what the API says`() async throws {
        try await withRuntime { bench in
            bench.runtime.perform(.loadModel(RuntimeBench.model))
            let first = try await bench.posted.next { action -> String? in
                if case .historyLoaded(let path, _, _) = action { path } else { nil }
            }
            #expect(first == RuntimeBench.model)
            let details = try await bench.posted.next {
                if case .modelLoaded(let details, _) = $0 { details } else { nil }
            }
            #expect(details.path == RuntimeBench.model)
            #expect(details.schema.promptField == "prompt")
        }
    }

    @Test func `a model that the API does not know is missing, and that is an answer`() async throws {
        try await withRuntime { bench in
            bench.runtime.perform(.loadModel("nobody/nothing"))
            let path = try await bench.posted.next { if case .modelMissing(let path, _) = $0 { path } else { nil } }
            #expect(path == "nobody/nothing")
            let connectivity = try await bench.posted.next { action -> Connectivity? in
                if case .connectivityChanged(let connectivity) = action { connectivity } else { nil }
            }
            #expect(connectivity == .online)
        }
    }

    @Test func `without a token nothing is asked`() async throws {
        try await withRuntime(mode: .noToken) { bench in
            bench.runtime.perform(.loadModel(RuntimeBench.model))
            let reason = try await bench.posted.next {
                if case .modelUnavailable(_, let reason) = $0 { reason } else { nil }
            }
            #expect(reason.contains("REPLICATE_API_TOKEN"))
        }
    }

    @Test func `what cannot be asked once is asked again`() async throws {
        try await withRuntime(faults: [try FaultRule(parsing: "500=first:8")]) { bench in
            bench.runtime.perform(.loadModel(RuntimeBench.model))
            let details = try await bench.posted.next {
                if case .modelLoaded(let details, _) = $0 { details } else { nil }
            }
            #expect(details.path == RuntimeBench.model)
        }
    }

    @Test func `a search finds models by their words`() async throws {
        try await withRuntime { bench in
            bench.runtime.perform(.searchModels("flux"))
            let found = try await bench.posted.next {
                if case .modelsFound("flux", let found) = $0 { found } else { nil }
            }
            #expect(found.contains { $0.path == RuntimeBench.model })
        }
    }

    @Test func `what a model runs on is kept, and so is that it is not known`() async throws {
        try await withRuntime { bench in
            bench.runtime.models.rememberHardware("gpu-l40s", of: "lab/slow")
            let named = try bench.store.models.hardware(of: "lab/slow")
            #expect(named == "gpu-l40s")
            bench.runtime.models.rememberHardware("", of: "lab/slow")
            let open = try bench.store.models.hardware(of: "lab/slow")
            #expect(open == "")
        }
    }

    @Test func `a model is offered once, those that ran last first`() async throws {
        try await withRuntime { bench in
            let reference = try #require(ModelReference(RuntimeBench.model))
            _ = try await bench.runner.details(of: reference, asking: true)
            let other = ModelSummary(path: "lab/other", summary: "", isOfficial: true)
            let same = ModelSummary(path: RuntimeBench.model, summary: "", isOfficial: true)
            let offered = bench.runtime.models.known(and: [other, same, other]).map(\.path)
            #expect(Set(offered).count == offered.count)
            #expect(Set(offered) == ["lab/other", RuntimeBench.model])
        }
    }

    @Test func `the pauses double up to a quarter of a minute`() {
        #expect(Array(ReconnectPauses().prefix(6)) == [1, 2, 4, 8, 15, 15].map { .seconds($0) })
    }

    @Test func `a model's readme is read`() async throws {
        try await withRuntime { bench in
            bench.runtime.perform(.loadReadme(RuntimeBench.model))
            let (path, readme) = try await bench.posted.next { action -> (String, String)? in
                if case .readmeLoaded(let path, let readme) = action { (path, readme) } else { nil }
            }
            #expect(path == RuntimeBench.model)
            #expect(readme.contains("flux-schnell"))
        }
    }
}
