import Foundation
import History
import Money
import Predictions
import Pricing
import ReplicateClient

extension Composition {
    /// What the budgets say to runs of these prices now, over every process on the history.
    ///
    /// Only a forecast: the journal decides, where nobody can spend in between. A history that cannot be read counts as
    /// nothing spent, because the journal will not take the runs either.
    func judge(_ estimates: [Estimate]) -> BudgetDecision {
        let policy = settings.spending
        let use = try? store.readSpend { try policy.use($0, clock: client.clock) }
        return policy.budget.decision(for: estimates, use: use ?? BudgetUse())
    }

    /// The same for many runs of this price in all, whose limit for one run is judged where each is started.
    func judge(total: Estimate) -> BudgetDecision {
        let policy = settings.spending
        let use = try? store.readSpend { try policy.use($0, clock: client.clock) }
        var budget = policy.budget
        budget.run = nil
        return budget.decision(for: [total], use: use ?? BudgetUse())
    }
}
