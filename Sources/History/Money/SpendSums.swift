package import Foundation
import GRDB
package import Money

/// Runs that ended and share a model, a status and a kind of cost. Amounts are whole nano-dollars.
package struct SpendGroup: Hashable, Sendable {
    /// `owner/name` or `owner/name:version`.
    package let model: String
    package let status: RunRecord.Status
    package let basis: ActualCost.Basis
    package let runs: Int
    package let cost: Int64
    package let estimateLow: Int64
    package let estimateHigh: Int64
    /// The part of ``cost`` that belongs to runs with an estimate.
    package let costOfEstimated: Int64
}

/// Runs that ended within one span of time. Amounts are whole nano-dollars.
package struct SpendSpan: Hashable, Sendable {
    package let runs: Int
    package let cost: Int64
    package let unknownRuns: Int
    /// Upper estimates of the unknown ones.
    package let unknownHigh: Int64
    package let freeRuns: Int
}

extension SpendReader {
    /// - Parameters:
    ///   - date: nil: from the first run on.
    ///   - end: runs that ended before it; nil: to the last one.
    package func groups(since date: Date?, until end: Date? = nil) throws -> [SpendGroup] {
        // Each aggregate and each condition is milliseconds where there are 100,000 runs: none without need.
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT model, status, costKind, count(*), sum(costNanos), sum(estimateLowNanos), sum(estimateHighNanos),
                    sum(costNanos) FILTER (WHERE estimateHighNanos IS NOT NULL)
                FROM run INDEXED BY run_spend_by_model \(date == nil ? "" : "WHERE finishedAt >= ?")
                \(end == nil ? "" : date == nil ? "WHERE finishedAt < ?" : "AND finishedAt < ?")
                GROUP BY model, status, costKind
                """,
            arguments: StatementArguments([date, end].compactMap { $0?.timeIntervalSince1970 })
        )
        return rows.compactMap { row in
            // What has not ended has no cost yet.
            guard let kind = row[2] as String? else { return nil }
            // A word of a later version says nothing that is known here.
            let basis = ActualCost.Basis(rawValue: kind) ?? .unknown
            func amount(_ index: Int) -> Int64 { row[index] ?? 0 }
            return SpendGroup(
                model: row[0],
                status: RunRecord.Status(rawValue: row[1] ?? "unknown"),
                basis: basis,
                runs: row[3],
                cost: amount(4),
                estimateLow: amount(5),
                estimateHigh: amount(6),
                costOfEstimated: amount(7)
            )
        }
    }

    /// One for each span from a moment to the next one.
    ///
    /// - Parameter moments: ascending; n of them make n − 1 spans.
    package func spans(between moments: [Date]) throws -> [SpendSpan] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT count(*), sum(costNanos), count(costNanos), sum(costNanos = 0),
                    sum(estimateHighNanos) FILTER (WHERE costNanos IS NULL)
                FROM run INDEXED BY run_spend_by_day WHERE finishedAt >= ? AND finishedAt < ?
                """
        )
        return try zip(moments, moments.dropFirst()).map { start, end in
            let row = try Row.fetchOne(
                statement,
                arguments: [start.timeIntervalSince1970, end.timeIntervalSince1970]
            )
            let runs: Int = row?[0] ?? 0
            return SpendSpan(
                runs: runs,
                cost: row?[1] ?? 0,
                unknownRuns: runs - (row?[2] ?? 0),
                unknownHigh: row?[4] ?? 0,
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
