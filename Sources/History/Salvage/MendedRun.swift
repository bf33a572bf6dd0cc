import Foundation
import GRDB
import Money
import ReplicateAPI

/// A run whose row cannot be read, put together from what the indexes say. Pure.
struct MendedRun {
    /// Of the table `run`, by name.
    private(set) var columns: [String: DatabaseValue]

    private static let words = "its record was damaged: prompt, inputs and answer are lost"

    /// - Parameters:
    ///   - known: columns by name, as many as there are.
    ///   - date: when it is mended; the end of what cannot be gone on with.
    init(row: Int64, _ known: [String: DatabaseValue], at date: Date) {
        func text(_ name: String) -> String? { known[name].flatMap(String.fromDatabaseValue) }
        func number(_ name: String) -> Double? { known[name].flatMap(Double.fromDatabaseValue) }
        func nanos(_ name: String) -> Int64? { known[name].flatMap(Int64.fromDatabaseValue) }
        let model = text("model") ?? "unknown"
        columns = known
        columns["id"] = (text("id") ?? UUID().uuidString.lowercased()).databaseValue
        columns["model"] = model.databaseValue
        columns["input"] = (text("input") ?? "{}").databaseValue
        columns["prompt"] = (text("prompt") ?? "").databaseValue
        columns["origin"] = (text("origin") ?? RunRecord.Origin.command.rawValue).databaseValue
        columns["createdAt"] =
            (number("createdAt") ?? number("finishedAt") ?? date.timeIntervalSince1970).databaseValue
        columns["estimateBecause"] = Self.words.databaseValue
        columns["estimateLow"] = Self.decimal(nanos("estimateLowNanos")).databaseValue
        columns["estimateHigh"] = Self.decimal(nanos("estimateHighNanos")).databaseValue
        columns["costAmount"] = Self.decimal(nanos("costNanos")).databaseValue
        columns["failure"] = Self.words.databaseValue
        if text("costKind") != nil { columns["costBecause"] = Self.words.databaseValue }
        let stage = text("stage").flatMap(RunRecord.Stage.init(rawValue:))
        let hasInput = text("input").flatMap { try? JSONValue(parsing: Data($0.utf8)) }?.object != nil
        // With its inputs it can be gone on with as if nothing had happened.
        if stage != nil, text("id") != nil, hasInput, stage != .accepted { return }
        switch stage {
        case .settled, .refused: break
        case .accepted:
            guard let prediction = text("predictionID") else {
                end(date)
                break
            }
            // The server still knows all of it.
            let raw: JSONValue = [
                "id": .string(prediction), "model": .string(model), "status": "processing", "input": [:],
            ]
            columns["raw"] = raw.text().databaseValue
            columns["failure"] = .null
        case .queued:
            columns["stage"] = RunRecord.Stage.refused.rawValue.databaseValue
            columns["status"] = RunRecord.Status.refused.rawValue.databaseValue
            columns["finishedAt"] = date.timeIntervalSince1970.databaseValue
            cost(.free, 0, "it was never sent")
        case .sending, .unclear, .resendable, nil:
            if stage == nil, number("finishedAt") != nil, text("costKind") != nil {
                columns["stage"] = RunRecord.Stage.settled.rawValue.databaseValue
            } else {
                end(date)
            }
        }
    }

    /// Nobody can find out any more what became of it: its estimate counts.
    private mutating func end(_ date: Date) {
        columns["stage"] = RunRecord.Stage.settled.rawValue.databaseValue
        columns["status"] = RunRecord.Status.forgotten.rawValue.databaseValue
        columns["finishedAt"] = date.timeIntervalSince1970.databaseValue
        cost(.unknown, nil, Self.words)
    }

    private mutating func cost(_ basis: ActualCost.Basis, _ nanos: Int64?, _ because: String) {
        columns["costKind"] = basis.rawValue.databaseValue
        columns["costNanos"] = nanos.databaseValue
        columns["costAmount"] = Self.decimal(nanos).databaseValue
        columns["costBecause"] = because.databaseValue
    }

    private static func decimal(_ nanos: Int64?) -> String? {
        nanos.map { "\(Decimal($0) / 1_000_000_000)" }
    }
}
