import Foundation
import GRDB
import ReplicateAPI
package import Search

extension RunRecord {
    /// What a person has added.
    package var annotation: RunAnnotation {
        get { RunAnnotation(tags: tags, isFavourite: isFavourite, rating: rating, note: note) }
        set {
            (tags, isFavourite, rating, note) = (newValue.tags, newValue.isFavourite, newValue.rating, newValue.note)
        }
    }
}

extension HistoryStore {
    /// Changes what a person has added to runs, whoever works on them; durable when it returns. Returns them as they are
    /// then, in the order of `ids`, without those that the history does not have.
    package func annotate(_ ids: [String], _ change: (inout RunAnnotation) -> Void) throws -> [RunRecord] {
        try database.write { database in
            let names = RunRecord.annotations.map { "\($0.name) = ?" }.joined(separator: ", ")
            let select = try database.cachedStatement(sql: "SELECT * FROM run WHERE id = ? AND deletedAt IS NULL")
            let update = try database.cachedStatement(sql: "UPDATE run SET \(names) WHERE id = ?")
            return try ids.compactMap { id in
                guard let row = try Row.fetchOne(select, arguments: [id]) else { return nil }
                var run = try RunTable.record(row, database)
                change(&run.annotation)
                let values: [(any DatabaseValueConvertible)?] = RunRecord.annotations.map { $0.value(run) } + [id]
                try update.execute(arguments: StatementArguments(values))
                return run
            }
        }
    }
}
