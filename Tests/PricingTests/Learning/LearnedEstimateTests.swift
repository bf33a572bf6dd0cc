import Foundation
import Money
import Pricing
import ReplicateAPI
import TestSupport
import Testing

/// Laws of what earlier runs do to an estimate.
struct LearnedEstimateTests {
    private let book: PriceBook

    init() throws {
        book = try PriceBook(
            yaml: """
                hardware:
                  slow: 0.001
                  fast: 0.004
                models:
                  o/image:
                    prices:
                      - {amount: 1, per: run, confidence: A}
                """,
            origin: "test"
        )
    }

    private func estimate(_ model: String, _ history: RunHistory?, isOfficial: Bool? = false) -> Estimate {
        book.estimate(model: model, input: [:], schema: nil, history: history, isOfficial: isOfficial)
    }

    @Test func `runs as estimated leave an exact price exact`() {
        #expect(estimate("o/image", nil) == .exact(Money(1), because: "1 run × $1.00"))
        let history = RunHistory(runs: .costing(1, 1.1, 0.9, 1, 1.2))
        #expect(estimate("o/image", history) == estimate("o/image", nil))
    }

    @Test func `two runs say nothing, three that cost double widen the range upwards only`() {
        #expect(estimate("o/image", RunHistory(runs: .costing(2, 2))).basis == .exact)
        let wide = estimate("o/image", RunHistory(runs: .costing(2, 2, 2)))
        #expect(wide.isRange && wide.low == Money(1) && wide.high == Money(2))
        #expect(wide.explanation == "1 run × $1.00; your last 3 runs cost 200 %–200 % of the estimate")
    }

    @Test func `three that cost half widen it downwards only`() {
        let wide = estimate("o/image", RunHistory(runs: .costing(0.5, 0.5, 0.5)))
        #expect(wide.isRange && wide.low == Money(0.5) && wide.high == Money(1))
    }

    @Test(arguments: 0..<200)
    func `learning never makes a range smaller, and never exact`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let runs = (0..<Int.random(in: 0...12, using: &random)).map { _ in
            RunHistory.Run(
                cost: Int.random(in: 0...4, using: &random) == 0
                    ? nil : Money(nanos: 10_000_000 * .random(in: 0...400, using: &random)),
                estimate: Int.random(in: 0...4, using: &random) == 0
                    ? nil : Money(nanos: 500_000_000 * .random(in: 0...4, using: &random))
            )
        }
        let learned = estimate("o/image", RunHistory(runs: runs))
        let (low, high) = (learned.low ?? Money(9), learned.high ?? .zero)
        #expect(low <= Money(1) && high >= Money(1))
        #expect(learned.isRange == (learned != estimate("o/image", nil)))
        let dearest = runs.compactMap { run -> Decimal? in
            guard let cost = run.cost, let guess = run.estimate, guess > .zero else { return nil }
            return cost.amount / guess.amount
        }
        #expect(high.amount <= max(1, dearest.max() ?? 1))
        #expect(low.amount >= min(1, dearest.min() ?? 1))
        // The order of runs does not matter.
        let mixed = estimate("o/image", RunHistory(runs: runs.shuffled(using: &random)))
        #expect(mixed == learned)
    }

    @Test func `without a price the costs of three runs make a range`() {
        #expect(estimate("o/other", RunHistory(runs: .costing(1, 2), hardware: "none")).basis == .unknown)
        let learned = estimate("o/other", RunHistory(runs: .costing(3, 1, 2), hardware: "none"))
        #expect(learned.isRange && learned.low == Money(1) && learned.high == Money(3))
        #expect(learned.explanation.contains("what your last 3 runs cost"))
        #expect(learned.explanation.contains("none has no price"))
        // Even when all cost the same.
        let same = estimate("o/other", RunHistory(runs: .costing(1, 1, 1), hardware: "none"))
        #expect(same.isRange && same.low == same.high)
    }

    @Test func `an official model is never estimated from time`() {
        let history = RunHistory(runs: .lasting(10, 10, 10), hardware: "slow")
        #expect(
            estimate("o/other", history, isOfficial: true)
                == .unknown(
                    reason: "an official model that is not in the price book"
                )
        )
        #expect(estimate("o/other", history, isOfficial: nil).basis == .unknown)
        #expect(estimate("o/other", history).high == Money(nanos: 10_000_000))
    }

    @Test func `open hardware spans from the cheapest to the dearest`() {
        let history = RunHistory(runs: .lasting(10, 20, 10))
        let open = estimate("o/other", history)
        #expect(open.low == Money(nanos: 10_000_000))
        #expect(open.high == Money(nanos: 80_000_000))
        #expect(open.explanation.contains("hardware not named"))
        for name in ["slow", "fast"] {
            var named = history
            named.hardware = name
            let estimate = estimate("o/other", named)
            #expect(estimate.isRange, "a time of the past is not certain")
            #expect(estimate.low! >= open.low! && estimate.high! <= open.high!)
        }
    }

    @Test func `one freak among many runs does not count, among few it does`() {
        let many = RunHistory(runs: .lasting(10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 900), hardware: "slow")
        #expect(estimate("o/other", many).high == Money(nanos: 10_000_000))
        let few = RunHistory(runs: .lasting(10, 900), exampleSeconds: [5], hardware: "slow")
        #expect(estimate("o/other", few).high == Money(nanos: 900_000_000))
        #expect(estimate("o/other", few).low == Money(nanos: 5_000_000))
        #expect(estimate("o/other", few).explanation.hasSuffix("2 of yours and 1 public example"))
    }

    @Test func `examples stand in until there are enough runs of one's own`() {
        let examples = RunHistory(exampleSeconds: [4, 6], hardware: "slow")
        #expect(estimate("o/other", examples).explanation.hasSuffix("2 public examples"))
        var own = examples
        own.runs = .lasting(100, 100, 100)
        #expect(estimate("o/other", own).low == Money(nanos: 100_000_000))
        #expect(estimate("o/other", own).explanation.hasSuffix("your last 3 runs"))
        #expect(estimate("o/other", RunHistory(hardware: "slow")).basis == .unknown)
        let one = RunHistory(runs: .lasting(7), hardware: "slow")
        #expect(estimate("o/other", one).explanation.hasSuffix("your last run"))
    }

    @Test func `an exact price is no longer certain after a run that cost much more`() {
        let dear = RunHistory.Run(cost: Money(3), estimate: Money(1))
        let after = estimate("o/image", RunHistory(overruns: [dear]))
        #expect(after.isRange && after.low == Money(1) && after.high == Money(3))
        #expect(after.explanation.hasSuffix("a run with such inputs cost $3.00, 200 % more than this book says of it"))
        // A run with another unknown input says nothing of one without.
        let other = RunHistory.Run(input: ["turbo_level": 9], cost: Money(3), estimate: Money(1))
        #expect(estimate("o/image", RunHistory(overruns: [other])).basis == .exact)
        // And one that cost a fifth more is as estimated.
        let near = RunHistory.Run(cost: Money(1.2), estimate: Money(1))
        #expect(estimate("o/image", RunHistory(overruns: [near])).basis == .exact)
    }
}
