/// Limits of spending; nil: no limit.
package struct Budget: Hashable, Sendable {
    /// A run above it asks first.
    package var askAbove: Money?
    package var run: Money?
    package var session: Money?
    package var day: Money?
    package var month: Money?

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

    /// What applies when nobody has said anything.
    package static let standard = Budget(
        askAbove: Money("0.10"),
        run: Money("2.00"),
        session: Money("5.00"),
        day: Money("5.00"),
        month: Money("50.00")
    )
}

package enum BudgetDecision: Hashable, Sendable {
    case go
    /// Ask the person first; the sentence says why.
    case ask(reason: String)
    /// Do not run; the sentence holds the sum and the limit.
    case refuse(reason: String)
}

extension Budget {
    /// Whether something of this price may run now.
    ///
    /// Counts what is in flight at its upper estimate. An unknown price always asks, and is refused by no limit,
    /// because nobody can tell.
    package func decision(
        for estimate: Estimate,
        session spentInSession: Money,
        today: Money,
        month spentInMonth: Money,
        inFlight: Money
    ) -> BudgetDecision {
        guard let high = estimate.high else {
            return .ask(reason: "The price is not known: \(estimate.explanation).")
        }
        if let run, high > run {
            return .refuse(reason: "\(high.text) is more than the budget of \(run.text) for one run.")
        }
        let windows: [(limit: Money?, spent: Money, name: String)] = [
            (session, spentInSession, "session"), (day, today, "day"), (month, spentInMonth, "month"),
        ]
        for window in windows {
            let sum = window.spent + inFlight + high
            if let limit = window.limit, sum > limit {
                return .refuse(
                    reason: "This would make \(sum.text) this \(window.name), over the budget of \(limit.text)."
                )
            }
        }
        if let askAbove, high > askAbove {
            return .ask(reason: "It is over the limit of \(askAbove.text) above which the studio asks.")
        }
        return .go
    }
}
