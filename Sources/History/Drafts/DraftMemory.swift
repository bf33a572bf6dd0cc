package import Foundation
import GRDB
package import Search

/// What was being composed, and prompts as they were typed.
///
/// Every write is durable when it returns. All members throw when the database cannot be read or written.
package struct DraftMemory: Sendable {
    let database: any DatabaseWriter

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

    /// Remembers a prompt as it was typed, with its alternatives in braces: the runs have the prompts that it stands for.
    package func keepTemplate(_ text: String, usedAt: Date) throws {
        try database.write {
            try $0.execute(
                sql: """
                    INSERT INTO template (text, usedAt) VALUES (?, ?)
                    ON CONFLICT (text) DO UPDATE SET usedAt = max(usedAt, excluded.usedAt)
                    """,
                arguments: [text, usedAt.timeIntervalSince1970]
            )
        }
    }

    /// The latest templates with all the words of a query, the latest first; none where it asks for more than words.
    package func templates(_ query: RunQuery = RunQuery(), limit: Int = 100) throws -> [PastPrompt] {
        let conditions = query.terms.map { term -> (word: String, isExcluded: Bool)? in
            if case .word(let word) = term.condition { (word, term.isExcluded) } else { nil }
        }
        let words = conditions.compactMap { $0 }
        guard words.count == conditions.count else { return [] }
        return try database.read { database in
            let rows = try Row.fetchCursor(database, sql: "SELECT text, usedAt FROM template ORDER BY usedAt DESC")
            var found: [PastPrompt] = []
            while found.count < limit, let row = try rows.next() {
                let text: String = row["text"]
                let folded = SearchText.folded(text)
                guard words.allSatisfy({ folded.contains($0.word) != $0.isExcluded }) else { continue }
                found.append(PastPrompt(text: text, usedAt: Date(timeIntervalSince1970: row["usedAt"])))
            }
            return found
        }
    }

    /// Replaces the draft of a slot.
    package func save(_ json: String, slot: String) throws {
        try database.write {
            try $0.execute(
                sql:
                    "INSERT INTO draft (slot, json) VALUES (?, ?) ON CONFLICT (slot) DO UPDATE SET json = excluded.json",
                arguments: [slot, json]
            )
        }
    }
}
