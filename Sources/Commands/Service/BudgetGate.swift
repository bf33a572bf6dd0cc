import History
import Pricing
import Synchronization

/// Whether the budget allows one more run of the service. Nobody can be asked here, so what would only be asked about may
/// run; a service knows no sessions, but days and months.
final class BudgetGate: Sendable {
    private let store: HistoryStore
    private let budget: Mutex<Budget>

    init(store: HistoryStore, budget: Budget) {
        self.store = store
        self.budget = Mutex(budget)
    }

    func replace(with budget: Budget) { self.budget.withLock { $0 = budget } }

    /// Why a run of this price must not be started now; nil: it may.
    func objection(to estimate: Estimate) -> String? {
        let budget = budget.withLock { $0 }
        // Reading the history for nothing would hold the queue up.
        let counts = budget.day != nil || budget.month != nil
        let books = SpendBook(store)
        let decision = budget.decision(
            for: estimate,
            session: .zero,
            today: counts ? books.today : .zero,
            month: counts ? books.month : .zero,
            inFlight: counts ? books.inFlight : .zero
        )
        if case .refuse(let reason) = decision { return reason }
        return nil
    }
}
