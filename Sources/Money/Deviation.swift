package import Foundation

/// By how much a run cost more or less than it was estimated at: worth telling from 20 % on.
package struct Deviation: Hashable, Sendable {
    /// Per cent above (positive) the upper or below (negative) the lower end of the estimate.
    package let percent: Int

    /// Actual divided by the lower end of the estimate: less than this is worth telling.
    package static let lowest = Decimal(sign: .plus, exponent: -1, significand: 8)
    /// Actual divided by the upper end of the estimate: more than this is worth telling.
    package static let highest = Decimal(sign: .plus, exponent: -1, significand: 12)

    /// nil when the two agree within 20 %, when either is not known, and when nothing was paid: what failed for free
    /// says nothing about the estimate.
    package init?(of cost: ActualCost, from estimate: Estimate) {
        guard let low = estimate.low, let high = estimate.high else { return nil }
        let actual: Money
        switch cost {
        case .counted(let money, _), .estimated(let money, _): actual = money
        case .free, .unknown: return nil
        }
        let end: Money
        if actual > high * Self.highest {
            end = high
        } else if actual < low * Self.lowest {
            end = low
        } else {
            return nil
        }
        guard end > .zero else { return nil }
        let part = (actual.amount / end.amount - 1) * 100
        percent = NSDecimalNumber(decimal: part.rounded(0)).intValue
    }

    /// `+34 %`, `−50 %`.
    package var text: String { percent < 0 ? "−\(-percent) %" : "+\(percent) %" }
}
