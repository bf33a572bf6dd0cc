package import Foundation
import GRDB

/// Which runs of the list are meant; each part narrows it.
package struct RunSelection: Hashable, Sendable {
    /// nil: any.
    package var status: RunRecord.Status?
    /// Created at this moment or later; nil: since ever.
    package var since: Date?
    /// Created before this moment; nil: until now.
    package var until: Date?
    /// `owner/name`, with or without a version, in any case; nil: any. Without a version every version is meant.
    package var model: String?
    /// nil: any.
    package var tag: String?
    /// nil: any.
    package var key: String?

    package init() {}

    fileprivate var condition: (sql: String, arguments: StatementArguments) {
        var terms = ["deletedAt IS NULL"]
        var arguments = StatementArguments()
        func add(_ term: String, _ values: StatementArguments) {
            terms.append(term)
            arguments += values
        }
        if let status { add("status = ?", [status.rawValue]) }
        if let since { add("createdAt >= ?", [since.timeIntervalSince1970]) }
        if let until { add("createdAt < ?", [until.timeIntervalSince1970]) }
        if let model {
            let path = model.lowercased()
            add("(lower(model) = ? OR substr(lower(model), 1, ?) = ?)", [path, path.count + 1, "\(path):"])
        }
        if let tag { add("EXISTS (SELECT 1 FROM json_each(coalesce(tags, '[]')) WHERE value = ?)", [tag]) }
        if let key { add("key = ?", [key]) }
        return (terms.joined(separator: " AND "), arguments)
    }
}

extension HistoryStore {
    /// Newest first.
    ///
    /// - Parameter limit: how many at the most; `Int.max`: all.
    package func runs(_ selection: RunSelection, limit: Int) throws -> [RunRecord] {
        let (condition, arguments) = selection.condition
        return try fetch(
            "SELECT * FROM run WHERE \(condition) ORDER BY createdAt DESC, rowid DESC LIMIT ?",
            arguments + [limit]
        )
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
            return changes > 0
        }
    }
}
