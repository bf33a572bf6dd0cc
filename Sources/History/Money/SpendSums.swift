package import Foundation
import GRDB

/// Runs that ended and share a model, a status and a kind of cost. Amounts are whole nano-dollars.
package struct SpendGroup: Hashable, Sendable {
    /// `owner/name` or `owner/name:version`.
    package let model: String
    package let status: String
    /// `free`, `counted`, `estimated` or `unknown`.
    package let costKind: String
    package let runs: Int
    package let cost: Int64
    package let estimateHigh: Int64
    /// Sums over those whose cost and estimate are both known.
    package let comparedCost: Int64
    package let comparedLow: Int64
    package let comparedHigh: Int64
}

/// Runs that ended within one span of time. Amounts are whole nano-dollars.
package struct SpendSpan: Hashable, Sendable {
    package let runs: Int
    package let cost: Int64
    package let unknownRuns: Int
    package let freeRuns: Int
}

extension SpendReader {
    /// - Parameter date: nil: from the first run on.
    package func groups(since date: Date?) throws -> [SpendGroup] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT model, status, costKind, count(*), sum(costNanos), sum(estimateHighNanos),
                    sum(costNanos) FILTER (WHERE estimateHighNanos IS NOT NULL),
                    sum(estimateLowNanos) FILTER (WHERE costNanos IS NOT NULL),
                    sum(estimateHighNanos) FILTER (WHERE costNanos IS NOT NULL)
                FROM run INDEXED BY run_spend_by_model
                WHERE costKind IS NOT NULL AND finishedAt >= ?
                GROUP BY model, status, costKind
                """,
            arguments: [date?.timeIntervalSince1970 ?? 0]
        )
        return rows.map { row in
            func amount(_ index: Int) -> Int64 { row[index] ?? 0 }
            return SpendGroup(
                model: row[0],
                status: row[1] ?? "unknown",
                costKind: row[2],
                runs: row[3],
                cost: amount(4),
                estimateHigh: amount(5),
                comparedCost: amount(6),
                comparedLow: amount(7),
                comparedHigh: amount(8)
            )
        }
    }

    /// One for each span from a moment to the next one.
    ///
    /// - Parameter moments: ascending; n of them make n − 1 spans.
    package func spans(between moments: [Date]) throws -> [SpendSpan] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT count(*), sum(costNanos), count(*) FILTER (WHERE costKind = 'unknown'),
                    count(*) FILTER (WHERE costKind = 'free')
                FROM run INDEXED BY run_spend_by_day
                WHERE finishedAt >= ? AND finishedAt < ? AND costKind IS NOT NULL
                """
        )
        return try zip(moments, moments.dropFirst()).map { start, end in
            let row = try Row.fetchOne(
                statement,
                arguments: [start.timeIntervalSince1970, end.timeIntervalSince1970]
            )
            return SpendSpan(
                runs: row?[0] ?? 0,
                cost: row?[1] ?? 0,
                unknownRuns: row?[2] ?? 0,
                freeRuns: row?[3] ?? 0
            )
        }
    }

    /// When the first run ended; nil when none has.
    package func firstEnd() throws -> Date? {
        try Double.fetchOne(database, sql: "SELECT min(finishedAt) FROM run WHERE finishedAt IS NOT NULL")
            .map(Date.init(timeIntervalSince1970:))
    }
}
