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
    static let bases: [ActualCost.Basis] = [.counted, .estimated, .unknown]
}

/// What earlier runs of a model took and cost.
package struct PastRuns: Sendable {
    let database: any DatabaseWriter

    /// The model's last runs that succeeded, of every version, newest first.
    ///
    /// - Parameter path: `owner/name`.
    package func succeeded(_ path: String, limit: Int = 20) throws -> [PastRun] {
        try runs(of: path, limit: limit, PaidWork.bases)
    }

    /// The model's runs of all time that cost over 20 % more than their exact estimate, newest first.
    ///
    /// - Parameter path: `owner/name`.
    package func overruns(_ path: String, limit: Int = 20) throws -> [PastRun] {
        try runs(
            of: path,
            limit: limit,
            [.counted, .estimated],
            "costNanos * 5 > estimateHighNanos * 6 AND estimateHighNanos = estimateLowNanos AND NOT estimateIsRange"
        )
    }

    /// Seconds from sending to end, both by the server's time, of the model's last successful runs, newest first.
    package func durations(_ model: String, limit: Int = 20) throws -> [Double] {
        let last = Self.lastRuns([Self.model], PaidWork.bases, "failure IS NULL AND deletedAt IS NULL")
        return try database.read { database in
            try Double.fetchAll(
                database,
                sql: """
                    SELECT run.finishedAt - coalesce(sentAt, createdAt)
                    FROM (\(last)) AS last CROSS JOIN run ON run.rowid = last.number
                    ORDER BY last.ended DESC LIMIT ?2
                    """,
                arguments: [model, limit]
            )
        }
    }

    private static let model = "model = ?1"
    /// A range rather than a LIKE, which could use no index.
    private static let versions = "model >= ?1 || ':' AND model < ?1 || ';'"

    /// SQL for `number` (its row) and `ended` of runs that succeeded; among them are the last `?2` of all, in no order.
    ///
    /// Of each model and kind of cost the index has the last ends together, so that the limit ends the search. To sort all
    /// runs of a model that is used often, with what is read of each, takes half a second.
    private static func lastRuns(_ models: [String], _ bases: [ActualCost.Basis], _ condition: String) -> String {
        let parts = models.flatMap { model in
            bases.map { basis in
                """
                SELECT * FROM (
                    SELECT rowid AS number, finishedAt AS ended FROM run
                    WHERE \(model) AND status = 'succeeded' AND costKind IN (\(SQLWords.list([basis]))) AND \(condition)
                      AND finishedAt IS NOT NULL
                    ORDER BY finishedAt DESC LIMIT ?2)
                """
            }
        }
        return parts.joined(separator: " UNION ALL ")
    }

    private func runs(
        of path: String,
        limit: Int,
        _ bases: [ActualCost.Basis],
        _ condition: String = "1"
    ) throws -> [PastRun] {
        let last = Self.lastRuns([Self.model, Self.versions], bases, condition)
        return try database.read { database in
            let rows = try Row.fetchAll(
                database,
                // Inputs may hold whole files.
                sql: """
                    SELECT json_extract(raw, '$.metrics.predict_time') AS seconds, costAmount, estimateHigh,
                        CASE WHEN length(input) < 20000 THEN input ELSE '{}' END AS input
                    FROM (\(last)) AS last CROSS JOIN run ON run.rowid = last.number
                    ORDER BY last.ended DESC LIMIT ?2
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
