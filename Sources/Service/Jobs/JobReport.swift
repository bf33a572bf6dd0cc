import Foundation
import History
import ReplicateAPI

/// Where an accepted job stands, for `GET /api/jobs/ID`.
struct JobReport: Sendable {
    let job: ServiceJob
    /// Its run; nil while that was not started.
    let run: RunRecord?

    /// `{job_id, status, prediction_id, created_at, ended_at, result, callback}`; `status` is `queued`, `processing`,
    /// `succeeded` or `failed`, and `callback` null where none was asked for.
    var json: JSONValue {
        [
            "job_id": .string(job.id), "status": .string(status),
            "prediction_id": run?.prediction.map { .string($0.id.rawValue) } ?? .null,
            "created_at": .string(Timestamp.format(job.createdAt)),
            "ended_at": job.endedAt.map { .string(Timestamp.format($0)) } ?? .null, "result": job.result ?? .null,
            "callback": callback,
        ]
    }

    private var status: String {
        if let result = job.result { return result["success"]?.bool == true ? "succeeded" : "failed" }
        return run?.isSent == true ? "processing" : "queued"
    }

    private var callback: JSONValue {
        guard job.callbackURL != nil else { return .null }
        let state =
            switch job.stage {
            case .accepted: "waiting"
            case .ended: job.attempts == 0 ? "sending" : "retrying"
            case .delivered: "delivered"
            case .undelivered: "undelivered"
            }
        return [
            "status": .string(state), "attempts": .integer(Int64(job.attempts)),
            "next_attempt_at": job.stage == .ended
                ? job.nextAttemptAt.map { .string(Timestamp.format($0)) } ?? .null : .null,
            "error": job.failure.map(JSONValue.string) ?? .null,
        ]
    }
}
