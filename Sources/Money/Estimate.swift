import Foundation

/// What a run will cost, as far as anybody can know before it.
package enum Estimate: Hashable, Sendable {
    /// `because` spells the arithmetic out: `4 images × $0.003`.
    case exact(Money, because: String)
    case range(low: Money, high: Money, because: String)
    /// `reason` reads after "unknown:".
    case unknown(reason: String)

    /// How sure an estimate is. The raw values are words of JSON results (`basis`).
    package enum Basis: String, Hashable, Sendable, CaseIterable, Encodable {
        case exact, range, unknown
    }

    /// How sure it is, without the amounts.
    package var basis: Basis {
        switch self {
        case .exact: .exact
        case .range: .range
        case .unknown: .unknown
        }
    }

    /// nil when unknown, never zero.
    package var low: Money? {
        switch self {
        case .exact(let money, _): money
        case .range(let low, _, _): low
        case .unknown: nil
        }
    }

    /// nil when unknown, never zero.
    package var high: Money? {
        switch self {
        case .exact(let money, _): money
        case .range(_, let high, _): high
        case .unknown: nil
        }
    }

    /// Not certain, even where both ends are the same.
    package var isRange: Bool { if case .range = self { true } else { false } }

    /// The arithmetic, or why there is none.
    package var explanation: String {
        switch self {
        case .exact(_, let because), .range(_, _, let because): because
        case .unknown(let reason): reason
        }
    }

    /// `$0.012`, `≈ $0.08–0.12`, `?`.
    package var label: String {
        switch self {
        case .exact(let money, _): money.text
        case .range(let low, let high, _): low.text == high.text ? "≈ \(low.text)" : "≈ \(low.text)–\(high.digits)"
        case .unknown: "?"
        }
    }

    /// `count` runs like this one.
    package func times(_ count: Int) -> Estimate {
        guard count != 1 else { return self }
        let factor = Decimal(count)
        return switch self {
        case .exact(let money, let because): .exact(money * factor, because: "\(count) × (\(because))")
        case .range(let low, let high, let because):
            .range(low: low * factor, high: high * factor, because: "\(count) × (\(because))")
        case .unknown: self
        }
    }

    /// All of them together: exact when each is, unknown as soon as one is. Nothing costs nothing.
    package static func sum(_ estimates: [Estimate]) -> Estimate {
        guard let first = estimates.first else { return .exact(.zero, because: "nothing to run") }
        if estimates.allSatisfy({ $0 == first }) { return first.times(estimates.count) }
        var low = Money.zero
        var high = Money.zero
        var isExact = true
        for estimate in estimates {
            guard let least = estimate.low, let most = estimate.high else { return estimate }
            low = low + least
            high = high + most
            if estimate.isRange { isExact = false }
        }
        let least = estimates.compactMap(\.low).min() ?? .zero
        let most = estimates.compactMap(\.high).max() ?? .zero
        let each = least == most ? least.text : "\(least.text)–\(most.digits)"
        // Why one of them is not exact goes for all.
        let reason = estimates.first(where: \.isRange).map { ": \($0.explanation)" } ?? ""
        let because = "\(estimates.count) runs at \(each) each\(reason)"
        return isExact ? .exact(low, because: because) : .range(low: low, high: high, because: because)
    }
}
