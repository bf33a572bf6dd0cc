package import Foundation
import GRDB
package import Money

/// Sums of money over the runs of every process, read at one moment.
package struct SpendReader {
    let database: Database

    /// When the last run ended; nil when none has.
    package func lastEnd() throws -> Date? {
        try Double.fetchOne(database, sql: "SELECT max(finishedAt) FROM run").map(Date.init(timeIntervalSince1970:))
    }

    /// Everything that is under way and not yet booked.
    package func inFlight() throws -> InFlightSum {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*), sum(estimateHighNanos), count(estimateHighNanos) FROM run
                WHERE stage IN (\(RunRecord.Stage.inFlightWords)) AND costKind IS NULL
                """
        )
        let runs: Int = row?[0] ?? 0
        return InFlightSum(runs: runs, high: Money(nanos: row?[1] ?? 0), unpricedRuns: runs - (row?[2] ?? 0))
    }
}
