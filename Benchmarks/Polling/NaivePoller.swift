import Foundation
import Predictions
import ReplicateAPI
import ReplicateClient
import Synchronization

/// What everybody writes first: one question a prediction, every so many seconds.
struct NaivePoller {
    let interval: Double

    func run(_ count: Int, total: Int, at url: URL) async throws -> Measurement {
        let transport = CountingTransport(CurlTransport())
        let client = APIClient(
            configuration: ClientConfiguration(
                baseURL: url,
                token: Token("r8_bench"),
                retry: RetryPolicy(attempts: 1)
            ),
            transport: transport
        )
        let lags = Lags()
        let interval = interval
        var start = (time: ContinuousClock.now, cpu: 0.0, questions: 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            var created: [Prediction.ID] = []
            for _ in 0..<min(count, total) { created.append(try await Self.create(client)) }
            start = (ContinuousClock.now, Usage.cpuSeconds, transport.questions)
            var begun = created.count
            for id in created { group.addTask { try await Self.follow(id, client, interval, lags) } }
            while try await group.next() != nil, begun < total {
                begun += 1
                let id = try await Self.create(client)
                group.addTask { try await Self.follow(id, client, interval, lags) }
            }
            try await group.waitForAll()
        }
        let found = lags.all
        return Measurement(
            lags: found,
            requests: transport.questions - start.questions,
            refused: transport.refused,
            seconds: Double((ContinuousClock.now - start.time).components.seconds) + 0.5,
            cpuSeconds: Usage.cpuSeconds - start.cpu,
            residentMegabytes: Usage.peakMegabytes,
            finished: found.count,
            saved: nil
        )
    }

    private static func create(_ client: APIClient) async throws -> Prediction.ID {
        try await client.createPrediction(version: Bench.model.path, input: Bench.draft.input).id
    }

    private static func follow(
        _ id: Prediction.ID,
        _ client: APIClient,
        _ interval: Double,
        _ lags: Lags
    ) async throws {
        // Those who start together do not ask together.
        try await Task.sleep(for: .seconds(.random(in: 0...interval)))
        while true {
            if let prediction = try? await client.prediction(id), let end = prediction.completedAt {
                return lags.add(Date().timeIntervalSince(end))
            }
            try await Task.sleep(for: .seconds(interval))
        }
    }
}

private final class Lags: Sendable {
    private let seconds = Mutex<[Double]>([])
    var all: [Double] { seconds.withLock { $0 } }
    func add(_ lag: Double) { seconds.withLock { $0.append(lag) } }
}
