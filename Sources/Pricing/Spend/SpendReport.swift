package import Foundation
package import Money

/// What was spent: the same figures for the studio's view and for `darkroom spend`.
package struct SpendReport: Hashable, Sendable {
    /// Runs of one day, model or status, together.
    package struct Line: Hashable, Sendable {
        /// `2026-11-25`, `owner/name`, `succeeded`.
        package var name: String
        package var runs = 0
        /// What is known of the cost; see ``unknownRuns``.
        package var cost = Money.zero
        /// Runs that ended and whose cost nobody can tell: they are in ``runs`` and add nothing to ``cost``.
        package var unknownRuns = 0
        /// Upper estimates of the unknown ones; what had none adds nothing.
        package var unknownHigh = Money.zero
        /// Runs that ended and cost nothing.
        package var freeRuns = 0
        /// Upper estimates of the free ones: what they would have cost.
        package var freeWorth = Money.zero
        /// Of runs whose estimate and cost are both known and that were not free: the sums of each.
        package var comparedCost = Money.zero
        package var comparedLow = Money.zero
        package var comparedHigh = Money.zero
        /// Of the compared ones, those whose cost the server did not count: worked out from time or from the estimate.
        package var guessedRuns = 0

        package init(name: String) { self.name = name }

        package mutating func add(_ other: Line) {
            runs += other.runs
            cost = cost + other.cost
            unknownRuns += other.unknownRuns
            unknownHigh = unknownHigh + other.unknownHigh
            guessedRuns += other.guessedRuns
            freeRuns += other.freeRuns
            freeWorth = freeWorth + other.freeWorth
            comparedCost = comparedCost + other.comparedCost
            comparedLow = comparedLow + other.comparedLow
            comparedHigh = comparedHigh + other.comparedHigh
        }

        /// Nothing but unknown costs is no cost of nothing.
        package var isUnknown: Bool { runs > 0 && unknownRuns == runs }

        /// The cost for reading: `?` where nothing of it is known, `free` where nothing was to be paid.
        package var label: String {
            if isUnknown { return "?" }
            return runs > 0 && freeRuns + unknownRuns == runs ? "free" : cost.shortText
        }

        /// The server counted the cost of each, and together they cost what was estimated; a guess agrees with nothing.
        package var isAsEstimated: Bool { comparedHigh > .zero && guessedRuns == 0 && deviation == nil }

        /// By how much all of them together missed their estimates; nil within 20 %.
        package var deviation: Deviation? {
            guard comparedCost > .zero else { return nil }
            return Deviation(
                of: .counted(comparedCost, because: ""),
                from: .range(low: comparedLow, high: comparedHigh, because: "")
            )
        }
    }

    /// What is not over yet, in every process.
    package struct UnderWay: Hashable, Sendable {
        package var runs = 0
        /// The upper estimates of those that have one.
        package var high = Money.zero
        /// Those that have none.
        package var unpricedRuns = 0

        package init(runs: Int = 0, high: Money = .zero, unpricedRuns: Int = 0) {
            self.runs = runs
            self.high = high
            self.unpricedRuns = unpricedRuns
        }
    }

    /// nil: from the first run on.
    package var since: Date?
    /// Every day of the time that is looked at, oldest first, also those without a run.
    package var days: [Line]
    /// The dearest first.
    package var models: [Line]
    /// The dearest first.
    package var statuses: [Line]
    package var underWay: UnderWay

    package init(
        since: Date? = nil,
        days: [Line] = [],
        models: [Line] = [],
        statuses: [Line] = [],
        underWay: UnderWay = UnderWay()
    ) {
        self.underWay = underWay
        self.since = since
        self.days = days
        self.models = models
        self.statuses = statuses
    }

    package var total: Line {
        statuses.reduce(into: Line(name: "total")) { $0.add($1) }
    }

    /// What is paid, under way and unknown, each by itself.
    package var parts: SpendParts {
        let total = total
        return SpendParts(
            paid: total.cost,
            underWay: underWay.high,
            unpriced: underWay.unpricedRuns,
            unsettled: total.unknownHigh,
            unknownRuns: total.unknownRuns
        )
    }
}

extension SpendReport.Line {
    /// Dearest first, then the most runs, then by name.
    package static func isDearer(_ left: Self, _ right: Self) -> Bool {
        (right.cost, right.runs, left.name) < (left.cost, left.runs, right.name)
    }
}
