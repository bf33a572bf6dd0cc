import Foundation
import Money
import Testing

/// What amounts look like, and that what they look like is what they are.
struct MoneyTextTests {
    /// Amounts of every size: each digit at each place down to a billionth of a dollar, with a second one behind it.
    private static let amounts: [Decimal] = (-9...3).flatMap { exponent in
        [1, 5, 9, 10, 35, 99].map { Decimal(sign: .plus, exponent: exponent, significand: $0) }
    }

    @Test func `what is shown can be read again, and misses the amount by less than one in its last place`() throws {
        for amount in Self.amounts {
            for text in [Money(amount).text, Money(amount).shortText] {
                let shown = try #require(Money(text), "\(text)")
                let places = text.split(separator: ".").last?.count ?? 0
                let last = Decimal(sign: .plus, exponent: -places, significand: 1)
                #expect(abs(shown.amount - amount) < last, "\(amount) is shown as \(text)")
                #expect(places >= 2)
            }
        }
    }

    @Test func `exact text holds every digit`() throws {
        for amount in Self.amounts { #expect(Money(Money(amount).exactText)?.amount == amount) }
    }

    @Test func `a price is not shown as nothing down to a hundred millionth of a dollar`() {
        for amount in Self.amounts where amount >= Decimal(sign: .plus, exponent: -8, significand: 1) {
            #expect(Money(amount).text != "$0.00", "\(amount)")
            #expect(Money(amount).shortText != "$0.00", "\(amount)")
        }
    }

    @Test(arguments: [
        ("20.0549", "$20.05"), ("0.995", "$1.00"), ("0.0995", "$0.10"), ("0.00996", "$0.01"), ("5", "$5.00"),
        ("0.004", "$0.004"), ("1000000", "$1000000.00"),
    ])
    func `sums are rounded half up to cents, or to two digits that count`(amount: String, text: String) {
        #expect(Money(amount)?.shortText == text)
        #expect(Money(amount)?.shortDigits == String(text.dropFirst()))
    }

    @Test func `a dollar sign may stand before an amount, and nothing else may`() {
        #expect(Money("$0.50") == Money("0.5"))
        #expect(Money("$.5") == Money("0.5"))
        #expect(Money("5.") == Money("5"))
        for text in ["$$1", "1$", "€1", " 1", "1 ", "+1", "1_000", "1,000", "∞", "½"] { #expect(Money(text) == nil) }
    }

    @Test func `very long amounts do not end the program`() {
        #expect(Money(String(repeating: "9", count: 500)).map { $0.text.count } ?? 0 < 1_000)
        #expect(Money("0." + String(repeating: "0", count: 500) + "1").map { $0 >= .zero } ?? true)
    }

    @Test func `amounts compare and subtract as numbers`() {
        #expect(Money("0.10") == Money("0.1"))
        #expect(Set([Money("0.10")!, Money("0.1")!]).count == 1)
        #expect(Money("2")! < Money("10")!)
        #expect(Money("1")! - Money("0.9")! == Money("0.1"))
    }

    @Test func `a fraction of nothing is none`() {
        #expect(Money("1")!.fraction(of: .zero) == 0)
        #expect(Money("1")!.fraction(of: Money("4")!) == 0.25)
        #expect(Money("5")!.fraction(of: Money("4")!) == 1.25)
    }

    @Test func `billionths of a dollar are exact in both directions`() {
        #expect(Money(nanos: 1).amount == Decimal(string: "0.000000001"))
        #expect(Money(nanos: -3_000_000).amount == Decimal(string: "-0.003"))
        #expect(Money(nanos: .max) > Money("9223372036")!)
        #expect(Money(nanos: .min) < Money(nanos: -.max))
    }
}
