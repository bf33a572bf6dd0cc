import Foundation
import History
import Logging
import Money
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient
import Synchronization

/// The program's own runner, as the studio uses it, with a history and an output folder that are thrown away.
enum OwnPoller {
    static func run(_ count: Int, total: Int, at url: URL) async throws -> Measurement {
        let folder = FileManager.default.temporaryDirectory.appending(path: "polling-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let transport = CountingTransport(CurlTransport())
        let client = APIClient(
            configuration: ClientConfiguration(baseURL: url, token: Token("r8_bench")),
            transport: transport
        )
        let ends = Ends()
        let runner = PredictionRunner(
            store: try HistoryStore.open(path: folder.appending(path: "history.sqlite").path),
            client: client,
            prices: .builtIn,
            saver: OutputSaver(client: client, folder: folder.appending(path: "outputs")),
            logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() },
            configuration: RunnerConfiguration(creationsPerMinute: 600_000),
            onUpdate: { ends.take($0) }
        )
        _ = try await runner.model(Bench.model)
        _ = try await runner.submit((0..<min(count, total)).map { _ in Bench.draft })
        while ends.accepted < min(count, total) { try await Task.sleep(for: .milliseconds(5)) }
        let start = (time: ContinuousClock.now, cpu: Usage.cpuSeconds, questions: transport.questions)
        var submitted = min(count, total)
        while ends.settled < total {
            // One more for each that has ended, until there were enough.
            let room = min(total - submitted, count - (submitted - ends.settled))
            if room > 0 {
                submitted += room
                _ = try await runner.submit((0..<room).map { _ in Bench.draft })
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        let seconds = Double((ContinuousClock.now - start.time).components.seconds) + 0.5
        let measurement = Measurement(
            lags: ends.lags,
            requests: transport.questions - start.questions,
            refused: transport.refused,
            seconds: seconds,
            cpuSeconds: Usage.cpuSeconds - start.cpu,
            residentMegabytes: Usage.peakMegabytes,
            finished: ends.lags.count,
            saved: ends.saved
        )
        await runner.stop()
        return measurement
    }
}

enum Bench {
    static let model = ModelReference("black-forest-labs/flux-schnell")!

    static var draft: RunDraft {
        RunDraft(
            model: model.path,
            prompt: "a bench",
            input: ["prompt": "a bench", "megapixels": "0.25", "output_format": "jpg"],
            origin: .command,
            estimate: .unknown(reason: "it is a bench")
        )
    }
}

/// Ends as they are told.
private final class Ends: Sendable {
    private struct State {
        var accepted: Set<String> = []
        var seen: Set<String> = []
        var lags: [Double] = []
        var settled: Set<String> = []
        var saved = 0
    }

    private let state = Mutex(State())

    var accepted: Int { state.withLock { $0.accepted.count } }
    var lags: [Double] { state.withLock { $0.lags } }
    var settled: Int { state.withLock { $0.settled.count } }
    var saved: Int { state.withLock { $0.saved } }

    func take(_ update: RunUpdate) {
        guard case .run(let run) = update else { return }
        let now = Date()
        state.withLock { state in
            if run.prediction != nil { state.accepted.insert(run.id) }
            if let end = run.prediction?.completedAt, state.seen.insert(run.id).inserted {
                state.lags.append(now.timeIntervalSince(end))
            }
            if run.stage == .settled, state.settled.insert(run.id).inserted, !run.outputs.isEmpty,
                run.outputs.allSatisfy({ $0.path != nil })
            {
                state.saved += 1
            }
        }
    }
}
