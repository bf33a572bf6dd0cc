import Foundation
import Money
import Testing

struct SpendSumTests {
    private func dollars(_ text: String) -> Money { Money(text)! }

    /// Sums of every form that a group of runs takes.
    private static let samples: [SpendSum] = [
        SpendSum(),
        SpendSum(runs: 2, paid: Money("0.006")!, compared: ComparedSum(paid: Money("0.006")!, high: Money("0.006")!)),
        SpendSum(runs: 3, freeRuns: 3, freeHigh: Money("0.2")!),
        SpendSum(runs: 1, unknownRuns: 1, unknownHigh: Money("0.05")!),
        SpendSum(runs: 4, unknownRuns: 4),
        SpendSum(inFlight: InFlightSum(runs: 2, high: Money("0.07")!, unpricedRuns: 1)),
        SpendSum(
            runs: 7,
            paid: Money("1.25")!,
            freeRuns: 2,
            freeHigh: Money("0.02")!,
            unknownRuns: 1,
            unknownHigh: Money("0.3")!,
            compared: ComparedSum(paid: Money("1.25")!, low: Money("1")!, high: Money("1.1")!, guessedRuns: 1),
            inFlight: InFlightSum(runs: 1, high: Money("0.01")!)
        ),
    ]

    @Test(arguments: samples)
    func `a sum without runs changes nothing, and the order does not matter`(sum: SpendSum) {
        #expect(sum + SpendSum() == sum)
        for other in Self.samples {
            #expect(sum + other == other + sum)
            for third in Self.samples { #expect((sum + other) + third == sum + (other + third)) }
        }
    }

    @Test func `nothing is left out of a sum of sums`() {
        var total = SpendSum()
        for sum in Self.samples { total += sum }
        #expect(total.runs == 17)
        #expect(total.paid == dollars("1.256"))
        #expect(total.freeRuns == 5)
        #expect(total.freeHigh == dollars("0.22"))
        #expect(total.unknownRuns == 6)
        #expect(total.unknownHigh == dollars("0.35"))
        #expect(
            total.compared
                == ComparedSum(paid: dollars("1.256"), low: dollars("1"), high: dollars("1.106"), guessedRuns: 1)
        )
        #expect(total.inFlight == InFlightSum(runs: 3, high: dollars("0.08"), unpricedRuns: 1))
        #expect(total.counted == dollars("1.686"))
    }

    @Test func `the limit counts what is paid, unknown or in flight, and nothing that is free`() {
        #expect(Self.samples.map(\.counted) == ["0", "0.006", "0", "0.05", "0", "0.07", "1.56"].map(dollars))
    }

    @Test func `a cost is unknown only when none of it is known, and free only when all that is known is nothing`() {
        #expect(SpendSum().cost == .paid(.zero))
        #expect(SpendSum(runs: 2, unknownRuns: 2).cost == .unknown)
        #expect(SpendSum(runs: 2, freeRuns: 1, unknownRuns: 1).cost == .unknown)
        #expect(SpendSum(runs: 2, freeRuns: 2).cost == .free)
        #expect(SpendSum(runs: 3, paid: dollars("0.1"), freeRuns: 1, unknownRuns: 1).cost == .paid(dollars("0.1")))
        #expect(Self.samples.map(\.label) == ["$0.00", "$0.006", "free", "?", "?", "$0.00", "$1.25"])
    }

    @Test func `the parts of a sum are named apart`() {
        #expect(
            Self.samples.map(\.shortText) == [
                "$0.00", "$0.006", "$0.00", "$0.00 + up to $0.05 + ?", "$0.00 + ?", "$0.00 + up to $0.07 + ?",
                "$1.25 + up to $0.31 + ?",
            ]
        )
        #expect(
            Self.samples.map(\.remarks) == [
                [], [], [], ["the cost of 1 is not known, up to $0.05"], ["the cost of 4 is not known"],
                ["up to $0.07 under way", "1 under way at a price nobody knows"],
                ["up to $0.01 under way", "the cost of 1 is not known, up to $0.30"],
            ]
        )
    }

    @Test func `costs are as estimated only where the server counted each, and within 20 per cent`() {
        func compared(_ paid: String, _ low: String, _ high: String, guessed: Int = 0) -> ComparedSum {
            ComparedSum(paid: dollars(paid), low: dollars(low), high: dollars(high), guessedRuns: guessed)
        }
        #expect(compared("0.12", "0.1", "0.1").isAsEstimated)
        #expect(!compared("0.121", "0.1", "0.1").isAsEstimated)
        #expect(!compared("0.1", "0.1", "0.1", guessed: 1).isAsEstimated)
        #expect(!ComparedSum().isAsEstimated)
        #expect(compared("0.3", "0.1", "0.2").deviation?.percent == 50)
        #expect(compared("0.05", "0.1", "0.2").deviation?.percent == -50)
        #expect(compared("0", "0.1", "0.2").deviation == nil)
    }

    @Test func `a run in flight counts with its upper estimate, or as one of unknown price`() {
        var inFlight = InFlightSum()
        #expect(inFlight.unpricedText == nil)
        inFlight.add(.exact(dollars("0.003"), because: ""))
        inFlight.add(.range(low: dollars("0.1"), high: dollars("0.2"), because: ""))
        inFlight.add(.unknown(reason: ""))
        #expect(inFlight == InFlightSum(runs: 3, high: dollars("0.203"), unpricedRuns: 1))
        #expect(inFlight.unpricedText == "1 run of unknown price")
        inFlight.add(.unknown(reason: ""))
        #expect(inFlight.unpricedText == "2 runs of unknown price")
    }
}
