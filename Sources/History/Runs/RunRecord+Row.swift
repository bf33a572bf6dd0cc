import Foundation
import GRDB
import ReplicateAPI

extension RunRecord {
    init(row: Row, outputs: [Output]) {
        func date(_ name: String) -> Date? { (row[name] as Double?).map(Date.init(timeIntervalSince1970:)) }
        func json(_ name: String) -> JSONValue? {
            (row[name] as String?).flatMap { try? JSONValue(parsing: Data($0.utf8)) }
        }
        self.init(
            id: row["id"],
            model: row["model"],
            input: json("input")?.object ?? [:],
            prompt: row["prompt"],
            origin: Origin(rawValue: row["origin"]) ?? .command,
            createdAt: date("createdAt") ?? .distantPast,
            estimate: Price(
                low: row["estimateLow"],
                high: row["estimateHigh"],
                because: row["estimateBecause"],
                isRange: row["estimateIsRange"]
            )
        )
        stage = Stage(rawValue: row["stage"]) ?? .settled
        prediction = json("raw").flatMap(Prediction.init(json:))
        logs = row["logs"] ?? ""
        sentAt = date("sentAt")
        finishedAt = date("finishedAt")
        cancelRequestedAt = date("cancelRequestedAt")
        failure = row["failure"]
        candidates = (row["candidates"] as String?)?.split(separator: " ").map(String.init) ?? []
        if let kind = row["costKind"] as String? {
            cost = Cost(kind: kind, amount: row["costAmount"], because: row["costBecause"] ?? "")
        }
        self.outputs = outputs
    }

    var columns: [String: (any DatabaseValueConvertible)?] {
        [
            "id": id, "model": model, "input": JSONValue.object(input).text(), "prompt": prompt,
            "origin": origin.rawValue, "stage": stage.rawValue, "predictionID": prediction?.id.rawValue,
            "raw": prediction?.raw.text(), "logs": logs, "createdAt": createdAt.timeIntervalSince1970,
            "sentAt": sentAt?.timeIntervalSince1970, "startedAt": prediction?.startedAt?.timeIntervalSince1970,
            "finishedAt": finishedAt?.timeIntervalSince1970,
            "cancelRequestedAt": cancelRequestedAt?.timeIntervalSince1970, "failure": failure,
            "candidates": candidates.isEmpty ? nil : candidates.joined(separator: " "),
            "estimateLow": estimate.low, "estimateHigh": estimate.high, "estimateBecause": estimate.because,
            "estimateIsRange": estimate.isRange,
            "costKind": cost?.kind, "costAmount": cost?.amount, "costBecause": cost?.because,
            "status": status, "costNanos": NanoDollars.nearest(cost?.amount),
            "estimateLowNanos": NanoDollars.nearest(estimate.low),
            "estimateHighNanos": NanoDollars.roundedUp(estimate.high),
        ]
    }
}

extension RunRecord.Output {
    init(row: Row) {
        self.init(
            url: row["url"],
            path: row["path"],
            size: row["size"],
            sha256: row["sha256"],
            contentType: row["contentType"],
            failure: row["failure"]
        )
    }
}
