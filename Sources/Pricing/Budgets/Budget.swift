package import Money

/// Limits of spending in dollars; nil: no limit.
package struct Budget: Hashable, Sendable {
    /// Runs that start together need a confirmation when the sum of their upper estimates is higher.
    package var askAbove: Money?
    /// The limit of one run.
    package var run: Money?
    /// The limit of one session, which is the time since the program was started.
    package var session: Money?
    /// The limit of one calendar day.
    package var day: Money?
    /// The limit of one calendar month.
    package var month: Money?

    /// Without arguments, no limits.
    package init(
        askAbove: Money? = nil,
        run: Money? = nil,
        session: Money? = nil,
        day: Money? = nil,
        month: Money? = nil
    ) {
        self.askAbove = askAbove
        self.run = run
        self.session = session
        self.day = day
        self.month = month
    }

    /// The limits when the settings have none.
    package static let standard = Budget(
        askAbove: Money("0.10"),
        run: Money("2.00"),
        session: Money("5.00"),
        day: Money("5.00"),
        month: Money("50.00")
    )
}

extension Budget {
    /// The limit of one period; nil: none.
    package func limit(of period: BudgetPeriod) -> Money? {
        switch period {
        case .session: session
        case .day: day
        case .month: month
        }
    }

    /// Whether runs with these estimates may start now.
    ///
    /// Runs in flight count with their upper estimates. A run of unknown price always needs a confirmation, and is
    /// refused only if a budget is used up already, because the sum that it adds is not known. For the same reason a
    /// known price needs a confirmation while a run of unknown price is in flight and there is a budget that it could
    /// exceed.
    ///
    /// - Parameters:
    ///   - estimates: one for each of the runs that start together.
    ///   - use: what has been spent and is in flight.
    package func decision(for estimates: [Estimate], use: BudgetUse) -> BudgetDecision {
        decision(total: Estimate.sum(estimates), dearest: estimates.compactMap(\.high).max(), use: use)
    }

    /// The same as ``decision(for:use:)`` for `count` runs with each of these estimates.
    package func decision(for estimates: [Estimate], count: Int, use: BudgetUse) -> BudgetDecision {
        decision(
            total: Estimate.sum(estimates).times(count),
            dearest: estimates.compactMap(\.high).max(),
            use: use
        )
    }

    private func decision(total: Estimate, dearest: Money?, use: BudgetUse) -> BudgetDecision {
        if let run, let dearest, dearest > run { return .refuse(.run(price: dearest, limit: run)) }
        let limits = BudgetPeriod.allCases.compactMap { period in limit(of: period).map { (period, $0) } }
        for (period, limit) in limits {
            let spent = use[period].counted
            guard let high = total.high else {
                if spent >= limit { return .refuse(.usedUp(period, spent: spent, limit: limit, use.inFlight)) }
                continue
            }
            let sum = spent + high
            if sum > limit { return .refuse(.period(period, sum: sum, limit: limit, use.inFlight)) }
        }
        guard let high = total.high else { return .ask(.unknownPrice(because: total.explanation)) }
        if let askAbove, high > askAbove { return .ask(.aboveAskLimit(askAbove)) }
        if use.inFlight.unpricedRuns > 0, let (period, limit) = limits.first {
            return .ask(.unpricedInFlight(runs: use.inFlight.unpricedRuns, period, limit: limit))
        }
        return .allow
    }
}
