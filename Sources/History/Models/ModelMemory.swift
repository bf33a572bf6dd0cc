package import Foundation
import GRDB
package import ReplicateAPI

/// What is remembered of models: the API's answers, what they run on, and how long their public examples took.
///
/// Every write is durable when it returns. All members throw when the database cannot be read or written.
package struct ModelMemory: Sendable {
    let database: any DatabaseWriter

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

    /// Remembers the API's answer about a model, in the place of an earlier one.
    package func save(_ model: Model, at date: Date) throws {
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
    package func recent(limit: Int = 20) throws -> [Model] {
        try database.read { database in
            try String.fetchAll(
                database,
                sql: "SELECT json FROM model ORDER BY fetchedAt DESC LIMIT ?",
                arguments: [limit]
            ).compactMap { text in (try? JSONValue(parsing: Data(text.utf8))).flatMap(Model.init(json:)) }
        }
    }

    // MARK: Hardware

    /// What a model runs on, as somebody has said; empty: somebody was asked and did not know; nil: nobody was asked.
    package func hardware(of path: String) throws -> String? {
        try database.read {
            try String.fetchOne($0, sql: "SELECT sku FROM modelHardware WHERE model = ?", arguments: [path])
        }
    }

    /// Remembers what a model (`owner/name`) runs on. An empty `sku`: somebody was asked, and it is not known.
    package func rememberHardware(_ sku: String, of path: String) throws {
        try database.write {
            try $0.execute(
                sql: """
                    INSERT INTO modelHardware (model, sku) VALUES (?, ?)
                    ON CONFLICT (model) DO UPDATE SET sku = excluded.sku
                    """,
                arguments: [path, sku]
            )
        }
    }

    // MARK: Public examples

    /// Compute seconds of the model's public examples as they were last read, and when; nil when they never were.
    package func exampleTimes(of path: String) throws -> (seconds: [Double], fetchedAt: Date)? {
        try database.read { database in
            guard
                let row = try Row.fetchOne(
                    database,
                    sql: "SELECT seconds, fetchedAt FROM exampleTimes WHERE model = ?",
                    arguments: [path]
                )
            else { return nil }
            let list = (try? JSONValue(parsing: Data((row["seconds"] as String).utf8)))?.array ?? []
            return (list.compactMap(\.double), Date(timeIntervalSince1970: row["fetchedAt"]))
        }
    }

    /// Remembers the seconds of a model's public examples, and when they were read; an empty list: it has none.
    package func saveExampleTimes(_ seconds: [Double], of path: String, at date: Date) throws {
        let text = JSONValue.array(seconds.map(JSONValue.number)).text()
        try database.write {
            try $0.execute(
                sql: """
                    INSERT INTO exampleTimes (model, seconds, fetchedAt) VALUES (?, ?, ?)
                    ON CONFLICT (model) DO UPDATE SET seconds = excluded.seconds, fetchedAt = excluded.fetchedAt
                    """,
                arguments: [path, text, date.timeIntervalSince1970]
            )
        }
    }
}
