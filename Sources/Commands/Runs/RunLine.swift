import Foundation
import History
import Money
import Predictions
import ReplicateAPI

/// A run as `list` prints it, for people and as JSON.
struct RunLine {
    private let run: RunRecord
    /// The API alone knows it.
    private let isRemote: Bool
    private let missing: [String]

    init(_ run: RunRecord) {
        self.run = run
        isRemote = false
        missing = run.missingFiles
    }

    /// One of the account's predictions that need not have been started here.
    init(_ prediction: Prediction) {
        run = RunRecord(notStartedHere: prediction)
        isRemote = true
        missing = []
    }

    /// The prediction's id, or the run's own before there is one.
    private var id: String { run.prediction?.id.rawValue ?? run.id }

    private var status: String { isRemote ? run.prediction?.status.rawValue ?? "" : run.status.rawValue }

    /// ``History/RunRecord/members`` and `id`; `run_id` is null for what the API alone knows.
    var document: [String: ResultMember] {
        var members = run.members
        members["id"] = .json(.string(id))
        members["status"] = .json(.string(status))
        if isRemote { members["run_id"] = .json(.null) }
        return members
    }

    static let columns: [Table.Column] = [
        .init("Id"), .init("Status"), .init("Created", leaves: 2), .init("Model", isFlexible: true, leaves: 3),
        .init("Estimate", .right, leaves: 1), .init("Cost", .right, leaves: 4), .init("Prompt", isFlexible: true),
    ]

    var cells: [String] {
        // Local time, sortable, without a zone nobody reads.
        let time = run.createdAt.formatted(
            Date.ISO8601FormatStyle(timeZone: .current).year().month().day().dateTimeSeparator(.space)
                .time(includingFractionalSeconds: false)
        )
        return [
            id, missing.isEmpty ? status : "\(status), file gone", time, run.model,
            isRemote ? "?" : run.estimate.label, costText, run.prompt,
        ]
    }

    private var costText: String {
        guard let cost = run.cost else { return isRemote ? "?" : "" }
        return cost.label + (run.deviation.map { " \($0.text)" } ?? "")
    }
}

extension RunRecord {
    /// By how much the cost missed the estimate; nil within 20 %, and before the end.
    var deviation: Deviation? { cost.flatMap { Deviation(of: $0, from: estimate) } }
}
