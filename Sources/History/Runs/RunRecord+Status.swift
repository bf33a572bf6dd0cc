import ReplicateAPI

extension RunRecord {
    /// Every word that ``status`` can be, but for those that a server may yet invent.
    package static let statuses =
        ["queued", "sending", "unclear", "not found", "refused", "forgotten"]
        + PredictionStatus.documented.map(\.rawValue)

    /// One word for where it stands: the prediction's status, and before or beside one `queued`, `sending`, `unclear`,
    /// `not found` (never created, as far as can be told), `refused`, or `forgotten` when the server has lost it.
    package var status: String {
        switch stage {
        case .queued, .sending, .unclear, .refused: stage.rawValue
        case .resendable: "not found"
        case .accepted: prediction?.status.rawValue ?? "unclear"
        case .settled:
            if let prediction, prediction.isFinished { prediction.status.rawValue } else { "forgotten" }
        }
    }
}
