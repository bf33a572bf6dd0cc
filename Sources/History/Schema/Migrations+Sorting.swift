import GRDB

extension Migrations {
    /// The columns of ``sortedRow``, in its order.
    private static let sortedColumns =
        "run, createdAt, status, model, costNanos, key, isFavourite, rating, text, seconds"

    /// A row of `listedRun` from one of `run`, with the names that it has there.
    static let sortedRow = """
        rowid AS run, createdAt, coalesce(status, '') AS status, lower(model) AS model, costNanos, key, isFavourite, rating,
        coalesce(searchText, lower(prompt) || char(10)) || coalesce(annotationText, '') AS text,
        finishedAt - createdAt AS seconds
        """

    /// What lists are sorted by, with an index for each: a page of an order is a range of one. Behind the value stands the
    /// time, in the direction that goes with it.
    static func addSorting(_ database: Database) throws {
        try database.alter(table: "listedRun") { table in
            // From creation to end; null: it has not ended.
            table.add(column: "seconds", .double)
        }
        try database.execute(
            sql: """
                UPDATE listedRun SET seconds = ended.finishedAt - listedRun.createdAt
                FROM (SELECT rowid AS run, finishedAt FROM run WHERE finishedAt IS NOT NULL) AS ended
                WHERE ended.run = listedRun.run;
                DROP TRIGGER run_list;
                DROP TRIGGER run_relist;
                CREATE TRIGGER run_list AFTER INSERT ON run WHEN new.deletedAt IS NULL BEGIN
                    INSERT INTO listedRun (\(sortedColumns)) SELECT \(sortedRow) FROM run WHERE rowid = new.rowid;
                END;
                CREATE TRIGGER run_relist AFTER UPDATE OF createdAt, status, model, costNanos, key, isFavourite, rating,
                    searchText, annotationText, finishedAt, deletedAt ON run
                WHEN old.createdAt <> new.createdAt OR old.status IS NOT new.status OR old.model <> new.model
                    OR old.costNanos IS NOT new.costNanos OR old.key IS NOT new.key
                    OR old.isFavourite <> new.isFavourite OR old.rating IS NOT new.rating
                    OR old.searchText IS NOT new.searchText OR old.annotationText IS NOT new.annotationText
                    OR old.finishedAt IS NOT new.finishedAt OR old.deletedAt IS NOT new.deletedAt
                BEGIN
                    DELETE FROM listedRun WHERE run = old.rowid AND new.deletedAt IS NOT NULL;
                    UPDATE listedRun SET (\(sortedColumns)) = (SELECT \(sortedRow) FROM run WHERE rowid = new.rowid)
                    WHERE run = new.rowid;
                END;
                DROP INDEX listedRun_filters;
                CREATE INDEX listedRun_filters
                ON listedRun (createdAt, status, costNanos, isFavourite, rating, key, model, seconds);
                CREATE INDEX listedRun_cost ON listedRun (costNanos, createdAt);
                CREATE INDEX listedRun_duration ON listedRun (seconds, createdAt);
                CREATE INDEX listedRun_model
                ON listedRun (substr(model, instr(model, '/') + 1), createdAt DESC, run DESC);
                CREATE INDEX listedRun_status ON listedRun (
                    CASE status WHEN 'queued' THEN 0 WHEN 'sending' THEN 1 WHEN 'unclear' THEN 2 WHEN 'starting' THEN 3
                    WHEN 'processing' THEN 4 WHEN 'not found' THEN 6 WHEN 'failed' THEN 7 WHEN 'refused' THEN 8
                    WHEN 'aborted' THEN 9 WHEN 'canceled' THEN 10 WHEN 'forgotten' THEN 11 WHEN 'succeeded' THEN 12
                    ELSE 5 END,
                    createdAt DESC, run DESC
                );
                CREATE INDEX listedRun_prompt ON listedRun (substr(text, 1, 64), createdAt DESC, run DESC);
                """
        )
    }
}
