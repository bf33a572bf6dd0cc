/// Where a prediction stands on the server.
///
/// Six values are documented (`aborted` since October 2025); a seventh must not break anything, so any other word is
/// kept as it came.
package enum PredictionStatus: Hashable, Sendable {
    /// Waiting for a machine, or the model is booting.
    case starting
    case processing
    case succeeded
    case failed
    /// Ended by a person, or by its deadline while it ran: charged for the time it ran.
    case canceled
    /// Ended before it ever started, for instance by its deadline in the queue: free.
    case aborted
    case unknown(String)
}

extension PredictionStatus: RawRepresentable {
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
    package static let documented: [PredictionStatus] = [
        .starting, .processing, .succeeded, .failed, .canceled, .aborted,
    ]

    /// True for the four words that say nothing will change any more. An unknown word says nothing: see
    /// ``Prediction/isFinished``.
    package var isTerminal: Bool {
        switch self {
        case .succeeded, .failed, .canceled, .aborted: true
        case .starting, .processing, .unknown: false
        }
    }
}
