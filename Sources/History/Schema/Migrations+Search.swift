import Foundation
import GRDB
import Search

extension Migrations {
    /// A narrow table of what lists and searches go by, so that neither reads the wide rows of the others; and an index
    /// of every three characters of its text. Triggers keep both in step with the runs, whoever writes those.
    static func addSearch(_ database: Database) throws {
        try database.alter(table: "run") { table in
            // As SearchText folds it; null: not known, or deleted.
            table.add(column: "searchText", .text)
            // Tags and note; null: none.
            table.add(column: "annotationText", .text)
            table.add(column: "isFavourite", .boolean).notNull().defaults(to: false)
            // 1…5; null: not rated.
            table.add(column: "rating", .integer)
            // null: none.
            table.add(column: "note", .text)
        }
        try database.execute(
            sql: """
                CREATE TABLE listedRun (
                    run INTEGER PRIMARY KEY, createdAt DOUBLE NOT NULL, status TEXT NOT NULL, model TEXT NOT NULL,
                    costNanos INTEGER, key TEXT, isFavourite BOOLEAN NOT NULL, rating INTEGER, text TEXT NOT NULL
                );
                CREATE INDEX listedRun_createdAt ON listedRun (createdAt);
                """
        )
        try fillSearchTexts(database)
        let row = """
            rowid, createdAt, coalesce(status, ''), lower(model), costNanos, key, isFavourite, rating,
            coalesce(searchText, lower(prompt) || char(10)) || coalesce(annotationText, '')
            """
        try database.execute(sql: "INSERT INTO listedRun SELECT \(row) FROM run WHERE deletedAt IS NULL")
        try database.execute(
            sql: """
                CREATE VIRTUAL TABLE runSearch USING fts5(
                    text, content='listedRun', content_rowid='run', tokenize='trigram case_sensitive 1', detail=none,
                    columnsize=0
                );
                INSERT INTO runSearch (runSearch) VALUES ('rebuild');
                CREATE TRIGGER listedRun_insert AFTER INSERT ON listedRun BEGIN
                    INSERT INTO runSearch (rowid, text) VALUES (new.run, new.text);
                END;
                CREATE TRIGGER listedRun_delete AFTER DELETE ON listedRun BEGIN
                    INSERT INTO runSearch (runSearch, rowid, text) VALUES ('delete', old.run, old.text);
                END;
                CREATE TRIGGER listedRun_update AFTER UPDATE OF text ON listedRun WHEN old.text <> new.text BEGIN
                    INSERT INTO runSearch (runSearch, rowid, text) VALUES ('delete', old.run, old.text);
                    INSERT INTO runSearch (rowid, text) VALUES (new.run, new.text);
                END;
                CREATE TRIGGER run_list AFTER INSERT ON run WHEN new.deletedAt IS NULL BEGIN
                    INSERT INTO listedRun SELECT \(row) FROM run WHERE rowid = new.rowid;
                END;
                CREATE TRIGGER run_unlist AFTER DELETE ON run BEGIN
                    DELETE FROM listedRun WHERE run = old.rowid;
                END;
                CREATE TRIGGER run_relist AFTER UPDATE OF createdAt, status, model, costNanos, key, isFavourite, rating,
                    searchText, annotationText, deletedAt ON run
                WHEN old.createdAt <> new.createdAt OR old.status IS NOT new.status OR old.model <> new.model
                    OR old.costNanos IS NOT new.costNanos OR old.key IS NOT new.key
                    OR old.isFavourite <> new.isFavourite OR old.rating IS NOT new.rating
                    OR old.searchText IS NOT new.searchText OR old.annotationText IS NOT new.annotationText
                    OR old.deletedAt IS NOT new.deletedAt
                BEGIN
                    DELETE FROM listedRun WHERE run = old.rowid AND new.deletedAt IS NOT NULL;
                    UPDATE listedRun SET (run, createdAt, status, model, costNanos, key, isFavourite, rating, text) =
                        (SELECT \(row) FROM run WHERE rowid = new.rowid)
                    WHERE run = new.rowid;
                END;
                """
        )
    }

    /// SQLite knows the lower case of ASCII only.
    private static func fillSearchTexts(_ database: Database) throws {
        let files = try Row.fetchCursor(database, sql: "SELECT runID, path FROM output WHERE path IS NOT NULL")
        var paths: [String: [String]] = [:]
        while let row = try files.next() { paths[row[0], default: []].append(row[1]) }
        let update = try database.makeStatement(
            sql: "UPDATE run SET searchText = ?, annotationText = ? WHERE rowid = ?"
        )
        // In portions: what a statement reads must not change under it.
        var last: Int64 = .min
        while true {
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT rowid, id, prompt, model, valuesFile, tags FROM run
                    WHERE rowid > ? AND deletedAt IS NULL ORDER BY rowid LIMIT 1000
                    """,
                arguments: [last]
            )
            guard let end = rows.last else { return }
            for row in rows {
                let text = SearchText.of(
                    prompt: row[2],
                    model: row[3],
                    files: paths[row[1], default: []] + [row[4] as String?].compactMap { $0 }
                )
                let tags = (row[5] as String?).flatMap { try? JSONDecoder().decode([String].self, from: Data($0.utf8)) }
                try update.execute(arguments: [text, tags.map { SearchText.of(tags: $0, note: nil) }, row[0] as Int64])
            }
            last = end[0]
        }
    }
}
