import Foundation
import History
import Money
import ReplicateAPI
import Sandbox

@testable import Commands

extension CommandHarness {
    /// A sandbox configuration in which nothing waits.
    static func immediate(_ change: (inout SandboxConfiguration) -> Void = { _ in }) -> SandboxConfiguration {
        var configuration = SandboxConfiguration(speed: 0, creationLimit: RateLimit(perMinute: 60_000))
        configuration.requestLimit = RateLimit(perMinute: 600_000)
        change(&configuration)
        return configuration
    }

    /// Journals a run that has ended with this status of the server.
    @discardableResult
    func settle(
        _ id: String,
        model: String = "a/b",
        status: PredictionStatus = .succeeded,
        cost: ActualCost = .counted(Money("0.02")!, because: "2 images"),
        estimate: Estimate = .exact(Money("0.02")!, because: "2 images"),
        ended: Date = Date(timeIntervalSinceNow: -60),
        files: [String] = [],
        _ change: (inout RunRecord) -> Void = { _ in }
    ) throws -> RunRecord {
        var run = RunRecord(
            id: "run-\(id)",
            model: model,
            input: ["prompt": "a fox"],
            prompt: "a fox",
            origin: .command,
            createdAt: ended.addingTimeInterval(-5),
            estimate: estimate
        )
        run.stage = .settled
        let answer: JSONObject = [
            "id": .string(id), "status": .string(status.rawValue), "model": .string(model),
            "output": status == .succeeded ? .array([.string("https://replicate.delivery/\(id).webp")]) : .null,
        ]
        run.prediction = Prediction(json: .object(answer))
        run.finishedAt = ended
        run.cost = cost
        run.outputs = files.map { RunRecord.Output(url: "https://replicate.delivery/\(id).webp", path: $0) }
        change(&run)
        try store().journal([run])
        return run
    }

    /// Journals a run that waits to be sent and belongs to no living process.
    @discardableResult
    func queue(_ id: String, model: String = "black-forest-labs/flux-schnell") throws -> RunRecord {
        let run = RunRecord(
            id: id,
            model: model,
            input: ["prompt": "a fox"],
            prompt: "a fox",
            origin: .studio,
            createdAt: Date(timeIntervalSinceNow: -3_600),
            estimate: .exact(Money("0.003")!, because: "1 image × $0.003")
        )
        try store().journal([run])
        return run
    }
}
