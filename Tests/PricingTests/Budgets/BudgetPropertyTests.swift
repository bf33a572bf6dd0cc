import Money
import Pricing
import ReplicateAPI
import TestSupport
import Testing

/// Laws of budgets: no way of ordering runs gets more through than a limit lets.
struct BudgetPropertyTests {
    private static func money(_ random: inout SeededGenerator) -> Money {
        Money(nanos: 10_000_000 * .random(in: 0...60, using: &random))
    }

    private static func limit(_ random: inout SeededGenerator) -> Money? {
        Bool.random(using: &random) ? nil : Money(nanos: 100_000_000 * .random(in: 0...50, using: &random))
    }

    private static func budget(_ random: inout SeededGenerator) -> Budget {
        Budget(
            askAbove: limit(&random),
            run: limit(&random),
            session: limit(&random),
            day: limit(&random),
            month: limit(&random)
        )
    }

    private static func use(_ random: inout SeededGenerator) -> BudgetUse {
        func sum(_ least: SpendSum) -> SpendSum {
            var sum = SpendSum(runs: least.runs + 1, paid: least.paid + money(&random))
            sum.unknownRuns = least.unknownRuns + (Bool.random(using: &random) ? 0 : 1)
            sum.unknownHigh = least.unknownHigh
            return sum
        }
        let session = sum(SpendSum())
        let today = sum(session)
        return BudgetUse(
            session: session,
            today: today,
            month: sum(today),
            inFlight: InFlightSum(
                runs: 1,
                high: money(&random),
                unpricedRuns: Int.random(in: 0...4, using: &random) / 3
            )
        )
    }

    private static func estimates(_ random: inout SeededGenerator) -> [Estimate] {
        (0..<Int.random(in: 1...5, using: &random)).map { _ in
            let (one, other) = (money(&random), money(&random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: return .unknown(reason: "billed by token")
            case 1, 2, 3: return .exact(one, because: "1 image")
            default: return .range(low: min(one, other), high: max(one, other), because: "2 sources")
            }
        }
    }

    @Test(arguments: 1...16 as ClosedRange<UInt64>)
    func `what is allowed keeps every limit, and what is refused breaks one`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let (budget, use, runs) = (Self.budget(&random), Self.use(&random), Self.estimates(&random))
            let high = runs.allSatisfy { $0.high != nil } ? runs.compactMap(\.high).reduce(Money.zero, +) : nil
            func breaks(_ period: BudgetPeriod) -> Bool {
                guard let limit = budget.limit(of: period) else { return false }
                return high.map { use[period].counted + $0 > limit } ?? (use[period].counted >= limit)
            }
            let isOverRun = budget.run.map { limit in runs.contains { $0.high.map { $0 > limit } ?? false } } ?? false
            let isBroken = isOverRun || BudgetPeriod.allCases.contains(where: breaks)
            let decision = budget.decision(for: runs, use: use)
            switch decision {
            case .allow:
                #expect(!isBroken && high != nil)
                #expect(budget.askAbove.map { high ?? .zero <= $0 } ?? true)
                #expect(decision.sentence == nil)
            case .ask(let question):
                #expect(!isBroken)
                #expect(decision.sentence == question.sentence && question.sentence.hasSuffix("."))
            case .refuse(let objection):
                #expect(isBroken, "\(objection.sentence)")
                #expect(decision.sentence == objection.sentence && objection.sentence.hasSuffix("."))
            }
        }
    }

    private static func rank(_ decision: BudgetDecision) -> Int {
        switch decision {
        case .allow: 0
        case .ask: 1
        case .refuse: 2
        }
    }

    @Test(arguments: 1...16 as ClosedRange<UInt64>)
    func `more money spent, or a smaller limit, never lets more through`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let (budget, use, runs) = (Self.budget(&random), Self.use(&random), Self.estimates(&random))
            let before = Self.rank(budget.decision(for: runs, use: use))
            var more = use
            more.inFlight.high = more.inFlight.high + Self.money(&random)
            more.month.paid = more.month.paid + Self.money(&random)
            #expect(Self.rank(budget.decision(for: runs, use: more)) >= before)
            var smaller = budget
            let cut = Self.money(&random)
            smaller.day = budget.day.map { min($0, cut) } ?? cut
            #expect(Self.rank(smaller.decision(for: runs, use: use)) >= before)
            // A run more is not let through where fewer are not.
            #expect(Self.rank(budget.decision(for: runs + [.exact(Money("0.5")!, because: "")], use: use)) >= before)
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `runs that are ordered one after the other get no further than together`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            var budget = Self.budget(&random)
            budget.askAbove = nil
            var use = BudgetUse()
            var started = Money.zero
            for _ in 0..<20 {
                let price = Self.money(&random)
                guard case .allow = budget.decision(for: [.exact(price, because: "")], use: use) else { continue }
                started = started + price
                use.inFlight.high = use.inFlight.high + price
                use.inFlight.runs += 1
            }
            for limit in [budget.session, budget.day, budget.month].compactMap({ $0 }) { #expect(started <= limit) }
        }
    }

    @Test func `a seed that is fixed is told wherever a run would be paid twice`() {
        func run(_ seed: JSONValue?, _ prompt: String = "fox") -> Repetition.Run {
            var input: JSONObject = ["prompt": .string(prompt)]
            input["seed"] = seed
            return ("lab/fox", input)
        }
        #expect(Repetition(of: [run(7)]) == nil)
        #expect(Repetition(of: [run(7), run(8)]) == nil)
        #expect(Repetition(of: [run(nil), run(nil)]) == nil)
        #expect(Repetition(of: [run(-1), run(-1)]) == nil, "below zero the model chooses")
        #expect(Repetition(of: [run(7, "fox"), run(7, "owl")]) == nil)
        #expect(
            Repetition(of: [run(7), run(7), run(7)])?.text
                == "Seed 7 is fixed: 2 of these 3 runs make what another one makes, and each is paid."
        )
        #expect(Repetition(of: [run(7)], made: [run(7)])?.text.hasSuffix("and is paid again.") == true)
        #expect(Repetition(of: [run(7)], made: [run(8), run(nil)]) == nil)
        #expect(Repetition(of: [run(7)], made: [("other/model", run(7).input)]) == nil)
    }
}

struct QuantityFormulaTests {
    @Test(arguments: [
        ("num_frames ÷ fps", ["num_frames", "fps"]),
        ("image_urls × seconds_per_image", ["image_urls", "seconds_per_image"]),
        ("num_frames / fps|frames_per_second", ["num_frames", "fps", "frames_per_second"]), ("2 * n", ["n"]),
        ("n×0.5÷4", ["n"]), ("a-b_c", ["a-b_c"]), (" n ", ["n"]),
    ])
    func `factors are read with either sign`(text: String, inputs: [String]) throws {
        #expect(try #require(QuantityFormula(text)).inputs == inputs)
    }

    @Test(arguments: [
        "", "×", "n ×", "× n", "2", "2 × 3", "0 × n", "n + m", "n m", "n × 1e5", "1n", "n||m", "|n", "n × ",
        "ñ", "n ÷ 0",
        "n()", "n.m",
    ])
    func `what cannot be worked out is no formula`(text: String) {
        #expect(QuantityFormula(text) == nil)
    }
}
