import Foundation

/// Amounts as whole billionths of a dollar: what SQLite can add up exactly. The decimal text beside it stays the truth.
enum NanoDollars {
    static func nearest(_ text: String?) -> Int64? { of(text, .plain) }

    /// For upper estimates: a budget must not be missed by a rounding.
    static func roundedUp(_ text: String?) -> Int64? { of(text, .up) }

    /// nil for nil, for what is no number, and beyond nine billion dollars.
    private static func of(_ text: String?, _ mode: NSDecimalNumber.RoundingMode) -> Int64? {
        guard let text, var nanos = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")) else { return nil }
        nanos *= 1_000_000_000
        var whole = Decimal()
        NSDecimalRound(&whole, &nanos, 0, mode)
        guard !whole.isNaN, abs(whole) < Decimal(Int64.max) else { return nil }
        return NSDecimalNumber(decimal: whole).int64Value
    }
}
