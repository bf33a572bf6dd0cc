package import Money

/// The costs of the runs that ended within one period.
package struct SpendTally: Hashable, Sendable {
    /// The sum of the known costs.
    package var paid: Money
    /// The sum of the upper estimates of runs whose cost is not known. It is not certainly paid, but counts against
    /// budgets.
    package var unsettled: Money
    /// The number of runs whose cost is not known, with or without an estimate.
    package var unknownRuns: Int

    package init(paid: Money = .zero, unsettled: Money = .zero, unknownRuns: Int = 0) {
        self.paid = paid
        self.unsettled = unsettled
        self.unknownRuns = unknownRuns
    }

    /// The sum that counts against a limit.
    package var counted: Money { paid + unsettled }
}

/// The sums that count against budgets, over all processes, read at one moment.
package struct BudgetUse: Hashable, Sendable {
    /// Runs that ended since the program was started.
    package var session: SpendTally
    /// Runs that ended on this calendar day.
    package var today: SpendTally
    /// Runs that ended in this calendar month.
    package var month: SpendTally
    /// The sum of the upper estimates of all runs in flight, in every process.
    package var inFlight: Money
    /// The number of runs in flight without an estimate; they are not in ``inFlight``.
    package var unpricedInFlight: Int

    package init(
        session: SpendTally = SpendTally(),
        today: SpendTally = SpendTally(),
        month: SpendTally = SpendTally(),
        inFlight: Money = .zero,
        unpricedInFlight: Int = 0
    ) {
        self.session = session
        self.today = today
        self.month = month
        self.inFlight = inFlight
        self.unpricedInFlight = unpricedInFlight
    }

    /// Such as `2 runs of unknown price`; nil when every run in flight has an estimate.
    package var unpricedText: String? {
        switch unpricedInFlight {
        case 0: nil
        case 1: "1 run of unknown price"
        default: "\(unpricedInFlight) runs of unknown price"
        }
    }

    /// The parts of the sum for one period and the runs in flight.
    package func parts(_ tally: SpendTally) -> SpendParts {
        SpendParts(
            paid: tally.paid,
            inFlight: inFlight,
            unpriced: unpricedInFlight,
            unsettled: tally.unsettled,
            unknownRuns: tally.unknownRuns
        )
    }
}
