import Foundation
import History
import Hummingbird
import ReplicateAPI
import ReplicateClient

/// The routes that tell how runs and jobs stand.
struct StatusRoutes: Sendable {
    let live: LiveConfiguration
    let history: AsyncHistory
    let watch: RunWatch
    let client: APIClient
    let token: TokenCheck
    let deadlines: RequestDeadlines
    let sleep: @Sendable (Duration) async throws -> Void

    func add(to router: Router<ServiceContext>) {
        router.get("/api/jobs/{id}") { _, context in
            let id = context.parameters.get("id") ?? ""
            let report = try await history.read { store in
                try store.jobs.job(id).map { JobReport(job: $0, run: try store.run($0.runID)) }
            }
            guard let report else { throw HTTPProblem.detail(.notFound, "There is no such job") }
            return Response.json(report.json)
        }
        router.post("/api/generate/poll") { request, context in
            let body = try await request.decoded(limit: live.current.bodyLimit) { PollRequest(&$0) }
            try token.require()
            switch await deadlines.run(for: context, { await poll(body) }) {
            case .completed(let result): return try result.get()
            case .timedOut: throw HTTPProblem.timeout
            case .disconnected: throw HTTPProblem.stopping
            }
        }
    }

    /// Waits for a prediction. The end of a run in the history is reported by its runner; any other prediction is asked for
    /// every `interval` seconds.
    private func poll(_ request: PollRequest) async -> Result<Response, HTTPProblem> {
        let known = try? await history.read { try $0.run(predictionID: request.id) }
        if let run = known ?? nil {
            if let prediction = run.prediction, prediction.isFinished { return .success(Self.response(prediction)) }
            let (watch, id) = (watch, run.id)
            let ended: DeadlineResult = await .run(
                within: Self.seconds(request.timeout),
                deadlines.timeouts,
                for: nil,
                deadlines.disconnects
            ) { await watch.end(of: id) }
            if case .completed(let run?) = ended, let prediction = run.record.prediction {
                return .success(Self.response(prediction))
            }
            if case .timedOut = ended { return .success(Self.timeout(request)) }
        }
        return await ask(request)
    }

    private func ask(_ request: PollRequest) async -> Result<Response, HTTPProblem> {
        let clock = ContinuousClock()
        let end = clock.now + Self.seconds(request.timeout)
        while true {
            do {
                let prediction = try await client.prediction(Prediction.ID(request.id))
                if prediction.isFinished { return .success(Self.response(prediction)) }
            } catch {
                if error.code == .notFound {
                    return .failure(.detail(.notFound, "There is no prediction \(request.id)"))
                }
                // A failed question says nothing about the prediction.
                if !error.isTransient { return .failure(.detail(.internalServerError, error.message)) }
            }
            let left = end - clock.now
            guard left > .zero else { return .success(Self.timeout(request)) }
            let pause = max(Self.seconds(request.interval), .milliseconds(500))
            guard (try? await sleep(min(left, pause))) != nil else { return .failure(.timeout) }
        }
    }

    /// Limits the time to a day.
    private static func seconds(_ number: Int64) -> Duration { .seconds(min(number, 86_400)) }

    private static func response(_ prediction: Prediction) -> Response {
        Response.json([
            "status": .string(prediction.status.rawValue), "output": prediction.output ?? .null,
            "error": prediction.error.map(JSONValue.string) ?? .null,
        ])
    }

    private static func timeout(_ request: PollRequest) -> Response {
        Response.json([
            "status": "timeout", "output": .null,
            "error": .string("Still running after \(request.timeout) seconds; it goes on"),
        ])
    }
}
