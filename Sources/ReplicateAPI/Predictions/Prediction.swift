package import Foundation

/// One run of a model, as the API reports it.
///
/// Read leniently: a field that is missing or has another type becomes nil or empty, and ``raw`` keeps the whole
/// object. Only an object without an `id` is refused.
package struct Prediction: Hashable, Sendable {
    /// The server's identifier. Its format is not specified; old and new ones differ in length.
    package struct ID: Hashable, Sendable, RawRepresentable, CustomStringConvertible {
        /// The text, as it stands in URLs.
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }
        package init(_ rawValue: String) { self.rawValue = rawValue }
        package var description: String { rawValue }
    }

    /// Identifies the prediction in the API; not empty.
    package let id: ID
    /// `owner/name`; empty when the server did not say.
    package let model: String
    /// 64 hexadecimal digits, or the word `hidden` for official models; empty when the server did not say.
    package let version: String
    /// The inputs. The server empties them an hour after the run.
    package let input: JSONObject
    /// The output; nil until there is one, and nil again after the server has removed the data.
    package let output: JSONValue?
    /// The whole log so far; nil when the answer had none. Rows of a list have fewer fields than the answer for one
    /// prediction.
    package let logs: String?
    /// The model's own text about its failure, as JSON when it is not a string; nil when there is none.
    package let error: String?
    /// The status; an unknown or missing one is kept as ``PredictionStatus/unknown(_:)``.
    package let status: PredictionStatus
    /// The server's time of creation; nil when it is missing or cannot be read.
    package let createdAt: Date?
    /// The time at which the model began to work; nil before, and when it never did.
    package let startedAt: Date?
    /// The time of the end; nil before.
    package let completedAt: Date?
    /// The time at which the server cancels the run; nil unless `Cancel-After` was sent.
    package let deadline: Date?
    /// `owner/name` of the deployment that ran it; nil when none did.
    package let deployment: String?
    /// `api` or `web`; nil when the server did not say.
    package let source: String?
    /// True after the server has removed input, output and logs.
    package let dataRemoved: Bool
    /// `predict_time` and `total_time` in seconds, and the billing counters; empty until the run has ended.
    package let metrics: JSONObject
    /// Absolute URLs by purpose: `get`, `cancel`, `web`, `stream`. Do not send the token to them unchecked.
    package let urls: [String: String]
    /// The whole object as it was received.
    package let raw: JSONValue

    /// Reads a prediction object. Nil when `json` is not an object with a non-empty string `id`.
    package init?(json: JSONValue) {
        guard let object = json.object, let id = object["id"]?.string, !id.isEmpty else { return nil }
        func date(_ key: String) -> Date? { object[key]?.string.flatMap(Timestamp.parse) }
        self.id = ID(id)
        model = object["model"]?.string ?? ""
        version = object["version"]?.string ?? ""
        input = object["input"]?.object ?? [:]
        output = object["output"].flatMap { $0.isNull ? nil : $0 }
        logs = object["logs"]?.string
        // Some models put an object here instead of a text.
        error = object["error"].flatMap { $0.isNull ? nil : $0.plain }.flatMap {
            $0.allSatisfy(\.isWhitespace) ? nil : $0
        }
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
    /// True when the prediction will not change any more: it has a terminal status, or an unknown status and
    /// `completed_at`.
    package var isFinished: Bool {
        if case .unknown = status { return completedAt != nil }
        return status.isTerminal
    }

    /// Seconds of computing, without the queue; models that are billed by time are billed by it. Nil until the run has
    /// ended.
    package var predictTime: Double? { metrics["predict_time"]?.double }
    /// Seconds from creation to the end, with the queue; nil until the run has ended.
    package var totalTime: Double? { metrics["total_time"]?.double }
}
