/// What a run did cost, worked out from what the server counted.
package enum ActualCost: Hashable, Sendable {
    /// Such as `a failed run is free`.
    case free(reason: String)
    /// Counters of the bill × the price.
    case counted(Money, because: String)
    /// From the time it ran, or from the estimate where the server counted nothing.
    case estimated(Money, because: String)
    case unknown(reason: String)

    /// How a cost is known. The raw values are words of a column and of JSON results (`cost_basis`).
    package enum Basis: String, Hashable, Sendable, CaseIterable, Encodable {
        case free, counted, estimated, unknown
    }

    /// How the cost is known, without the amount.
    package var basis: Basis {
        switch self {
        case .free: .free
        case .counted: .counted
        case .estimated: .estimated
        case .unknown: .unknown
        }
    }

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

    /// `$0.012` as counted, `≈ $0.012` as worked out, `free`, or `?`.
    package var label: String {
        switch self {
        case .free: basis.rawValue
        case .counted(let money, _): money.text
        case .estimated(let money, _): "≈ \(money.text)"
        case .unknown: "?"
        }
    }
}
