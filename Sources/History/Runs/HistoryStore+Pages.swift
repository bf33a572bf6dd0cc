import GRDB

/// A page of the list of runs, newest first.
package struct RunRecordPage: Sendable {
    /// A place between two rows of the list.
    package struct Cursor: Hashable, Sendable {
        /// Seconds since 1970, exactly as they are stored.
        package let createdAt: Double
        /// SQLite's row number: it tells apart records of the same moment.
        package let row: Int64

        /// `createdAt` in seconds since 1970, as the column has it.
        package init(createdAt: Double, row: Int64) {
            self.createdAt = createdAt
            self.row = row
        }
    }

    /// Newest first; without the server's raw answers and without logs.
    package let runs: [RunRecord]
    /// nil: there is nothing further down.
    package let next: Cursor?
    /// Runs of the whole list.
    package let total: Int
}

extension HistoryStore {
    /// - Parameter cursor: nil: the first page.
    package func page(after cursor: RunRecordPage.Cursor? = nil, limit: Int) throws -> RunRecordPage {
        try database.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT rowid AS place, * FROM run
                    WHERE deletedAt IS NULL AND (createdAt, rowid) < (?, ?)
                    ORDER BY createdAt DESC, rowid DESC LIMIT ?
                    """,
                arguments: [cursor?.createdAt ?? .infinity, cursor?.row ?? .max, limit]
            )
            let runs = try rows.map { row in
                let outputs = try Row.fetchAll(
                    database,
                    sql: "SELECT * FROM output WHERE runID = ? ORDER BY position",
                    arguments: [row["id"] as String]
                )
                return RunRecord(row: row, outputs: outputs.map(RunRecord.Output.init(row:)))
            }
            return RunRecordPage(
                runs: runs,
                next: rows.count < limit ? nil : rows.last.map { .init(createdAt: $0["createdAt"], row: $0["place"]) },
                total: try Int.fetchOne(database, sql: "SELECT count(*) FROM run WHERE deletedAt IS NULL") ?? 0
            )
        }
    }
}
