package import Foundation
import GRDB
import ReplicateAPI

extension HistoryStore {
    // MARK: Writing

    /// Journals new runs, all or none, owned by `owner`: durable before any of them may be sent.
    ///
    /// - Parameter admit: throws to have nothing written. It is called within the transaction that writes, so that
    ///   between what it reads and the journal no other process can spend anything.
    package func journal(
        _ runs: [RunRecord],
        owner: Owner,
        admit: (SpendReader) throws -> Void = { _ in }
    ) throws {
        try database.write { database in
            try admit(SpendReader(database: database))
            for run in runs {
                try Self.insert(run, database)
                try database.execute(sql: "UPDATE run SET owner = ? WHERE id = ?", arguments: [owner.text, run.id])
            }
        }
    }

    /// Takes the step from queued to sending if nobody else has; false: leave it alone.
    package func beginSending(_ id: String, at serverTime: Date, owner: Owner) throws -> Bool {
        try database.write { database in
            try database.execute(
                sql: "UPDATE run SET stage = 'sending', sentAt = ? WHERE id = ? AND stage = 'queued' AND owner = ?",
                arguments: [serverTime.timeIntervalSince1970, id, owner.text]
            )
            return database.changesCount == 1
        }
    }

    /// Writes the record as it is now, with its outputs. As ``update(_:)-([RunRecord])``.
    package func update(_ run: RunRecord) throws { try update([run]) }

    /// Writes the records as they are now, with their outputs, all or none.
    ///
    /// Throws ``HistoryError/ownedByAnother`` when another record has the same prediction: nothing is changed then.
    ///
    /// - Parameter admit: as when runs are journaled.
    package func update(_ runs: [RunRecord], admit: (SpendReader) throws -> Void = { _ in }) throws {
        do {
            try database.write { database in
                try admit(SpendReader(database: database))
                for run in runs { try Self.update(run, database) }
            }
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
            throw HistoryError.ownedByAnother
        }
    }

    private static func update(_ run: RunRecord, _ database: Database) throws {
        var columns = run.columns
        columns["id"] = nil
        let names = columns.keys.sorted()
        let list = names.map { "\($0) = ?" }.joined(separator: ", ")
        let statement = try database.cachedStatement(sql: "UPDATE run SET \(list) WHERE id = ?")
        let values: [(any DatabaseValueConvertible)?] = names.map { columns[$0] ?? nil } + [run.id]
        try statement.execute(arguments: StatementArguments(values))
        let outputs = try database.cachedStatement(sql: "DELETE FROM output WHERE runID = ?")
        try outputs.execute(arguments: [run.id])
        try insertOutputs(of: run, database)
    }

    /// Takes a record off the list for good: prompt, inputs, the server's answer, logs and outputs are erased. Its model,
    /// times, estimate and cost stay, so that every sum and every budget is what it was. false: it is under way, or there
    /// is none.
    package func delete(_ id: String, at date: Date = Date()) throws -> Bool {
        try database.write { database in
            try database.execute(
                sql: """
                    UPDATE run SET deletedAt = ?, prompt = '', input = '{}', raw = NULL, logs = NULL, failure = NULL,
                        candidates = NULL
                    WHERE id = ? AND deletedAt IS NULL AND stage NOT IN ('queued', 'sending', 'unclear', 'accepted')
                    """,
                arguments: [date.timeIntervalSince1970, id]
            )
            guard database.changesCount == 1 else { return false }
            try database.execute(sql: "DELETE FROM output WHERE runID = ?", arguments: [id])
            return true
        }
    }

    private static func insert(_ run: RunRecord, _ database: Database) throws {
        if let prediction = run.prediction {
            // Somebody wants a deleted one back: it is booked anew, and once.
            try database.execute(
                sql: "DELETE FROM run WHERE predictionID = ? AND deletedAt IS NOT NULL",
                arguments: [prediction.id.rawValue]
            )
        }
        let columns = run.columns
        let names = columns.keys.sorted()
        let marks = names.map { _ in "?" }.joined(separator: ", ")
        try database.execute(
            sql: "INSERT INTO run (\(names.joined(separator: ", "))) VALUES (\(marks))",
            arguments: StatementArguments(names.map { columns[$0] ?? nil })
        )
        try insertOutputs(of: run, database)
    }

    private static func insertOutputs(of run: RunRecord, _ database: Database) throws {
        for (position, output) in run.outputs.enumerated() {
            try database.execute(
                sql: """
                    INSERT INTO output (runID, position, url, path, size, sha256, contentType, failure)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    run.id, position, output.url, output.path, output.size, output.sha256, output.contentType,
                    output.failure,
                ]
            )
        }
    }

    // MARK: Reading

    /// Newest first.
    package func runs(limit: Int = 1_000) throws -> [RunRecord] {
        try fetch("SELECT * FROM run WHERE deletedAt IS NULL ORDER BY createdAt DESC, rowid DESC LIMIT ?", [limit])
    }

    /// Those with work left to do, oldest first.
    package func inFlight() throws -> [RunRecord] {
        try fetch(
            "SELECT * FROM run WHERE stage IN ('queued', 'sending', 'unclear', 'accepted') ORDER BY createdAt, rowid",
            []
        )
    }

    /// Those that wait for a person's word, oldest first.
    package func resendable() throws -> [RunRecord] {
        try fetch(
            "SELECT * FROM run WHERE stage = 'resendable' AND deletedAt IS NULL ORDER BY createdAt, rowid",
            []
        )
    }

    /// Runs that succeeded since then and of whose outputs some are not on the disk, oldest first.
    package func unsaved(since date: Date) throws -> [RunRecord] {
        try fetch(
            """
            SELECT * FROM run WHERE stage = 'settled' AND finishedAt >= ?
              AND EXISTS (SELECT 1 FROM output WHERE runID = run.id AND path IS NULL)
            ORDER BY createdAt, rowid
            """,
            [date.timeIntervalSince1970]
        )
    }

    /// nil also for one that was deleted.
    package func run(_ id: String) throws -> RunRecord? {
        try fetch("SELECT * FROM run WHERE id = ? AND deletedAt IS NULL", [id]).first
    }

    /// nil also for one that was deleted.
    package func run(predictionID: String) throws -> RunRecord? {
        try fetch("SELECT * FROM run WHERE predictionID = ? AND deletedAt IS NULL", [predictionID]).first
    }

    private func fetch(_ sql: String, _ arguments: StatementArguments) throws -> [RunRecord] {
        try database.read { database in
            let rows = try Row.fetchAll(database, sql: sql, arguments: arguments)
            return try rows.map { row in
                let id: String = row["id"]
                let outputs = try Row.fetchAll(
                    database,
                    sql: "SELECT * FROM output WHERE runID = ? ORDER BY position",
                    arguments: [id]
                )
                return RunRecord(row: row, outputs: outputs.map(RunRecord.Output.init(row:)))
            }
        }
    }

    /// Seconds from creation to end of the model's last successful runs, newest first.
    package func durations(of model: String, limit: Int = 20) throws -> [Double] {
        try database.read { database in
            try Double.fetchAll(
                database,
                sql: """
                    SELECT finishedAt - createdAt FROM run
                    WHERE model = ? AND costKind IN ('counted', 'estimated', 'unknown') AND failure IS NULL
                      AND finishedAt IS NOT NULL AND deletedAt IS NULL
                    ORDER BY finishedAt DESC LIMIT ?
                    """,
                arguments: [model, limit]
            )
        }
    }

    /// Every prompt ever run, each once, the latest first.
    package func prompts(limit: Int = 1_000) throws -> [String] {
        try database.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT prompt FROM run WHERE prompt <> '' GROUP BY prompt ORDER BY max(createdAt) DESC LIMIT ?
                    """,
                arguments: [limit]
            )
        }
    }
}
