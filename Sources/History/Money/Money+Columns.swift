import Foundation
import Money

extension RunRecord {
    /// How an estimate stands in columns: `estimateLow` and `estimateHigh` as decimal text, null where the price is
    /// unknown; `estimateBecause`, the arithmetic or why there is none; `estimateIsRange`, which tells a range of two equal
    /// ends from an exact price.
    static func estimate(low: String?, high: String?, because: String, isRange: Bool) -> Estimate {
        guard let low = low.flatMap({ Money($0) }), let high = high.flatMap({ Money($0) }) else {
            return .unknown(reason: because)
        }
        return low == high && !isRange
            ? .exact(low, because: because) : .range(low: low, high: high, because: because)
    }

    /// How a cost stands in columns: `costKind` is the word of its basis, `costAmount` decimal text and null where it is
    /// unknown, `costBecause` the arithmetic or the reason. A word that is not known, and a missing amount, are an unknown
    /// cost.
    static func cost(kind: String, amount: String?, because: String) -> ActualCost {
        let money = amount.flatMap { Money($0) }
        return switch (ActualCost.Basis(rawValue: kind), money) {
        case (.free, _): .free(reason: because)
        case (.counted, let money?): .counted(money, because: because)
        case (.estimated, let money?): .estimated(money, because: because)
        case (.counted, nil), (.estimated, nil), (.unknown, _), (nil, _): .unknown(reason: because)
        }
    }
}

extension Money {
    /// Decimal text with a point and every digit, without a sign for the currency: `0.003`.
    var columnText: String { "\(amount)" }
}
