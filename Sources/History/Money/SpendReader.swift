package import Foundation
import GRDB

/// Sums of money over the runs of every process, read at one moment. All amounts are whole nano-dollars.
package struct SpendReader {
    let database: Database

    /// What runs that ended since `date` have cost; those whose cost nobody can tell count with their upper estimate.
    package func spent(since date: Date) throws -> Int64 {
        try Int64.fetchOne(
            database,
            sql: """
                SELECT sum(coalesce(costNanos, estimateHighNanos)) FROM run WHERE finishedAt >= ?
                """,
            arguments: [date.timeIntervalSince1970]
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
                WHERE stage IN ('queued', 'sending', 'unclear', 'accepted') AND costKind IS NULL
                """
        ) ?? 0
    }

    /// How many runs are under way and not yet booked whose price nobody knows.
    package func unpricedInFlight() throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM run
                WHERE stage IN ('queued', 'sending', 'unclear', 'accepted') AND costKind IS NULL
                    AND estimateHighNanos IS NULL
                """
        ) ?? 0
    }
}

extension HistoryStore {
    /// Reads sums at one moment.
    package func readSpend<Value>(_ body: (SpendReader) throws -> Value) throws -> Value {
        try database.read { try body(SpendReader(database: $0)) }
    }
}
