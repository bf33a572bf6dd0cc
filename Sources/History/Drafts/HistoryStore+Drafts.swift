import GRDB

extension HistoryStore {
    /// What was being composed in `slot`, as JSON text; nil when nothing was.
    package func draft(_ slot: String) throws -> String? {
        try database.read {
            try String.fetchOne($0, sql: "SELECT json FROM draft WHERE slot = ?", arguments: [slot])
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
