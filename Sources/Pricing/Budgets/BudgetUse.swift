package import Money

/// Runs that ended within one span of time, by what is known of their cost.
package struct SpendTally: Hashable, Sendable {
    /// What is known of the cost.
    package var paid: Money
    /// Upper estimates of runs whose cost nobody can tell: not paid for certain, and counted all the same.
    package var unsettled: Money
    /// How many runs ended whose cost nobody can tell, whether they had an estimate or not.
    package var unknownRuns: Int

    package init(paid: Money = .zero, unsettled: Money = .zero, unknownRuns: Int = 0) {
        self.paid = paid
        self.unsettled = unsettled
        self.unknownRuns = unknownRuns
    }

    /// What is held against a limit.
    package var counted: Money { paid + unsettled }
}

/// What counts against a budget: the sums of every door, read at one moment.
package struct BudgetUse: Hashable, Sendable {
    package var session: SpendTally
    package var today: SpendTally
    package var month: SpendTally
    /// The upper estimates of everything in flight, in every process.
    package var inFlight: Money
    /// Runs in flight whose price nobody knows: they are not in ``inFlight``.
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

    /// `2 runs of unknown price`; nil while every run in flight has one.
    package var unpricedText: String? {
        switch unpricedInFlight {
        case 0: nil
        case 1: "1 run of unknown price"
        default: "\(unpricedInFlight) runs of unknown price"
        }
    }

    /// What of a span is paid, what may be added to it, and what nobody can tell, each said by itself.
    package func parts(_ tally: SpendTally) -> SpendParts {
        SpendParts(
            paid: tally.paid,
            underWay: inFlight,
            unpriced: unpricedInFlight,
            unsettled: tally.unsettled,
            unknownRuns: tally.unknownRuns
        )
    }
}
