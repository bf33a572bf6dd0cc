import Foundation
import Money

/// Amounts as whole billionths of a dollar: what SQLite can add up exactly. The decimal text beside it stays the truth.
enum NanoDollars {
    static func nearest(_ money: Money?) -> Int64? { money.flatMap { of($0.amount, .plain) } }

    /// For upper estimates: a budget must not be missed by a rounding.
    static func roundedUp(_ money: Money?) -> Int64? { money.flatMap { of($0.amount, .up) } }

    /// The same of a column's text; nil for what is no number.
    static func nearest(text: String?) -> Int64? { decimal(text).flatMap { of($0, .plain) } }
    static func roundedUp(text: String?) -> Int64? { decimal(text).flatMap { of($0, .up) } }

    private static func decimal(_ text: String?) -> Decimal? {
        text.flatMap { Decimal(pointed: $0) }
    }

    /// nil beyond nine billion dollars.
    private static func of(_ amount: Decimal, _ mode: NSDecimalNumber.RoundingMode) -> Int64? {
        let whole = (amount * 1_000_000_000).rounded(0, mode)
        guard !whole.isNaN, abs(whole) < Decimal(Int64.max) else { return nil }
        return NSDecimalNumber(decimal: whole).int64Value
    }
}
