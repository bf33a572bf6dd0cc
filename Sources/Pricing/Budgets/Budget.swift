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

/// Whether runs may start.
package enum BudgetDecision: Hashable, Sendable {
    /// Start them.
    case allow
    /// Ask the user first; `reason` is a sentence.
    case ask(reason: String)
    /// Do not start them; `reason` is a sentence with the sum and the limit.
    case refuse(reason: String)
}

extension Budget {
    private struct Window {
        let limit: Money
        let spent: Money
        /// The words after an amount: `today`.
        let name: String
    }

    private func windows(_ use: BudgetUse) -> [Window] {
        [
            (session, use.session.counted, "in this session"), (day, use.today.counted, "today"),
            (month, use.month.counted, "this month"),
        ]
        .compactMap { limit, spent, name in limit.map { Window(limit: $0, spent: spent, name: name) } }
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
        if let run, let dearest, dearest > run {
            return .refuse(reason: "Over budget: \(dearest.text) of \(run.text) for one run.")
        }
        let windows = windows(use)
        guard let high = total.high else {
            for window in windows where window.spent + use.inFlight >= window.limit {
                let sum = (window.spent + use.inFlight).text
                return .refuse(
                    reason: "The budget of \(window.limit.text) \(window.name) is used up (\(sum) spent or running"
                        + "\(Self.besides(use))), and the price is not known."
                )
            }
            return .ask(reason: "The price is not known: \(total.explanation).")
        }
        for window in windows {
            let sum = window.spent + use.inFlight + high
            if sum > window.limit {
                let running = use.inFlight > .zero ? ", \(use.inFlight.text) of it running" : ""
                return .refuse(
                    reason:
                        "Over budget: \(sum.text) of \(window.limit.text) \(window.name)\(running)\(Self.besides(use))."
                )
            }
        }
        if let askAbove, high > askAbove {
            return .ask(reason: "It is over the limit of \(askAbove.text) above which you are asked.")
        }
        if let unpriced = use.unpricedText, let window = windows.first {
            return .ask(
                reason: "Whether the budget of \(window.limit.text) \(window.name) holds, nobody can tell: \(unpriced) "
                    + "\(use.unpricedInFlight == 1 ? "is" : "are") under way."
            )
        }
        return .allow
    }

    private static func besides(_ use: BudgetUse) -> String {
        use.unpricedText.map { ", and \($0) under way besides" } ?? ""
    }
}
