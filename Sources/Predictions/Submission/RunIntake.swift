import Foundation
import History
import Money
import ReplicateAPI
import ReplicateClient

/// Makes records of drafts.
struct RunIntake: Sendable {
    let models: ModelCatalogue
    let saver: OutputSaver
    /// As ``History/RunRecord/account``, of new runs.
    var account: String?

    /// The absolute path of the folder for outputs of runs that name none.
    private var folder: String { saver.folder.absoluteURL.path }

    /// What is to be journaled for the drafts. A run whose version is known without asking the server may be sent at once.
    ///
    /// A run whose model takes a seed and that says nothing of it gets one: the answer says what it was made with, and a
    /// creation whose answer is lost can be told from its twins.
    ///
    /// - Parameter clock: while it does not know the server's time, no run may be sent at once: the server is asked for
    ///   something before, because the time of sending must be its own.
    func submission(of drafts: [RunDraft], clock: ServerClock) -> RunSubmission {
        let now = clock.now()
        let entries = drafts.enumerated().map { index, draft in
            let schema = models.schema(of: draft.model)
            let names = draft.secretInputs.union(schema?.secrets ?? [])
            let (input, secret) = RunSecrets.split(draft.input, names: names)
            var record = RunRecord(
                id: draft.id ?? UUID().uuidString.lowercased(),
                model: draft.model,
                input: Self.seeded(input, schema),
                prompt: draft.prompt,
                origin: draft.origin,
                // Keeps the order of one submission.
                createdAt: now.addingTimeInterval(Double(index) / 10_000),
                estimate: draft.estimate
            )
            record.account = account
            record.secretInputs = secret.keys.sorted()
            record.savesOutputs = draft.savesOutputs
            record.outputFolder = draft.outputFolder ?? folder
            record.outputName = draft.outputName
            record.overwritesOutputs = draft.overwritesOutputs
            record.tags = draft.tags
            if let key = draft.key {
                record.key = key.text
                record.keyIndex = key.index
                record.keyRequest = OrderKey.request(key.input, schema, secrets: names)
            }
            let version = clock.skew != nil ? models.knownVersion(toRun: draft.model) : nil
            return RunSubmission.Entry(record: record, version: version, secret: secret, key: draft.key)
        }
        return RunSubmission(id: UUID(), entries: entries)
    }

    /// What the order of each draft would do now: whether there is a run under its key already. Throws ``KeyConflict``.
    func preview(_ drafts: [RunDraft], _ known: (OrderKey) throws -> [RunRecord]) throws -> [KeyRule.Decision] {
        try drafts.map { draft in
            guard let key = draft.key else { return .make }
            let schema = models.schema(of: draft.model)
            let names = draft.secretInputs.union(schema?.secrets ?? [])
            return try KeyRule.decide(
                key,
                model: draft.model,
                request: OrderKey.request(key.input, schema, secrets: names),
                known: try known(key)
            )
        }
    }

    private static func seeded(_ input: JSONObject, _ schema: InputSchema?) -> JSONObject {
        guard input["seed"] == nil, case .integer(let low, let high)? = schema?["seed"]?.kind else { return input }
        let least = max(low ?? 0, 0)
        let most = min(high ?? Int128(Int32.max), Int128(Int32.max))
        guard least < most else { return input }
        return input.merging(["seed": JSONValue(whole: .random(in: least...most))]) { $1 }
    }

    /// A record of a prediction that was not started here, as if it had been.
    func record(of prediction: Prediction, origin: RunRecord.Origin, now: Date) -> RunRecord {
        var run = RunRecord(
            model: prediction.model,
            input: prediction.input,
            prompt: prediction.input["prompt"]?.string ?? "",
            origin: origin,
            createdAt: prediction.createdAt ?? now,
            estimate: .unknown(reason: "it was not started here")
        )
        run.stage = .accepted
        run.prediction = prediction
        run.outputFolder = folder
        run.account = account
        return run
    }
}
