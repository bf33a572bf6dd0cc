import Money
import Pricing
import Testing

struct BudgetTests {
    private let budget = Budget(
        askAbove: Money("0.10"),
        run: Money("2"),
        session: Money("5"),
        day: Money("6"),
        month: Money("50")
    )

    private func exact(_ text: String) -> Estimate { .exact(Money(text)!, because: "it is so") }

    private func use(_ session: String = "0", inFlight: String = "0", today: String? = nil, month: String? = nil)
        -> BudgetUse
    {
        BudgetUse(
            session: SpendSum(paid: Money(session)!),
            today: SpendSum(paid: Money(today ?? session)!),
            month: SpendSum(paid: Money(month ?? today ?? session)!),
            inFlight: InFlightSum(high: Money(inFlight)!)
        )
    }

    private func isRefused(_ decision: BudgetDecision) -> String? {
        if case .refuse(let objection) = decision { objection.sentence } else { nil }
    }

    @Test func `a price within the limits runs, and one above the ask-above limit asks`() {
        #expect(budget.decision(for: [exact("0.10")], use: use()) == .allow)
        #expect(budget.decision(for: [exact("0.11")], use: use()) == .ask(.aboveAskLimit(Money("0.10")!)))
    }

    @Test func `the limit for one run applies to each run, not to their sum`() {
        #expect(isRefused(budget.decision(for: [exact("1.50"), exact("1.50")], use: use())) == nil)
        #expect(isRefused(budget.decision(for: [exact("0.01"), exact("2.01")], use: use())) != nil)
    }

    @Test func `runs in flight count with their upper estimate`() throws {
        #expect(isRefused(budget.decision(for: [exact("1")], use: use("3", inFlight: "1"))) == nil)
        let use = use("3", inFlight: "1")
        let objection = BudgetObjection.period(.session, sum: Money("5.01")!, limit: Money("5")!, use.inFlight)
        #expect(budget.decision(for: [exact("1.01")], use: use) == .refuse(objection))
        #expect(objection.sentence == "Over budget: $5.01 of $5.00 in this session, $1.00 of it running.")
    }

    @Test func `the upper end of an estimate decides`() {
        let wide = Estimate.range(low: Money("0.01")!, high: Money("1.5")!, because: "who knows")
        #expect(isRefused(budget.decision(for: [wide], use: use("4"))) != nil)
    }

    @Test(arguments: [("0", "5.9", "today"), ("0", "0", "this month")])
    func `day and month have separate limits`(session: String, today: String, name: String) throws {
        let month = name == "today" ? today : "49.9"
        let decision = budget.decision(for: [exact("0.2")], use: use(session, today: today, month: month))
        #expect(try #require(isRefused(decision)).contains(name))
    }

    @Test func `an unknown price asks, and is refused once a budget is used up`() {
        let unknown = Estimate.unknown(reason: "billed by token")
        let question = BudgetDecision.ask(.unknownPrice(because: "billed by token"))
        #expect(budget.decision(for: [unknown], use: use("4.99")) == question)
        #expect(isRefused(budget.decision(for: [unknown], use: use("5"))) != nil)
        #expect(isRefused(budget.decision(for: [exact("0.01"), unknown], use: use("4", inFlight: "1"))) != nil)
    }

    private func isAsked(_ decision: BudgetDecision) -> String? {
        if case .ask(let question) = decision { question.sentence } else { nil }
    }

    @Test func `while a run of unknown price is in flight, a budget that it could exceed asks`() throws {
        var use = use("1", inFlight: "1")
        use.inFlight.unpricedRuns = 2
        let reason = try #require(isAsked(budget.decision(for: [exact("0.01")], use: use)))
        #expect(reason.contains("2 runs of unknown price"))
        #expect(reason.contains("$5.00"))
        #expect(Budget(run: Money("2")).decision(for: [exact("0.01")], use: use) == .allow)
    }

    @Test func `a refusal names runs of unknown price`() throws {
        var use = use("4.99", inFlight: "0.01")
        use.inFlight.unpricedRuns = 1
        let refused = try #require(isRefused(budget.decision(for: [exact("0.01")], use: use)))
        #expect(refused.contains("1 run of unknown price"))
        let unknown = try #require(isRefused(budget.decision(for: [.unknown(reason: "")], use: use)))
        #expect(unknown.contains("1 run of unknown price"))
    }

    @Test(arguments: [(1, "0.01"), (3, "1.7"), (2, "2.01"), (12, "0.01"), (50, "0.1")])
    func `several runs of one price are decided as their sum`(count: Int, price: String) {
        let all = Array(repeating: exact(price), count: count)
        #expect(budget.decision(for: [exact(price)], count: count, use: use()) == budget.decision(for: all, use: use()))
    }

    @Test func `an unknown cost counts with its upper estimate, and is reported separately`() throws {
        var use = use("4", inFlight: "0.5")
        use.session.unknownHigh = Money("0.4")!
        use.session.unknownRuns = 2
        #expect(isRefused(budget.decision(for: [exact("0.1")], use: use)) == nil)
        #expect(try #require(isRefused(budget.decision(for: [exact("0.11")], use: use))).contains("$5.01"))
        let parts = use[.session]
        #expect(parts.shortText == "$4.00 + up to $0.90 + ?")
        #expect(parts.remarks == ["up to $0.50 under way", "the cost of 2 is not known, up to $0.40"])
        #expect(parts.counted == Money("4.9"))
    }

    @Test func `without limits every known price runs`() {
        #expect(Budget().decision(for: [exact("1000000")], use: use("9999")) == .allow)
    }
}
