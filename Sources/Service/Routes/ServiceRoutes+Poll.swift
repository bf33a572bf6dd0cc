import Foundation
import History
import Hummingbird
import ReplicateAPI
import ReplicateClient

extension ServiceRoutes {
    /// Waits for a prediction: one of ours without a question, any other by asking every `interval` seconds.
    func poll(_ request: PollRequest) async -> Result<Response, Problem> {
        let known = try? await jobs.history.read { try $0.run(predictionID: request.id) }
        if let run = known ?? nil {
            if let prediction = run.prediction, prediction.isFinished { return .success(Self.response(prediction)) }
            let (watch, id) = (generations.watch, run.id)
            let ended: InTime = await .run(Self.seconds(request.timeout), timeouts, for: nil, departures) {
                await watch.end(of: id)
            }
            if case .done(let run?) = ended, let prediction = run.record.prediction {
                return .success(Self.response(prediction))
            }
            if case .tooLate = ended { return .success(Self.timeout(request)) }
        }
        return await ask(request)
    }

    private func ask(_ request: PollRequest) async -> Result<Response, Problem> {
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
                // Not having been able to ask says nothing about the prediction.
                if !error.isTransient { return .failure(.detail(.internalServerError, error.message)) }
            }
            let left = end - clock.now
            guard left > .zero else { return .success(Self.timeout(request)) }
            let pause = max(Self.seconds(request.interval), .milliseconds(500))
            guard (try? await sleep(min(left, pause))) != nil else { return .failure(.timeout) }
        }
    }

    /// A day is for ever.
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
