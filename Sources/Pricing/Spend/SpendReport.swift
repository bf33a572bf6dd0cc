package import Foundation
package import Money

/// A report of spending, with the same figures for the studio's view and for `darkroom spend`.
package struct SpendReport: Hashable, Sendable {
    /// The runs of one day, model or status together.
    package struct Line: Hashable, Sendable {
        /// The day, the model or the status: `2026-11-25`, `owner/name`, `succeeded`.
        package var name: String
        /// The number of ended runs.
        package var runs = 0
        /// The sum of the known costs; see ``unknownRuns``.
        package var cost = Money.zero
        /// The number of ended runs whose cost is not known. They are included in ``runs`` and add nothing to ``cost``.
        package var unknownRuns = 0
        /// The sum of the upper estimates of the unknown ones; a run without an estimate adds nothing.
        package var unknownHigh = Money.zero
        /// The number of ended runs that cost nothing.
        package var freeRuns = 0
        /// The sum of the upper estimates of the free ones: what they would have cost.
        package var freeEstimate = Money.zero
        /// The sum of the costs of runs whose estimate and cost are both known and that were not free.
        package var comparedCost = Money.zero
        /// The sum of the lower estimates of the runs in ``comparedCost``.
        package var comparedLow = Money.zero
        /// The sum of the upper estimates of the runs in ``comparedCost``.
        package var comparedHigh = Money.zero
        /// The number of the compared runs whose cost the server did not count: it was worked out from time or from the
        /// estimate.
        package var guessedRuns = 0

        /// A line without runs.
        package init(name: String) { self.name = name }

        /// Adds the figures of `other`; the name is kept.
        package mutating func add(_ other: Line) {
            runs += other.runs
            cost = cost + other.cost
            unknownRuns += other.unknownRuns
            unknownHigh = unknownHigh + other.unknownHigh
            guessedRuns += other.guessedRuns
            freeRuns += other.freeRuns
            freeEstimate = freeEstimate + other.freeEstimate
            comparedCost = comparedCost + other.comparedCost
            comparedLow = comparedLow + other.comparedLow
            comparedHigh = comparedHigh + other.comparedHigh
        }

        /// Whether there are runs and the cost of none is known.
        package var isUnknown: Bool { runs > 0 && unknownRuns == runs }

        /// The cost as text: `?` when none of it is known, `free` when all known costs are nothing.
        package var label: String {
            if isUnknown { return "?" }
            return runs > 0 && freeRuns + unknownRuns == runs ? "free" : cost.shortText
        }

        /// Whether the server counted the cost of each compared run, and the sum is as estimated. Costs that were
        /// worked out prove nothing.
        package var isAsEstimated: Bool { comparedHigh > .zero && guessedRuns == 0 && deviation == nil }

        /// The difference between the compared costs and their estimates; nil within 20 %.
        package var deviation: Deviation? {
            guard comparedCost > .zero else { return nil }
            return Deviation(
                of: .counted(comparedCost, because: ""),
                from: .range(low: comparedLow, high: comparedHigh, because: "")
            )
        }
    }

    /// The runs that have not ended, in every process.
    package struct InFlight: Hashable, Sendable {
        /// The number of runs.
        package var runs = 0
        /// The sum of their upper estimates.
        package var high = Money.zero
        /// The number of runs without an estimate.
        package var unpricedRuns = 0

        package init(runs: Int = 0, high: Money = .zero, unpricedRuns: Int = 0) {
            self.runs = runs
            self.high = high
            self.unpricedRuns = unpricedRuns
        }
    }

    /// The beginning of the period; nil: from the first run on.
    package var since: Date?
    /// A line for every day of the period, oldest first, also for days without runs.
    package var days: [Line]
    /// A line for each model, the most expensive first.
    package var models: [Line]
    /// A line for each status, the most expensive first.
    package var statuses: [Line]
    /// The runs that have not ended.
    package var inFlight: InFlight

    package init(
        since: Date? = nil,
        days: [Line] = [],
        models: [Line] = [],
        statuses: [Line] = [],
        inFlight: InFlight = InFlight()
    ) {
        self.inFlight = inFlight
        self.since = since
        self.days = days
        self.models = models
        self.statuses = statuses
    }

    /// All ended runs together, as the sum of ``statuses``.
    package var total: Line {
        statuses.reduce(into: Line(name: "total")) { $0.add($1) }
    }

    /// The paid, the pending and the unknown parts of the sum.
    package var parts: SpendParts {
        let total = total
        return SpendParts(
            paid: total.cost,
            inFlight: inFlight.high,
            unpriced: inFlight.unpricedRuns,
            unsettled: total.unknownHigh,
            unknownRuns: total.unknownRuns
        )
    }
}

extension SpendReport.Line {
    /// Sorts by cost, highest first, then by the number of runs, then by name.
    package static func isDearer(_ left: Self, _ right: Self) -> Bool {
        (right.cost, right.runs, left.name) < (left.cost, left.runs, right.name)
    }
}
