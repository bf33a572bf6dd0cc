/// What a run did cost, worked out from what the server counted.
package enum ActualCost: Hashable, Sendable {
    /// Such as `a failed run is free`.
    case free(reason: String)
    /// Counters of the bill × the price.
    case counted(Money, because: String)
    /// From the time it ran, or from the estimate where the server counted nothing.
    case estimated(Money, because: String)
    case unknown(reason: String)

    /// nil when unknown.
    package var money: Money? {
        switch self {
        case .free: .zero
        case .counted(let money, _), .estimated(let money, _): money
        case .unknown: nil
        }
    }
}
