import Foundation
import History
import Money
import Predictions
import ReplicateAPI

/// A run as `list` prints it, for people and as JSON; amounts are numbers in USD, null where they are not known.
struct RunLine: Encodable {
    /// The prediction's id, or the run's own before there is one.
    let id: String
    /// The run's own id; null for what the API alone knows.
    @NullWhenUnknown var runId: String?
    /// Null before there is one.
    @NullWhenUnknown var predictionId: String?
    let status: String
    let model: String
    let prompt: String
    let createdAt: String
    @NullWhenUnknown var cost: Decimal?
    /// null before the end.
    @NullWhenUnknown var costBasis: ActualCost.Basis?
    @NullWhenUnknown var estimateLow: Decimal?
    @NullWhenUnknown var estimateHigh: Decimal?
    /// Per cent by which the cost missed the estimate; null within 20 %.
    @NullWhenUnknown var deviationPercent: Int?
    let files: [String]
    /// Saved files that are not there any more.
    let missingFiles: [String]

    private let created: Date
    private let costText: String
    private let estimateText: String

    private enum CodingKeys: String, CodingKey {
        case id, runId, predictionId, status, model, prompt, createdAt, cost, costBasis, estimateLow, estimateHigh,
            deviationPercent, files,
            missingFiles
    }

    init(_ run: RunRecord) {
        id = run.prediction?.id.rawValue ?? run.id
        runId = run.id
        predictionId = run.prediction?.id.rawValue
        status = run.status.rawValue
        model = run.model
        prompt = run.prompt
        created = run.createdAt
        createdAt = Timestamp.format(run.createdAt)
        cost = run.cost?.money?.amount
        costBasis = run.cost?.basis
        estimateLow = run.estimate.low?.amount
        estimateHigh = run.estimate.high?.amount
        deviationPercent = run.deviation?.percent
        files = run.outputs.compactMap(\.path)
        missingFiles = run.missingFiles
        estimateText = run.estimate.label
        let mark = run.deviation.map { " \($0.text)" } ?? ""
        costText =
            switch run.cost {
            case .free: "free"
            case .counted(let money, _): money.text + mark
            case .estimated(let money, _): "≈ \(money.text)\(mark)"
            case .unknown: "?"
            case nil: ""
            }
    }

    /// One of the account's predictions that need not have been started here.
    init(_ prediction: Prediction) {
        id = prediction.id.rawValue
        predictionId = prediction.id.rawValue
        status = prediction.status.rawValue
        model = prediction.model
        prompt = prediction.input["prompt"]?.string ?? ""
        created = prediction.createdAt ?? .distantPast
        createdAt = Timestamp.format(created)
        files = []
        missingFiles = []
        estimateText = "?"
        costText = "?"
    }

    static let columns: [Table.Column] = [
        .init("Id"), .init("Status"), .init("Created", leaves: 2), .init("Model", isFlexible: true, leaves: 3),
        .init("Estimate", .right, leaves: 1), .init("Cost", .right, leaves: 4), .init("Prompt", isFlexible: true),
    ]

    var cells: [String] {
        // Local time, sortable, without a zone nobody reads.
        let time = created.formatted(
            Date.ISO8601FormatStyle(timeZone: .current).year().month().day().dateTimeSeparator(.space)
                .time(includingFractionalSeconds: false)
        )
        return [
            id, missingFiles.isEmpty ? status : "\(status), file gone", time, model, estimateText, costText, prompt,
        ]
    }
}

extension RunRecord {
    /// By how much the cost missed the estimate; nil within 20 %, and before the end.
    var deviation: Deviation? { cost.flatMap { Deviation(of: $0, from: estimate) } }
}
