/// The status of a prediction on the server.
///
/// Six values are documented (`aborted` since October 2025). Any other word is kept as it was received, so that a new
/// status does not break this program.
package enum PredictionStatus: Hashable, Sendable {
    /// Waiting for a machine, or the model is booting.
    case starting
    case processing
    case succeeded
    case failed
    /// Ended by a user, or by its deadline while it ran. The time it ran is charged.
    case canceled
    /// Ended before it started, for instance by its deadline in the queue. It is free.
    case aborted
    case unknown(String)
}

extension PredictionStatus: RawRepresentable {
    /// Reads the API's word. It does not fail: an unknown word becomes ``unknown(_:)``.
    package init(rawValue: String) {
        self =
            switch rawValue {
            case "starting": .starting
            case "processing": .processing
            case "succeeded": .succeeded
            case "failed": .failed
            case "canceled": .canceled
            case "aborted": .aborted
            default: .unknown(rawValue)
            }
    }

    /// The API's word.
    package var rawValue: String {
        switch self {
        case .starting: "starting"
        case .processing: "processing"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .canceled: "canceled"
        case .aborted: "aborted"
        case .unknown(let word): word
        }
    }
}

extension PredictionStatus {
    /// The statuses in the API's documentation, without ``unknown(_:)``.
    package static let documented: [PredictionStatus] = [
        .starting, .processing, .succeeded, .failed, .canceled, .aborted,
    ]

    /// True for the four statuses after which nothing changes. False for an unknown one: see ``Prediction/isFinished``.
    package var isTerminal: Bool {
        switch self {
        case .succeeded, .failed, .canceled, .aborted: true
        case .starting, .processing, .unknown: false
        }
    }
}
