import GRDB

extension HistoryStore {
    /// What was being composed in `slot`, as JSON text; nil when nothing was.
    package func draft(_ slot: String) throws -> String? {
        try database.read {
            try String.fetchOne($0, sql: "SELECT json FROM draft WHERE slot = ?", arguments: [slot])
        }
    }

    /// The slots whose names begin so, with what is in them, the latest first.
    package func drafts(prefix: String) throws -> [(slot: String, json: String)] {
        try database.read { database in
            let sql = "SELECT slot, json FROM draft WHERE substr(slot, 1, ?) = ? ORDER BY rowid DESC"
            return try Row.fetchAll(database, sql: sql, arguments: [prefix.count, prefix]).map {
                ($0["slot"], $0["json"])
            }
        }
    }

    /// Replaces the draft of a slot; durable when it returns. Throws when the database cannot be written.
    package func saveDraft(_ json: String, slot: String) throws {
        try database.write {
            try $0.execute(
                sql:
                    "INSERT INTO draft (slot, json) VALUES (?, ?) ON CONFLICT (slot) DO UPDATE SET json = excluded.json",
                arguments: [slot, json]
            )
        }
    }
}
