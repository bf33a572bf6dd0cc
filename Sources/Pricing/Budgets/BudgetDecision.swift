package import Money

/// A period over which a budget holds.
package enum BudgetPeriod: Hashable, Sendable, CaseIterable {
    /// Since the program was started.
    case session
    /// The calendar day.
    case day
    /// The calendar month.
    case month

    /// The words after an amount: `today`.
    package var phrase: String {
        switch self {
        case .session: "in this session"
        case .day: "today"
        case .month: "this month"
        }
    }
}

/// Whether runs may start.
package enum BudgetDecision: Hashable, Sendable {
    /// Start them.
    case allow
    /// Ask the user first.
    case ask(BudgetQuestion)
    /// Do not start them.
    case refuse(BudgetObjection)

    /// Why runs do not simply start, as a sentence; nil: they do.
    package var sentence: String? {
        switch self {
        case .allow: nil
        case .ask(let question): question.sentence
        case .refuse(let objection): objection.sentence
        }
    }
}

/// Why a user is asked before runs start.
package enum BudgetQuestion: Hashable, Sendable {
    /// The price of the runs is not known; `because` says why, as ``Money/Estimate/explanation``.
    case unknownPrice(because: String)
    /// The sum of the upper estimates is above the limit above which the user is asked.
    case aboveAskLimit(Money)
    /// So many runs without an estimate are in flight, so that nobody can tell whether the budget of the period holds.
    case unpricedInFlight(runs: Int, BudgetPeriod, limit: Money)

    /// For the user, with a full stop.
    package var sentence: String {
        switch self {
        case .unknownPrice(let reason): "The price is not known: \(reason)."
        case .aboveAskLimit(let limit): "This is more than \(limit.text), your limit above which you are asked first."
        case .unpricedInFlight(let runs, let period, let limit):
            "It is not known whether this keeps within the budget of \(limit.text) \(period.phrase): "
                + "\(InFlightSum.text(unpriced: runs)) \(runs == 1 ? "is" : "are") under way."
        }
    }
}

/// Why runs must not start.
package enum BudgetObjection: Hashable, Sendable {
    /// One of the runs may cost `price`, more than a run may.
    case run(price: Money, limit: Money)
    /// With the runs, the period would come to `sum`. What is in flight is included in `sum`.
    case period(BudgetPeriod, sum: Money, limit: Money, InFlightSum)
    /// The budget of the period is used up, and the price of the runs is not known. What is in flight is included in
    /// `spent`.
    case usedUp(BudgetPeriod, spent: Money, limit: Money, InFlightSum)

    /// For the user, with the sum, the limit and a full stop.
    package var sentence: String {
        switch self {
        case .run(let price, let limit): return "Over budget: \(price.text) of \(limit.text) for one run."
        case .period(let period, let sum, let limit, let inFlight):
            let running = inFlight.high > .zero ? ", \(inFlight.high.text) of it running" : ""
            return "Over budget: \(sum.text) of \(limit.text) \(period.phrase)\(running)\(Self.besides(inFlight))."
        case .usedUp(let period, let spent, let limit, let inFlight):
            return "The budget of \(limit.text) \(period.phrase) is used up (\(spent.text) spent or running"
                + "\(Self.besides(inFlight))), and the price is not known."
        }
    }

    private static func besides(_ inFlight: InFlightSum) -> String {
        inFlight.unpricedText.map { ", and \($0) under way besides" } ?? ""
    }
}
