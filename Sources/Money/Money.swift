package import Foundation

/// An amount in US dollars. Decimal throughout: binary floating point never touches money.
package struct Money: Hashable, Comparable, Sendable {
    /// In dollars, exact; 38 digits at the most.
    package let amount: Decimal

    /// Keeps the amount as it is, also below zero.
    package init(_ amount: Decimal) { self.amount = amount }

    /// Reads `0.003` or `$0.003`; nil for anything else, negative amounts included.
    package init?(_ text: String) {
        let digits = text.hasPrefix("$") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }),
            digits.count(where: { $0 == "." }) <= 1, digits != ".",
            let amount = Decimal(pointed: String(digits))
        else { return nil }
        self.amount = amount
    }

    /// No money; never stands for an amount that is not known.
    package static let zero = Money(0)

    package static func < (left: Money, right: Money) -> Bool { left.amount < right.amount }
    package static func + (left: Money, right: Money) -> Money { Money(left.amount + right.amount) }
    package static func - (left: Money, right: Money) -> Money { Money(left.amount - right.amount) }
    package static func * (left: Money, right: Decimal) -> Money { Money(left.amount * right) }

    /// How much of `whole` this is, for a bar; 0 when `whole` is zero.
    package func fraction(of whole: Money) -> Double {
        whole.amount == 0 ? 0 : NSDecimalNumber(decimal: amount / whole.amount).doubleValue
    }

    /// `$0.16`, `$0.003`, `$12.40`: cents, and below ten cents as many digits as make two that count, so that a price
    /// is never shown as nothing. Rounded here and nowhere else.
    package var text: String { "$" + digits }

    /// ``text`` without the sign.
    package var digits: String { rounded(to: max(shortPlaces, exactPlaces(atMost: 4))) }

    /// For sums, whose last digits nobody reads: `$20.05` where ``text`` has `$20.0549`.
    package var shortText: String { "$" + shortDigits }

    /// ``shortText`` without the sign.
    package var shortDigits: String { rounded(to: shortPlaces) }

    private var shortPlaces: Int {
        let magnitude = abs(amount)
        guard magnitude > 0, magnitude < Decimal(sign: .plus, exponent: -1, significand: 1) else { return 2 }
        var scaled = magnitude
        var zeros = -1
        while scaled < 1 {
            scaled *= 10
            zeros += 1
        }
        return max(2, min(zeros + 2, 8))
    }

    private func rounded(to places: Int) -> String {
        // A decimal describes itself with a point in every locale, and ten times as fast as by way of one.
        var text = "\(amount.rounded(places))"
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? parts[1].count : 0
        if fraction == 0 { text += "." }
        if fraction < 2 { text += String(repeating: "0", count: 2 - fraction) }
        return text
    }

    /// Digits after the point that are there anyway, so that $0.125 is not shown as $0.13.
    private func exactPlaces(atMost most: Int) -> Int { min(most, max(0, -amount.exponent)) }

    /// Every digit, such as `$0.000975`: for rates, whose rounding would spoil the arithmetic that is spelled out.
    package var exactText: String { "$" + exactDigits }

    /// ``exactText`` without the sign, with two digits after the point at least.
    package var exactDigits: String {
        let text = "\(amount)"
        let places = text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
        return places >= 2 ? text : (places == 0 ? text + ".00" : text + "0")
    }
}

extension Money {
    /// Whole billionths of a dollar: how amounts are summed where there are very many. Exact for every price a unit.
    package init(nanos: Int64) {
        amount = Decimal(sign: nanos < 0 ? .minus : .plus, exponent: -9, significand: Decimal(nanos.magnitude))
    }

    /// The nearest number of whole billionths of a dollar; nil beyond nine billion dollars.
    package var nanos: Int64? { nanos(.plain) }

    /// The same, rounded as it is said.
    package func nanos(_ mode: NSDecimalNumber.RoundingMode) -> Int64? {
        let whole = (amount * 1_000_000_000).rounded(0, mode)
        guard !whole.isNaN, abs(whole) < Decimal(Int64.max) else { return nil }
        return NSDecimalNumber(decimal: whole).int64Value
    }
}
