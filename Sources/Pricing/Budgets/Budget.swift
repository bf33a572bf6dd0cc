package import Money

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
    private struct Window {
        let limit: Money
        let spent: Money
        /// Reads after an amount.
        let name: String
    }

    private func windows(_ use: BudgetUse) -> [Window] {
        [
            (session, use.session.counted, "in this session"), (day, use.today.counted, "today"),
            (month, use.month.counted, "this month"),
        ]
        .compactMap { limit, spent, name in limit.map { Window(limit: $0, spent: spent, name: name) } }
    }

    /// Whether something of this price may run now.
    ///
    /// Counts what is in flight at its upper estimate. An unknown price always asks, and is refused only where a budget
    /// is used up already, because nobody can tell what it adds; for the same reason a known price asks while something
    /// of unknown price is in flight and there is a budget that it could break.
    /// - Parameter estimates: of each run that is to be started together.
    package func decision(for estimates: [Estimate], use: BudgetUse) -> BudgetDecision {
        decision(total: Estimate.sum(estimates), dearest: estimates.compactMap(\.high).max(), use: use)
    }

    /// ``decision(for:use:)`` for `count` runs of each of these prices.
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
        return .go
    }

    private static func besides(_ use: BudgetUse) -> String {
        use.unpricedText.map { ", and \($0) under way besides" } ?? ""
    }
}
