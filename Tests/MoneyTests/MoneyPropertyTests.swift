import Foundation
import Money
import TestSupport
import Testing

/// Laws of amounts: what is added up comes out the same in any order, and nothing that is not known becomes money.
struct MoneyPropertyTests {
    private static func money(_ random: inout SeededGenerator) -> Money {
        Money(
            nanos: [0, 1, 999, 3_000_000, 120_000_000].randomElement(using: &random)!
                * .random(in: 0...9_999, using: &random)
        )
    }

    private static func sum(_ random: inout SeededGenerator) -> SpendSum {
        let (runs, free) = (Int.random(in: 0...9, using: &random), Int.random(in: 0...3, using: &random))
        return SpendSum(
            runs: runs + free,
            paid: money(&random),
            freeRuns: free,
            freeHigh: money(&random),
            unknownRuns: Int.random(in: 0...runs, using: &random),
            unknownHigh: money(&random),
            compared: ComparedSum(paid: money(&random), low: money(&random), high: money(&random)),
            inFlight: InFlightSum(
                runs: Int.random(in: 0...5, using: &random),
                high: money(&random),
                unpricedRuns: Int.random(in: 0...2, using: &random)
            )
        )
    }

    private static func estimate(_ random: inout SeededGenerator) -> Estimate {
        let (one, other) = (money(&random), money(&random))
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return .unknown(reason: "billed by token")
        case 1, 2: return .exact(one, because: "1 image")
        default: return .range(low: min(one, other), high: max(one, other), because: "2 sources")
        }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `sums come out the same in any order and in any groups`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let all = (0..<Int.random(in: 0...12, using: &random)).map { _ in Self.sum(&random) }
            let total = all.reduce(SpendSum(), +)
            #expect(all.shuffled(using: &random).reduce(SpendSum(), +) == total)
            let cut = Int.random(in: 0...all.count, using: &random)
            #expect(all[..<cut].reduce(SpendSum(), +) + all[cut...].reduce(SpendSum(), +) == total)
            var added = SpendSum()
            for one in all { added += one }
            #expect(added == total)
            #expect(total.counted == all.reduce(Money.zero) { $0 + $1.counted })
            // What counts against a limit is never less than what is paid.
            #expect(total.counted >= total.paid)
        }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `what is not known is said wherever a sum is shown`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let sum = Self.sum(&random)
            let isOpen = sum.unknownRuns > 0 || sum.inFlight.unpricedRuns > 0
            #expect(sum.shortText.hasSuffix(" + ?") == isOpen, "\(sum)")
            #expect(sum.shortText.contains("up to") == (sum.inFlight.high + sum.unknownHigh > .zero))
            #expect(sum.remarks.isEmpty == (!isOpen && sum.inFlight.high == .zero))
            #expect(sum.label != "$0.00" || sum.runs == 0 || sum.freeRuns + sum.unknownRuns < sum.runs)
            if sum.runs > 0, sum.unknownRuns == sum.runs { #expect(sum.label == "?") }
        }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `estimates add up within their ends, and one that is not known makes all unknown`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let all = (0..<Int.random(in: 0...6, using: &random)).map { _ in Self.estimate(&random) }
            let sum = Estimate.sum(all)
            let isKnown = all.allSatisfy { $0.high != nil }
            #expect((sum.high != nil) == isKnown)
            guard isKnown else {
                #expect(sum.label == "?")
                continue
            }
            #expect(sum.low == all.compactMap(\.low).reduce(Money.zero, +))
            #expect(sum.high == all.compactMap(\.high).reduce(Money.zero, +))
            #expect(sum.isRange == all.contains(where: \.isRange))
            let count = Int.random(in: 1...50, using: &random)
            #expect(sum.times(count).high == Array(repeating: sum.high!, count: count).reduce(Money.zero, +))
            #expect(sum.times(count).basis == sum.basis)
        }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `a text of an amount is read as what it shows`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let money = Self.money(&random)
            #expect(Money(money.exactText) == money)
            let shown = try #require(Money(money.text))
            // Not more than half of the last place that is shown away; below a hundred millionth nothing is shown.
            let places = money.text.split(separator: ".").last?.count ?? 0
            let place = Decimal(sign: .plus, exponent: -places, significand: 1)
            #expect(abs(shown.amount - money.amount) * 2 <= place, "\(money.exactText) is shown as \(money.text)")
            #expect("$" + money.digits == money.text && "$" + money.shortDigits == money.shortText)
            #expect(money.text.first == "$" && money.digits.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") })
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `a difference is told only beyond a fifth, and has the sign of what was paid`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let estimate = Self.estimate(&random)
            let paid = Self.money(&random)
            let found = Deviation(of: .counted(paid, because: ""), from: estimate)
            guard let low = estimate.low, let high = estimate.high else {
                #expect(found == nil)
                continue
            }
            let isHigh = paid.amount > high.amount * Decimal(string: "1.2")!
            let isLow = paid.amount < low.amount * Decimal(string: "0.8")!
            if !isHigh, !isLow { #expect(found == nil, "\(paid.text) of \(estimate.label)") }
            if let found {
                #expect(found.text.hasPrefix(isHigh ? "+" : "−"), "\(found.text): \(paid.text) of \(estimate.label)")
                #expect(found.text.hasSuffix(" %"))
            }
            #expect(Deviation(of: .free(reason: ""), from: estimate) == nil)
            #expect(Deviation(of: .unknown(reason: ""), from: estimate) == nil)
        }
    }
}
