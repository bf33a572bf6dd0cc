package import Foundation

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
        /// Runs that ended and cost nothing.
        package var freeRuns = 0
        /// Upper estimates of the free ones: what they would have cost.
        package var freeWorth = Money.zero
        /// Of runs whose estimate and cost are both known and that were not free: the sums of each.
        package var comparedCost = Money.zero
        package var comparedLow = Money.zero
        package var comparedHigh = Money.zero

        package init(name: String) { self.name = name }

        package mutating func add(_ other: Line) {
            runs += other.runs
            cost = cost + other.cost
            unknownRuns += other.unknownRuns
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

        /// By how much all of them together missed their estimates; nil within 20 %.
        package var deviation: Deviation? {
            guard comparedCost > .zero else { return nil }
            return Deviation(
                of: .counted(comparedCost, because: ""),
                from: .range(low: comparedLow, high: comparedHigh, because: "")
            )
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

    package init(since: Date? = nil, days: [Line] = [], models: [Line] = [], statuses: [Line] = []) {
        self.since = since
        self.days = days
        self.models = models
        self.statuses = statuses
    }

    package var total: Line {
        statuses.reduce(into: Line(name: "total")) { $0.add($1) }
    }
}

extension SpendReport.Line {
    /// Dearest first, then the most runs, then by name.
    package static func isDearer(_ left: Self, _ right: Self) -> Bool {
        (right.cost, right.runs, left.name) < (left.cost, left.runs, right.name)
    }
}
