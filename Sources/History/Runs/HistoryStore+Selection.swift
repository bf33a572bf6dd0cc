package import Foundation
import GRDB

extension HistoryStore {
    /// The words that runs were tagged with, each once, in alphabetical order.
    package func tags() throws -> [String] {
        try database.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT tag.value FROM run, json_each(run.tags) AS tag
                    WHERE run.deletedAt IS NULL AND run.tags IS NOT NULL ORDER BY tag.value
                    """
            )
        }
    }

    /// Ids of runs that have ended, oldest first: those that were created before `date`, or all but the newest.
    ///
    /// - Parameters:
    ///   - date: nil: whenever.
    ///   - newest: how many of the list stay, whether or not they have ended.
    package func ended(before date: Date?, exceptNewest newest: Int) throws -> [String] {
        try database.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT id FROM run WHERE deletedAt IS NULL AND stage NOT IN (\(RunRecord.Stage.inFlightWords))
                      AND createdAt < ? AND id NOT IN (
                        SELECT id FROM run WHERE deletedAt IS NULL ORDER BY createdAt DESC, rowid DESC LIMIT ?)
                    ORDER BY createdAt, rowid
                    """,
                arguments: [date?.timeIntervalSince1970 ?? .infinity, newest]
            )
        }
    }

    /// Notes that a saved file of a run lies elsewhere now; returns whether the run had it.
    package func move(_ path: String, to place: String, of id: String) throws -> Bool {
        try database.write { database in
            try database.execute(
                sql: "UPDATE output SET path = ? WHERE runID = ? AND path = ?",
                arguments: [place, id, path]
            )
            var changes = database.changesCount
            try database.execute(
                sql: "UPDATE run SET valuesFile = ? WHERE id = ? AND valuesFile = ?",
                arguments: [place, id, path]
            )
            changes += database.changesCount
            if changes > 0 { try Self.renewSearchText(of: id, database) }
            return changes > 0
        }
    }

    /// The names of its files have changed.
    private static func renewSearchText(of id: String, _ database: Database) throws {
        let row = try Row.fetchOne(
            database,
            sql: "SELECT * FROM run WHERE id = ? AND deletedAt IS NULL",
            arguments: [id]
        )
        guard let run = try row.map({ try RunTable.record($0, database) }) else { return }
        try database.execute(sql: "UPDATE run SET searchText = ? WHERE id = ?", arguments: [run.searchText, id])
    }
}
