import Foundation
import GRDB

/// Takes over from a damaged database what can still be read, into a new one.
///
/// Runs whose row is lost are put together again from the indexes, as far as those go: what they cost and whether they
/// are under way is worth more than their prompts.
struct Salvage {
    /// Runs taken over as they were.
    private(set) var kept = 0
    /// Runs of which only some columns could be read.
    private(set) var mended = 0
    /// Nothing that was spent is missing from the sums.
    private(set) var isMoneyWhole = true

    /// - Parameters:
    ///   - copy: the damaged file, as a copy with its log.
    ///   - path: where the new one is made.
    init(of copy: String, to path: String, at date: Date) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        do {
            let damaged = try DamagedDatabase(path: copy)
            try damaged.read { source in
                let known = try? String.fetchAll(source, sql: "SELECT identifier FROM grdb_migrations")
                let applied = Set(known ?? Migrations.all.migrations)
                // As old as the damaged one: the later steps work out new columns from old ones.
                for step in Migrations.all.migrations where applied.contains(step) {
                    try Migrations.all.migrate(queue, upTo: step)
                }
                try queue.write { try take(from: source, to: $0, at: date) }
            }
            try damaged.close()
        } catch let error as DatabaseError where error.isDamage {
            // Not even the tables' names could be read.
            isMoneyWhole = false
        }
        try Migrations.all.migrate(queue)
        try queue.write { database in
            let moment = max(date.timeIntervalSince1970, try SpendReader(database: database).lastEndInSeconds() ?? 0)
            try database.execute(
                sql: "INSERT INTO damage (at, isMoneyWhole, note) VALUES (?, ?, ?)",
                arguments: [moment, isMoneyWhole, sentence]
            )
        }
        try queue.close()
    }

    /// What was saved and what was not.
    var sentence: String {
        var text = "\(kept) runs were kept"
        if mended > 0 { text += ", of \(mended) only what they cost and where they stood" }
        if !isMoneyWhole { text += "; what others have cost cannot be read" }
        return text
    }

    private mutating func take(from source: Database, to target: Database, at date: Date) throws {
        let tables = try String.fetchAll(
            target,
            sql: """
                SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                AND name <> 'grdb_migrations' AND name <> 'listedRun' AND name NOT LIKE 'runSearch%'
                ORDER BY name <> 'run'
                """
        )
        for table in tables {
            let columns = try String.fetchAll(
                target,
                sql: "SELECT name FROM pragma_table_info(?)",
                arguments: [table]
            )
            let list = (["rowid"] + columns.map { "\"\($0)\"" }).joined(separator: ", ")
            let marks = Array(repeating: "?", count: columns.count + 1).joined(separator: ", ")
            let insert = try target.makeStatement(
                sql: "INSERT OR IGNORE INTO \"\(table)\" (\(list)) VALUES (\(marks))"
            )
            var seen: Set<Int64> = []
            let facts = table == "run" ? DamagedDatabase.facts(of: table, source) : DamagedDatabase.Facts()
            _ = DamagedDatabase.rows(of: table, source) { row in
                guard let id = row[0] as Int64?, facts.agree(with: row, id) else { return }
                let values = [row[0] as DatabaseValue] + columns.map { row[$0] as DatabaseValue? ?? .null }
                // What a damaged page makes up breaks the table's rules, mostly.
                guard (try? insert.execute(arguments: StatementArguments(values))) != nil,
                    target.changesCount == 1
                else { return }
                seen.insert(id)
            }
            if table == "run" {
                kept = seen.count
                try mend(facts, source, target, seen, at: date)
                // Two indexes hold all that the sums are made of.
                isMoneyWhole = !facts.whole.isDisjoint(with: ["run_spend_by_day", "run_spend_by_model"])
            }
        }
        try target.execute(sql: "DELETE FROM output WHERE runID NOT IN (SELECT id FROM run)")
    }

    private mutating func mend(
        _ facts: DamagedDatabase.Facts,
        _ source: Database,
        _ target: Database,
        _ seen: Set<Int64>,
        at date: Date
    ) throws {
        for (row, known) in facts.rows.sorted(by: { $0.key < $1.key }) where !seen.contains(row) {
            // Often only the end of a long row lies on a page that is bad.
            let direct = DamagedDatabase.columns(of: row, in: "run", source)
            let all = known.merging(direct) { $1 }.merging(facts.certain[row] ?? [:]) { $1 }
            let run = MendedRun(row: row, all, at: date)
            let names = run.columns.keys.sorted()
            try target.execute(
                sql: """
                    INSERT OR IGNORE INTO run (\(names.joined(separator: ", ")))
                    VALUES (\(names.map { _ in "?" }.joined(separator: ", ")))
                    """,
                arguments: StatementArguments(names.map { run.columns[$0] ?? .null })
            )
            mended += target.changesCount
        }
    }
}
