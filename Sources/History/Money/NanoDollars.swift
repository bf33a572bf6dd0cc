import Foundation
import Money

/// Amounts as whole billionths of a dollar: what SQLite can add up exactly. The decimal text beside it stays the truth.
enum NanoDollars {
    static func nearest(_ money: Money?) -> Int64? { money?.nanos }

    /// For upper estimates: a budget must not be missed by a rounding.
    static func roundedUp(_ money: Money?) -> Int64? { money?.nanos(.up) }

    /// The same of a column's text; nil for what is no number.
    static func nearest(text: String?) -> Int64? { nearest(money(text)) }
    static func roundedUp(text: String?) -> Int64? { roundedUp(money(text)) }

    private static func money(_ text: String?) -> Money? { text.flatMap { Decimal(pointed: $0) }.map { Money($0) } }
}
