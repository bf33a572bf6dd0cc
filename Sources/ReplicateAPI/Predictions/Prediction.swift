package import Foundation

/// One run of a model, as the API reports it.
///
/// Decoded leniently: a missing or ill-typed field is nil or empty, never an error, and ``raw`` keeps the whole
/// object. Only an object without an `id` is not a prediction.
package struct Prediction: Hashable, Sendable {
    /// Opaque; old and new formats differ in length.
    package struct ID: Hashable, Sendable, RawRepresentable, CustomStringConvertible {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }
        package init(_ rawValue: String) { self.rawValue = rawValue }
        package var description: String { rawValue }
    }

    package let id: ID
    /// `owner/name`; empty when the server did not say.
    package let model: String
    /// 64 hexadecimal digits, or the word `hidden` for official models.
    package let version: String
    /// Emptied by the server an hour after the run.
    package let input: JSONObject
    /// nil until known, and nil again once the server has removed the data.
    package let output: JSONValue?
    /// The whole log so far. nil where the answer had none: rows of a list are thinner than a single get.
    package let logs: String?
    /// The model's own failure text.
    package let error: String?
    package let status: PredictionStatus
    package let createdAt: Date?
    package let startedAt: Date?
    package let completedAt: Date?
    /// Set only when `Cancel-After` was sent.
    package let deadline: Date?
    /// `owner/name` of the deployment that ran it; nil: none did.
    package let deployment: String?
    /// `api` or `web`.
    package let source: String?
    package let dataRemoved: Bool
    /// `predict_time`, `total_time` in seconds, and the billing counters; empty until the run has ended.
    package let metrics: JSONObject
    /// Absolute URLs by purpose: `get`, `cancel`, `web`, `stream`. Not to be trusted with the token.
    package let urls: [String: String]
    package let raw: JSONValue

    /// nil when `json` is not an object with a non-empty string `id`.
    package init?(json: JSONValue) {
        guard let object = json.object, let id = object["id"]?.string, !id.isEmpty else { return nil }
        func date(_ key: String) -> Date? { object[key]?.string.flatMap(Timestamp.parse) }
        self.id = ID(id)
        model = object["model"]?.string ?? ""
        version = object["version"]?.string ?? ""
        input = object["input"]?.object ?? [:]
        output = object["output"].flatMap { $0.isNull ? nil : $0 }
        logs = object["logs"]?.string
        // Models put objects here as well as text.
        error = object["error"].flatMap { $0.isNull ? nil : $0.plain }
        status = PredictionStatus(rawValue: object["status"]?.string ?? "")
        createdAt = date("created_at")
        startedAt = date("started_at")
        completedAt = date("completed_at")
        deadline = date("deadline")
        deployment = object["deployment"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        source = object["source"]?.string
        dataRemoved = object["data_removed"]?.bool ?? false
        metrics = object["metrics"]?.object ?? [:]
        urls = (object["urls"]?.object ?? [:]).compactMapValues(\.string)
        raw = json
    }
}

extension Prediction {
    /// Nothing will change any more: a terminal status, or a status nobody has heard of with `completed_at` set.
    package var isFinished: Bool {
        if case .unknown = status { return completedAt != nil }
        return status.isTerminal
    }

    /// Compute seconds without the queue; what time-billed models are billed by.
    package var predictTime: Double? { metrics["predict_time"]?.double }
    /// Seconds including the queue.
    package var totalTime: Double? { metrics["total_time"]?.double }
}
