/// What a run did cost, worked out from what the server counted.
package enum ActualCost: Hashable, Sendable {
    /// Such as `a failed run is free`.
    case free(reason: String)
    /// Counters of the bill × the price.
    case counted(Money, because: String)
    /// From the time it ran, or from the estimate where the server counted nothing.
    case estimated(Money, because: String)
    case unknown(reason: String)

    /// The arithmetic, or why it is free or unknown.
    package var because: String {
        switch self {
        case .free(let reason), .unknown(let reason): reason
        case .counted(_, let because), .estimated(_, let because): because
        }
    }

    /// nil when unknown.
    package var money: Money? {
        switch self {
        case .free: .zero
        case .counted(let money, _), .estimated(let money, _): money
        case .unknown: nil
        }
    }
}
