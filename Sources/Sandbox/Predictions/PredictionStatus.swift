/// Where a prediction stands.
enum PredictionStatus: String, Sendable {
    case starting, processing, succeeded, failed, canceled, aborted

    var isTerminal: Bool {
        switch self {
        case .starting, .processing: false
        case .succeeded, .failed, .canceled, .aborted: true
        }
    }
}
