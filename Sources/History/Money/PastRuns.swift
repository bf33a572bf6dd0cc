import Foundation
import GRDB
package import Money
package import ReplicateAPI

/// A run that ended well, as far as it teaches something about the next one.
package struct PastRun: Hashable, Sendable {
    /// Compute seconds; nil where the server did not tell.
    package let seconds: Double?
    /// What was sent; empty where it is no longer known, or too long to be looked at.
    package let input: JSONObject
    /// nil where nobody can tell.
    package let cost: Money?
    /// The upper end of the estimate that it was started with; nil where there was none.
    package let estimate: Money?
}

/// Runs for whose work something is paid: their times say what the next run takes.
enum PaidWork {
    /// For `costKind IN (…)` in SQL.
    static let words = SQLWords.list([ActualCost.Basis.counted, .estimated, .unknown])
}

/// What earlier runs of a model took and cost.
package struct PastRuns: Sendable {
    let database: any DatabaseWriter

    /// The model's last runs that succeeded, of every version, newest first.
    ///
    /// - Parameter path: `owner/name`.
    package func succeeded(_ path: String, limit: Int = 20) throws -> [PastRun] {
        try runs(of: path, limit: limit, "costKind IN (\(PaidWork.words))")
    }

    /// The model's runs of all time that cost over 20 % more than their exact estimate, newest first.
    ///
    /// - Parameter path: `owner/name`.
    package func overruns(_ path: String, limit: Int = 20) throws -> [PastRun] {
        try runs(
            of: path,
            limit: limit,
            """
            costKind IN (\(SQLWords.list([ActualCost.Basis.counted, .estimated]))) AND costNanos * 5 > estimateHighNanos * 6 AND estimateHighNanos = estimateLowNanos
                AND NOT estimateIsRange
            """
        )
    }

    /// Seconds from sending to end, both by the server's time, of the model's last successful runs, newest first.
    package func durations(_ model: String, limit: Int = 20) throws -> [Double] {
        try database.read { database in
            try Double.fetchAll(
                database,
                sql: """
                    SELECT finishedAt - coalesce(sentAt, createdAt) FROM run
                    WHERE model = ? AND costKind IN (\(PaidWork.words)) AND failure IS NULL
                      AND finishedAt IS NOT NULL AND deletedAt IS NULL
                    ORDER BY finishedAt DESC LIMIT ?
                    """,
                arguments: [model, limit]
            )
        }
    }

    private func runs(of path: String, limit: Int, _ condition: String) throws -> [PastRun] {
        try database.read { database in
            let rows = try Row.fetchAll(
                database,
                // Two ranges of the index rather than a LIKE, which could use none. Inputs may hold whole files.
                sql: """
                    SELECT json_extract(raw, '$.metrics.predict_time') AS seconds, costAmount, estimateHigh,
                        CASE WHEN length(input) < 20000 THEN input ELSE '{}' END AS input
                    FROM run
                    WHERE (model = ?1 OR (model >= ?1 || ':' AND model < ?1 || ';')) AND status = 'succeeded'
                        AND \(condition)
                    ORDER BY finishedAt DESC LIMIT ?2
                    """,
                arguments: [path, limit]
            )
            return rows.map { row in
                PastRun(
                    // The server may have answered with anything.
                    seconds: Double.fromDatabaseValue(row["seconds"]),
                    input: (try? JSONValue(parsing: Data((row["input"] as String).utf8)))?.object ?? [:],
                    cost: (row["costAmount"] as String?).flatMap { Money($0) },
                    estimate: (row["estimateHigh"] as String?).flatMap { Money($0) }
                )
            }
        }
    }
}
