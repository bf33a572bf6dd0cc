package import Foundation
import GRDB
package import Money

/// Runs that ended and share a model, a status and a kind of cost.
package struct SpendGroup: Hashable, Sendable {
    /// `owner/name` or `owner/name:version`.
    package let model: String
    /// ``RunRecord/Status/forgotten`` where a mended record has lost its word.
    package let status: RunRecord.Status
    /// Without what is in flight.
    package let sum: SpendSum
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
            return SpendGroup(
                model: row[0],
                // A record that was mended may have none.
                status: (row[1] as String?).map(RunRecord.Status.init(rawValue:)) ?? .forgotten,
                // A kind that a later version of the program wrote says nothing that is known here.
                sum: Self.sum(of: row, ActualCost.Basis(rawValue: kind) ?? .unknown)
            )
        }
    }

    /// The columns from the third on of a row of ``groups(since:)``.
    private static func sum(of row: Row, _ basis: ActualCost.Basis) -> SpendSum {
        func amount(_ index: Int) -> Money { Money(nanos: row[index] ?? 0) }
        var sum = SpendSum(runs: row[3], paid: amount(4))
        let high = amount(6)
        switch basis {
        case .free: (sum.freeRuns, sum.freeHigh) = (sum.runs, high)
        case .unknown: (sum.unknownRuns, sum.unknownHigh) = (sum.runs, high)
        case .counted, .estimated:
            let guessed = basis == .counted ? 0 : sum.runs
            sum.compared = ComparedSum(paid: amount(7), low: amount(5), high: high, guessedRuns: guessed)
        }
        return sum
    }

    /// What runs that ended since `date` have cost. ``Money/SpendSum/freeHigh``, ``Money/SpendSum/compared`` and
    /// ``Money/SpendSum/inFlight`` are left out: nobody needs them here, and each costs time where there are many runs.
    package func spent(since date: Date) throws -> SpendSum {
        try sum(from: date, to: Date(timeIntervalSince1970: .greatestFiniteMagnitude))
    }

    /// The sums of what ended in each span from one moment to before the next one, as ``spent(since:)``.
    ///
    /// - Parameter moments: ascending; n of them make n − 1 spans.
    package func spans(between moments: [Date]) throws -> [SpendSum] {
        try zip(moments, moments.dropFirst()).map { try sum(from: $0, to: $1) }
    }

    private func sum(from start: Date, to end: Date) throws -> SpendSum {
        let statement = try database.cachedStatement(
            sql: """
                SELECT count(*), sum(costNanos), count(costNanos), sum(costNanos = 0),
                    sum(estimateHighNanos) FILTER (WHERE costNanos IS NULL)
                FROM run INDEXED BY run_spend_by_day WHERE finishedAt >= ? AND finishedAt < ?
                """
        )
        let row = try Row.fetchOne(statement, arguments: [start.timeIntervalSince1970, end.timeIntervalSince1970])
        let runs: Int = row?[0] ?? 0
        return SpendSum(
            runs: runs,
            paid: Money(nanos: row?[1] ?? 0),
            freeRuns: row?[3] ?? 0,
            unknownRuns: runs - (row?[2] ?? 0),
            unknownHigh: Money(nanos: row?[4] ?? 0)
        )
    }

    /// When the first run ended that did not end before `date`; nil when none has.
    package func firstEnd(since date: Date) throws -> Date? {
        let sql = "SELECT min(finishedAt) FROM run WHERE finishedAt >= ?"
        return try Double.fetchOne(database, sql: sql, arguments: [date.timeIntervalSince1970])
            .map(Date.init(timeIntervalSince1970:))
    }

    /// When the first run ended; nil when none has.
    package func firstEnd() throws -> Date? {
        try Double.fetchOne(database, sql: "SELECT min(finishedAt) FROM run WHERE finishedAt IS NOT NULL")
            .map(Date.init(timeIntervalSince1970:))
    }
}
