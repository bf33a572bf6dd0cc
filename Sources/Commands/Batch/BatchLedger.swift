import Money
import Predictions
import Pricing
import Synchronization

/// Holds a batch to its limit while it runs: prices that were forecast may have changed since.
final class BatchLedger: Sendable {
    private struct State {
        var spent = Money.zero
        var reserved = Money.zero
    }

    private let limit: Money?
    private let state = Mutex(State())

    /// - Parameter limit: in USD; nil: none.
    init(limit: Money?) { self.limit = limit }

    /// Sets aside what runs may cost. Throws ``CommandError`` when that is not known, or too much; nothing is set aside then.
    ///
    /// - Returns: whether anything is set aside, and is to be settled.
    func reserve(_ total: Estimate) throws -> Bool {
        guard let limit else { return false }
        guard let high = total.high else {
            try SpendingQuestion.check(total, against: limit)
            return false
        }
        let isReserved: Bool? = state.withLock { state in
            guard state.spent + state.reserved + high <= limit else { return nil }
            state.reserved = state.reserved + high
            return true
        }
        if let isReserved { return isReserved }
        throw CommandError(
            .overBudget,
            "The next line may cost \(high.text) USD, and then --max-cost \(limit.text) is passed"
        )
    }

    /// What was set aside is paid, as far as that is known.
    func settle(_ total: Estimate, paid: Money?) {
        guard limit != nil, let high = total.high else { return }
        state.withLock { state in
            state.reserved = state.reserved - high
            state.spent = state.spent + (paid ?? high)
        }
    }
}
