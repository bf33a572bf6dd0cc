import Foundation
import GRDB
import Money
import ReplicateAPI
import Search

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
            estimate: Self.estimate(
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
        sentSkew = row["sentSkew"]
        account = row["account"]
        finishedAt = date("finishedAt")
        cancelRequestedAt = date("cancelRequestedAt")
        failure = row["failure"]
        candidates = (row["candidates"] as String?)?.split(separator: " ").map(String.init) ?? []
        if let kind = row["costKind"] as String? {
            cost = Self.cost(kind: kind, amount: row["costAmount"], because: row["costBecause"] ?? "")
        }
        self.outputs = outputs
        secretInputs = json("secretInputs")?.array?.compactMap(\.string) ?? []
        refusal = (row["refusal"] as String?).flatMap(APIError.Code.init(rawValue:))
        outputFolder = row["outputFolder"]
        savesOutputs = row["savesOutputs"]
        valuesFile = row["valuesFile"]
        key = row["key"]
        keyIndex = row["keyIndex"]
        keyRequest = json("keyRequest")?.object
        tags = json("tags")?.array?.compactMap(\.string) ?? []
        outputName = row["outputName"]
        overwritesOutputs = row["overwritesOutputs"]
        isFavourite = row["isFavourite"]
        rating = row["rating"]
        note = row["note"]
    }

    /// A column and what stands in it.
    struct Column: Sendable {
        let name: String
        let value: @Sendable (RunRecord) -> (any DatabaseValueConvertible)?

        init(_ name: String, _ value: @escaping @Sendable (RunRecord) -> (any DatabaseValueConvertible)?) {
            self.name = name
            self.value = value
        }
    }

    /// What a person has added, beside whatever the run is doing: never overwritten by what a process remembers of it.
    static let annotations = [
        Column("tags") { run in run.tags.isEmpty ? nil : JSONValue.array(run.tags.map(JSONValue.string)).text() },
        Column("isFavourite") { $0.isFavourite },
        Column("rating") { $0.rating },
        Column("note") { $0.note },
        Column("annotationText") { SearchText.of(tags: $0.tags, note: $0.note) },
    ]

    /// All but the id, the owner and the ``annotations``.
    static let columns = [
        Column("model") { $0.model },
        Column("input") { JSONValue.object($0.input).text() },
        Column("secretInputs") { run in
            run.secretInputs.isEmpty ? nil : JSONValue.array(run.secretInputs.map(JSONValue.string)).text()
        },
        Column("prompt") { $0.prompt },
        Column("origin") { $0.origin.rawValue },
        Column("stage") { $0.stage.rawValue },
        Column("predictionID") { $0.prediction?.id.rawValue },
        Column("raw") { $0.prediction?.raw.text() },
        Column("logs") { $0.logs },
        Column("createdAt") { $0.createdAt.timeIntervalSince1970 },
        Column("sentAt") { $0.sentAt?.timeIntervalSince1970 },
        Column("account") { $0.account },
        Column("sentSkew") { $0.sentSkew },
        Column("startedAt") { $0.prediction?.startedAt?.timeIntervalSince1970 },
        Column("finishedAt") { $0.finishedAt?.timeIntervalSince1970 },
        Column("cancelRequestedAt") { $0.cancelRequestedAt?.timeIntervalSince1970 },
        Column("failure") { $0.failure },
        Column("refusal") { $0.refusal?.rawValue },
        Column("candidates") { $0.candidates.isEmpty ? nil : $0.candidates.joined(separator: " ") },
        Column("estimateLow") { $0.estimate.low?.columnText },
        Column("estimateHigh") { $0.estimate.high?.columnText },
        Column("estimateBecause") { $0.estimate.explanation },
        Column("estimateIsRange") { $0.estimate.isRange },
        Column("outputFolder") { $0.outputFolder },
        Column("savesOutputs") { $0.savesOutputs },
        Column("valuesFile") { $0.valuesFile },
        Column("key") { $0.key },
        Column("keyIndex") { $0.keyIndex },
        Column("keyRequest") { run in run.keyRequest.map { JSONValue.object($0).text() } },
        Column("outputName") { $0.outputName },
        Column("overwritesOutputs") { $0.overwritesOutputs },
        Column("costKind") { $0.cost?.basis.rawValue },
        Column("costAmount") { $0.cost?.money?.columnText },
        Column("costBecause") { $0.cost?.because },
        Column("status") { $0.status.rawValue },
        Column("costNanos") { NanoDollars.nearest($0.cost?.money) },
        Column("estimateLowNanos") { NanoDollars.nearest($0.estimate.low) },
        Column("estimateHighNanos") { NanoDollars.roundedUp($0.estimate.high) },
        Column("searchText") { $0.searchText },
    ]

    /// What stands in ``columns``, in their order.
    var values: [(any DatabaseValueConvertible)?] { Self.columns.map { $0.value(self) } }

    /// What words are looked for in, as ``SearchText`` folds it, beside what a person has added.
    package var searchText: String {
        let files = outputs.compactMap(\.path) + (valuesFile.map { [$0] } ?? [])
        return SearchText.of(prompt: prompt, model: model, files: files)
    }
}

extension RunRecord.Output {
    init(row: Row) {
        self.init(
            url: row["url"],
            path: row["path"],
            size: row["size"],
            sha256: row["sha256"],
            downloadedSize: row["downloadedSize"],
            downloadedSHA256: row["downloadedSHA256"],
            contentType: row["contentType"],
            failure: row["failure"]
        )
    }
}
