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

/// What counts against a budget.
package struct BudgetUse: Hashable, Sendable {
    package var session: Money
    package var today: Money
    package var month: Money
    /// The upper estimates of everything in flight, in every process.
    package var inFlight: Money

    package init(session: Money = .zero, today: Money = .zero, month: Money = .zero, inFlight: Money = .zero) {
        self.session = session
        self.today = today
        self.month = month
        self.inFlight = inFlight
    }
}

extension Budget {
    /// Whether something of this price may run now.
    ///
    /// Counts what is in flight at its upper estimate. An unknown price always asks, and is refused only where a budget
    /// is used up already, because nobody can tell what it adds.
    /// - Parameter estimates: of each run that is to be started together.
    package func decision(for estimates: [Estimate], use: BudgetUse) -> BudgetDecision {
        let total = Estimate.sum(estimates)
        let windows: [(limit: Money?, spent: Money, name: String)] = [
            (session, use.session, "in this session"), (day, use.today, "today"), (month, use.month, "this month"),
        ]
        guard let high = total.high else {
            for window in windows {
                let sum = window.spent + use.inFlight
                if let limit = window.limit, sum >= limit {
                    return .refuse(
                        reason: "The price is not known, and the budget of \(limit.text) \(window.name) is used up: "
                            + "\(sum.text) spent or running."
                    )
                }
            }
            return .ask(reason: "The price is not known: \(total.explanation).")
        }
        if let run, let each = estimates.compactMap(\.high).max(), each > run {
            return .refuse(reason: "\(each.text) is more than the budget of \(run.text) for one run.")
        }
        for window in windows {
            let sum = window.spent + use.inFlight + high
            if let limit = window.limit, sum > limit {
                let running = use.inFlight > .zero ? ", \(use.inFlight.text) of it running" : ""
                return .refuse(
                    reason: "This would make \(sum.text) \(window.name)\(running): over the budget of \(limit.text)."
                )
            }
        }
        if let askAbove, high > askAbove {
            return .ask(reason: "It is over the limit of \(askAbove.text) above which you are asked.")
        }
        return .go
    }
}
