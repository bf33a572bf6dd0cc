package import Money

/// The sums that count against budgets, over all processes, read at one moment.
package struct BudgetUse: Hashable, Sendable {
    /// Runs that ended since the program was started.
    package var session: SpendSum
    /// Runs that ended on this calendar day.
    package var today: SpendSum
    /// Runs that ended in this calendar month.
    package var month: SpendSum
    /// The runs that have not ended. They count in every period.
    package var inFlight: InFlightSum

    /// Without arguments, nothing was spent and nothing is in flight.
    package init(
        session: SpendSum = SpendSum(),
        today: SpendSum = SpendSum(),
        month: SpendSum = SpendSum(),
        inFlight: InFlightSum = InFlightSum()
    ) {
        self.session = session
        self.today = today
        self.month = month
        self.inFlight = inFlight
    }

    /// The runs that ended in one period together with those in flight.
    package subscript(period: BudgetPeriod) -> SpendSum {
        let ended =
            switch period {
            case .session: session
            case .day: today
            case .month: month
            }
        return ended + SpendSum(inFlight: inFlight)
    }
}
