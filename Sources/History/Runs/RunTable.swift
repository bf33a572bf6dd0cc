import Foundation
import GRDB
import ReplicateAPI

/// Reads and writes single records within a transaction. Who may do so is decided by the caller.
enum RunTable {
    private static let updateSQL: String = {
        let list = RunRecord.columns.map { "\($0.name) = ?" }.joined(separator: ", ")
        // An end lets go of the run; what comes after it is done by whoever claims it.
        return """
            UPDATE run SET \(list), owner = CASE WHEN ? THEN owner END
            WHERE id = ? AND owner = ? AND deletedAt IS NULL
            """
    }()

    private static let insertSQL: String = {
        let names = (RunRecord.columns + RunRecord.annotations).map(\.name) + ["id", "owner"]
        let marks = names.map { _ in "?" }.joined(separator: ", ")
        return "INSERT INTO run (\(names.joined(separator: ", "))) VALUES (\(marks))"
    }()

    /// Writes the record if it is `owner`'s; false: it is not.
    static func update(_ run: RunRecord, _ owner: Owner, _ database: Database) throws -> Bool {
        let statement = try database.cachedStatement(sql: updateSQL)
        try statement.execute(arguments: StatementArguments(run.values + [run.isInFlight, run.id, owner.text]))
        guard database.changesCount == 1 else { return false }
        let outputs = try database.cachedStatement(sql: "DELETE FROM output WHERE runID = ?")
        try outputs.execute(arguments: [run.id])
        try insertOutputs(of: run, database)
        return true
    }

    /// Takes a run from queued to sending if it is `owner`'s; false: it is not, or not queued.
    static func begin(
        _ id: String,
        at serverTime: Date,
        skew: Double?,
        _ owner: Owner,
        _ database: Database
    ) throws -> Bool {
        let statement = try database.cachedStatement(
            sql: """
                UPDATE run SET stage = 'sending', status = 'sending', sentAt = ?, sentSkew = ?
                WHERE id = ? AND stage = 'queued' AND owner = ?
                """
        )
        try statement.execute(arguments: [serverTime.timeIntervalSince1970, skew, id, owner.text])
        return database.changesCount == 1
    }

    /// Erases what a person has written and what was made, also of the service's job for it; false: it is under way, or there is none.
    static func erase(_ id: String, at date: Date, _ database: Database) throws -> Bool {
        try database.execute(
            sql: """
                UPDATE run SET deletedAt = ?, prompt = '', input = '{}', raw = NULL, logs = NULL, failure = NULL,
                    candidates = NULL, secretInputs = NULL, outputFolder = NULL, key = NULL, keyRequest = NULL,
                    tags = NULL, outputName = NULL, searchText = NULL, annotationText = NULL, isFavourite = 0,
                    rating = NULL, note = NULL
                WHERE id = ? AND deletedAt IS NULL AND stage NOT IN (\(RunRecord.Stage.inFlightWords))
                """,
            arguments: [date.timeIntervalSince1970, id]
        )
        guard database.changesCount == 1 else { return false }
        try database.execute(sql: "DELETE FROM output WHERE runID = ?", arguments: [id])
        try database.execute(sql: "\(JobJournal.erasing) WHERE runID = ?", arguments: [id])
        return true
    }

    private static let restoreSQL: String = {
        let list = (RunRecord.columns + RunRecord.annotations).map { "\($0.name) = ?" }.joined(separator: ", ")
        return "UPDATE run SET \(list), deletedAt = NULL WHERE id = ? AND deletedAt IS NOT NULL"
    }()

    /// Writes an erased record as it was; without its key where another run has that. false: it is not erased.
    static func restore(_ run: RunRecord, _ database: Database) throws -> Bool {
        var run = run
        let isTaken = try Bool.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM run WHERE key = ? AND deletedAt IS NULL)",
            arguments: [run.key]
        )
        if isTaken == true { (run.key, run.keyRequest) = (nil, nil) }
        let values = run.values + RunRecord.annotations.map { $0.value(run) }
        try database.execute(sql: restoreSQL, arguments: StatementArguments(values + [run.id]))
        guard database.changesCount == 1 else { return false }
        try insertOutputs(of: run, database)
        return true
    }

    /// Journals a new record, `owner`'s while it is in flight.
    static func insert(_ run: RunRecord, _ owner: Owner, _ database: Database) throws {
        if let prediction = run.prediction {
            // Somebody wants a deleted one back: it is booked anew, and once.
            try database.execute(
                sql: "DELETE FROM run WHERE predictionID = ? AND deletedAt IS NOT NULL",
                arguments: [prediction.id.rawValue]
            )
        }
        let statement = try database.cachedStatement(sql: insertSQL)
        let values = run.values + RunRecord.annotations.map { $0.value(run) }
        try statement.execute(arguments: StatementArguments(values + [run.id, run.isInFlight ? owner.text : nil]))
        try insertOutputs(of: run, database)
    }

    private static func insertOutputs(of run: RunRecord, _ database: Database) throws {
        guard !run.outputs.isEmpty else { return }
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO output (runID, position, url, path, size, sha256, downloadedSize, downloadedSHA256,
                    contentType, failure)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        for (position, output) in run.outputs.enumerated() {
            try statement.execute(
                arguments: [
                    run.id, position, output.url, output.path, output.size, output.sha256, output.downloadedSize,
                    output.downloadedSHA256, output.contentType, output.failure,
                ]
            )
        }
    }

    /// A row of `run` with its outputs.
    static func record(_ row: Row, _ database: Database) throws -> RunRecord {
        let statement = try database.cachedStatement(sql: "SELECT * FROM output WHERE runID = ? ORDER BY position")
        let outputs = try Row.fetchAll(statement, arguments: [row["id"] as String])
        return RunRecord(row: row, outputs: outputs.map(RunRecord.Output.init(row:)))
    }
}
