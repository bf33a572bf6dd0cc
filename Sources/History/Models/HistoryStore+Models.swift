package import Foundation
import GRDB
package import ReplicateAPI

extension HistoryStore {
    /// A model as it was last seen, and when; nil when it never was.
    package func model(_ path: String) throws -> (model: Model, fetchedAt: Date)? {
        try database.read { database in
            guard
                let row = try Row.fetchOne(
                    database,
                    sql: "SELECT json, fetchedAt FROM model WHERE path = ?",
                    arguments: [path]
                ),
                let json = try? JSONValue(parsing: Data((row["json"] as String).utf8)), let model = Model(json: json)
            else { return nil }
            return (model, Date(timeIntervalSince1970: row["fetchedAt"]))
        }
    }

    package func saveModel(_ model: Model, at date: Date) throws {
        try database.write {
            try $0.execute(
                sql: """
                    INSERT INTO model (path, json, fetchedAt) VALUES (?, ?, ?)
                    ON CONFLICT (path) DO UPDATE SET json = excluded.json, fetchedAt = excluded.fetchedAt
                    """,
                arguments: [model.path, model.raw.text(), date.timeIntervalSince1970]
            )
        }
    }

    /// Models that were looked at, the latest first.
    package func recentModels(limit: Int = 20) throws -> [Model] {
        try database.read { database in
            try String.fetchAll(
                database,
                sql: "SELECT json FROM model ORDER BY fetchedAt DESC LIMIT ?",
                arguments: [limit]
            ).compactMap { text in (try? JSONValue(parsing: Data(text.utf8))).flatMap(Model.init(json:)) }
        }
    }
}
