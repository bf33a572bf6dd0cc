package import Foundation
import GRDB

/// What runs that ended have cost. Amounts are whole nano-dollars.
package struct SpentSum: Hashable, Sendable {
    package let paid: Int64
    /// Upper estimates of those whose cost nobody can tell.
    package let unsettled: Int64
    /// How many those are, also without an estimate.
    package let unknownRuns: Int

    /// What is held against a limit.
    package var counted: Int64 { paid + unsettled }

    package init(paid: Int64, unsettled: Int64, unknownRuns: Int) {
        self.paid = paid
        self.unsettled = unsettled
        self.unknownRuns = unknownRuns
    }
}

/// Sums of money over the runs of every process, read at one moment. All amounts are whole nano-dollars.
package struct SpendReader {
    let database: Database

    /// What runs that ended since `date` have cost.
    package func spent(since date: Date) throws -> SpentSum {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT sum(costNanos), sum(estimateHighNanos) FILTER (WHERE costNanos IS NULL), count(*) - count(costNanos)
                FROM run WHERE finishedAt >= ?
                """,
            arguments: [date.timeIntervalSince1970]
        )
        return SpentSum(paid: row?[0] ?? 0, unsettled: row?[1] ?? 0, unknownRuns: row?[2] ?? 0)
    }

    /// How many runs are under way and not yet booked.
    package func runsInFlight() throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM run WHERE stage IN (\(RunRecord.Stage.inFlightWords)) AND costKind IS NULL
                """
        ) ?? 0
    }

    /// When the last run ended; nil when none has.
    package func lastEnd() throws -> Date? {
        try Double.fetchOne(database, sql: "SELECT max(finishedAt) FROM run").map(Date.init(timeIntervalSince1970:))
    }

    /// The upper estimates of everything that is under way and not yet booked; what has no estimate adds nothing, see
    /// ``unpricedInFlight()``.
    package func inFlight() throws -> Int64 {
        try Int64.fetchOne(
            database,
            sql: """
                SELECT sum(estimateHighNanos) FROM run
                WHERE stage IN (\(RunRecord.Stage.inFlightWords)) AND costKind IS NULL
                """
        ) ?? 0
    }

    /// How many runs are under way and not yet booked whose price nobody knows.
    package func unpricedInFlight() throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM run
                WHERE stage IN (\(RunRecord.Stage.inFlightWords)) AND costKind IS NULL
                    AND estimateHighNanos IS NULL
                """
        ) ?? 0
    }
}
