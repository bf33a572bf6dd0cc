package import ReplicateAPI

extension RunRecord {
    /// Where a run stands for a reader: what the server says of its prediction, and what is true before or beside that.
    package enum Status: Hashable, Sendable {
        case queued
        case sending
        case unclear
        /// Looked for and not found: never created, as far as can be told.
        case notFound
        case refused
        /// Over without an end that is known: the server has lost it.
        case forgotten
        case prediction(PredictionStatus)
    }

    /// Follows from ``stage`` and the prediction; the column `status` is written from it.
    package var status: Status {
        switch stage {
        case .queued: .queued
        case .sending: .sending
        case .unclear: .unclear
        case .refused: .refused
        case .resendable: .notFound
        case .accepted: prediction.map { .prediction($0.status) } ?? .unclear
        case .settled:
            if let prediction, prediction.isFinished { .prediction(prediction.status) } else { .forgotten }
        }
    }
}

extension RunRecord {
    /// Why a run is lost that the server certainly did not create.
    package static let absent = "the server does not know it; nothing was paid"

    /// Why a run in flight of another ``account`` is left alone.
    package static let elsewhere = "sent with another token or address: resume with that one"

    /// It was looked for, the server's list was read completely, and it is not there: nothing was paid, and sending it
    /// cannot pay twice.
    package var isCertainlyAbsent: Bool { stage == .resendable && failure == Self.absent }

    /// It has made what it was ordered for, whether or not all of that is on the disk.
    package var hasEndedWell: Bool { stage == .settled && prediction?.status == .succeeded && failure == nil }
}

/// The words of the column `status`, of JSON results and of `list --status`: `queued`, `sending`, `unclear`, `not found`,
/// `refused`, `forgotten`, or the server's own word.
extension RunRecord.Status: RawRepresentable {
    /// An unknown word counts as the server's: ``Status/prediction(_:)`` with
    /// ``ReplicateAPI/PredictionStatus/unknown(_:)``.
    package init(rawValue: String) {
        self =
            switch rawValue {
            case "queued": .queued
            case "sending": .sending
            case "unclear": .unclear
            case "not found": .notFound
            case "refused": .refused
            case "forgotten": .forgotten
            default: .prediction(PredictionStatus(rawValue: rawValue))
            }
    }

    /// The word of the column and of JSON results.
    package var rawValue: String {
        switch self {
        case .queued: "queued"
        case .sending: "sending"
        case .unclear: "unclear"
        case .notFound: "not found"
        case .refused: "refused"
        case .forgotten: "forgotten"
        case .prediction(let status): status.rawValue
        }
    }

    /// All that are known; a server may yet invent others.
    package static let documented: [Self] =
        [.queued, .sending, .unclear, .notFound, .refused, .forgotten]
        + PredictionStatus.documented.map(Self.prediction)
}
