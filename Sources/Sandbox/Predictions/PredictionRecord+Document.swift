import Foundation

extension PredictionRecord {
    /// Where a document is to appear.
    enum Rendering {
        case single
        /// A row of a list, which is thinner: no logs.
        case row
    }

    func document(_ rendering: Rendering, origin: String, now: Date, lifetime: Duration) -> JSON {
        let removed = isRemoved(at: now, lifetime: lifetime)
        var urls: [String: JSON] = [
            "get": .string("\(origin)/v1/predictions/\(id)"),
            "cancel": .string("\(origin)/v1/predictions/\(id)/cancel"),
            "web": .string("https://replicate.com/p/\(id)"),
        ]
        if model.output == .text { urls["stream"] = .string("\(origin)/stream/\(id)") }
        var document: [String: JSON] = [
            "id": .string(id), "model": .string(model.slug), "version": .string(version),
            "input": removed ? [:] : .object(input), "output": removed ? nil : output ?? nil,
            "error": JSON(error), "status": .string(visibleStatus),
            "created_at": .string(createdAt.timestamp(digits: 6)),
            "data_removed": .bool(removed), "source": "api", "metrics": .object(metrics), "urls": .object(urls),
        ]
        if rendering == .single { document["logs"] = .string(removed ? "" : logs) }
        document["started_at"] = startedAt.map { .string($0.timestamp(digits: 9)) }
        document["completed_at"] = completedAt.map { .string($0.timestamp(digits: 9)) }
        document["deadline"] = deadline.map { .string($0.timestamp(digits: 6)) }
        document["webhook"] = webhook.map(JSON.string)
        document["webhook_events_filter"] = webhookEvents
        return .object(document)
    }

    private var visibleStatus: String {
        status == .processing && faults.contains(.unknownStatus) ? "hibernating" : status.rawValue
    }
}
