package import Money
package import Pricing

/// What Run would do and cost, or why it cannot.
package struct Quote: Hashable, Sendable {
    /// How many predictions would be created.
    package var runs: Int
    /// One of them, at the prices of today; nil where they differ.
    package var each: Estimate?
    /// All of them: the sum of what each costs by itself.
    package var total: Estimate
    /// The price comes from the time that runs take, or would if the hardware were known.
    package var isTimed: Bool
    /// How old the price is, in a few words; nil where there is nothing to warn of.
    package var caution: String?
    /// What the budgets say to it.
    package var decision: BudgetDecision
    /// Why Run is disabled: a sentence; nil when it is not.
    package var obstacle: Obstacle?

    /// Why Run is disabled.
    package struct Obstacle: Hashable, Sendable {
        /// Where it can be mended.
        package var pane: Pane
        /// A sentence without a full stop.
        package var reason: String
        /// The input that it is about; nil: none of the form's.
        var input: String?
    }

    /// - Parameters:
    ///   - estimates: at least one.
    ///   - count: runs of each of them.
    init(
        _ estimates: [Estimate],
        count: Int = 1,
        isTimed: Bool = false,
        caution: String? = nil,
        decision: BudgetDecision = .allow,
        obstacle: Obstacle?
    ) {
        runs = estimates.count * count
        each = estimates.allSatisfy { $0 == estimates.first } ? estimates.first : nil
        total = count == 1 ? .sum(estimates) : each?.times(runs) ?? Estimate.sum(estimates).times(count)
        self.isTimed = isTimed
        self.caution = caution
        self.decision = decision
        self.obstacle = obstacle
    }
}
