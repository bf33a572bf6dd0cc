package import Foundation
import GRDB
package import ReplicateAPI

extension HistoryStore {
    // MARK: Writing

    /// Journals new runs, all or none, owned by this history: durable before any of them may be sent.
    ///
    /// - Parameter owner: nil: this history.
    package func journal(_ runs: [RunRecord], owner: Owner? = nil) throws {
        _ = try write([], owner: owner) { _ in runs }
    }

    /// Writes the record as it is now, with its outputs. As ``update(_:)-([RunRecord])``.
    package func update(_ run: RunRecord) throws { try update([run]) }

    /// Writes the records as they are now, with their outputs, all or none.
    ///
    /// Throws ``HistoryError/takenOver`` when one of them is not this history's, and ``HistoryError/ownedByAnother`` when
    /// another record has the same prediction: nothing is changed then.
    package func update(_ runs: [RunRecord]) throws {
        let owner = try owner()
        try inTransaction { database in
            for run in runs {
                guard try RunTable.update(run, owner, database) else { throw HistoryError.takenOver }
            }
        }
    }

    /// What became of one step of the journal.
    package struct JournalStep: Hashable, Sendable {
        /// Runs that may be sent.
        package var begun: Set<String> = []
        /// Runs that are another owner's by now, or gone: nothing of them was written.
        package var lost: Set<String> = []
    }

    /// One step of a process' journal, all or none, durable when it returns: a transaction costs its few milliseconds for
    /// one record as well as for a hundred. Runs that belong to another are left as they are, and named.
    ///
    /// Throws ``HistoryError/ownedByAnother`` when another record has the same prediction or the same id.
    ///
    /// - Parameters:
    ///   - changed: records to be written as they are.
    ///   - beginning: runs to be taken from queued to sending.
    ///   - serverTime: when those are sent.
    ///   - skew: as ``RunRecord/sentSkew``.
    ///   - owner: nil: this history.
    ///   - adding: new runs, the owner's from then on. It is called within the transaction, so that between what it reads
    ///     and the journal no other process can spend anything.
    package func write(
        _ changed: [RunRecord],
        beginning: [String] = [],
        at serverTime: Date = .distantPast,
        skew: Double? = nil,
        owner: Owner? = nil,
        adding: (SpendReader) throws -> [RunRecord] = { _ in [] }
    ) throws -> JournalStep {
        let owner = try owner ?? self.owner()
        return try inTransaction { database in
            var step = JournalStep()
            for run in changed where try !RunTable.update(run, owner, database) { step.lost.insert(run.id) }
            for id in beginning {
                let hasBegun = try RunTable.begin(id, at: serverTime, skew: skew, owner, database)
                if hasBegun { step.begun.insert(id) } else { step.lost.insert(id) }
            }
            for run in try adding(SpendReader(database: database)) { try RunTable.insert(run, owner, database) }
            return step
        }
    }

    func inTransaction<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do {
            return try database.write(body)
        } catch let error as DatabaseError
            where [.SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY].contains(error.extendedResultCode)
        {
            throw HistoryError.ownedByAnother
        }
    }

    /// Takes a record off the list for good: prompt, inputs, the server's answer, logs and outputs are erased. Its model,
    /// times, estimate and cost stay, so that every sum and every budget is what it was. false: it is under way, or there
    /// is none.
    ///
    /// What was in it leaves the file's free pages and the log too; while another process reads just then, the log is
    /// emptied by the next deletion or when the last one closes.
    package func delete(_ id: String, at date: Date = Date()) throws -> Bool {
        let isDeleted = try database.write { try RunTable.erase(id, at: date, $0) }
        if isDeleted { _ = try? database.writeWithoutTransaction { try $0.checkpoint(.truncate) } }
        return isDeleted
    }

    /// Puts a record back that ``delete(_:at:)`` took off the list, as it was; without its key where another run has that
    /// by now. false: it is not deleted, or its prediction is another record's.
    package func restore(_ run: RunRecord) throws -> Bool {
        try inTransaction { try RunTable.restore(run, $0) }
    }

    // MARK: Reading

    /// Newest first.
    package func runs(limit: Int = 1_000) throws -> [RunRecord] {
        try fetch("SELECT * FROM run WHERE deletedAt IS NULL ORDER BY createdAt DESC, rowid DESC LIMIT ?", [limit])
    }

    /// Those of which some output was saved, oldest first.
    package func saved() throws -> [RunRecord] {
        try fetch(
            """
            SELECT * FROM run WHERE deletedAt IS NULL AND (valuesFile IS NOT NULL
              OR EXISTS (SELECT 1 FROM output WHERE runID = run.id AND path IS NOT NULL))
            ORDER BY createdAt, rowid
            """,
            []
        )
    }

    /// Those whose own id or prediction's id begins so, or of which a file has this path or this name; newest first, at
    /// most `limit`. None for an empty name.
    package func runs(named name: String, limit: Int = 20) throws -> [RunRecord] {
        // Every id begins with nothing.
        guard !name.isEmpty else { return [] }
        let pattern = name.reduce(into: "") { $0 += "\\%_".contains($1) ? "\\\($1)" : "\($1)" }
        return try fetch(
            """
            SELECT * FROM run WHERE deletedAt IS NULL AND (id = ?1 OR predictionID = ?1
              OR id LIKE ?2 ESCAPE '\\' OR predictionID LIKE ?2 ESCAPE '\\'
              OR valuesFile = ?1 OR valuesFile LIKE ?3 ESCAPE '\\'
              OR EXISTS (SELECT 1 FROM output WHERE runID = run.id AND (path = ?1 OR path LIKE ?3 ESCAPE '\\')))
            ORDER BY createdAt DESC, rowid DESC LIMIT ?4
            """,
            [name, "\(pattern)%", "%/\(pattern)", limit]
        )
    }

    /// Those with work left to do, oldest first.
    package func inFlight() throws -> [RunRecord] {
        try fetch(
            "SELECT * FROM run WHERE stage IN (\(RunRecord.Stage.inFlightWords)) ORDER BY createdAt, rowid",
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

    /// Runs that ended since then and of whose outputs some are not on the disk although they are to be, oldest first.
    package func unsaved(since date: Date) throws -> [RunRecord] {
        try fetch(
            """
            SELECT * FROM run WHERE stage = 'settled' AND finishedAt >= ? AND savesOutputs
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

    func fetch(_ sql: String, _ arguments: StatementArguments) throws -> [RunRecord] {
        try database.read { database in
            try Row.fetchAll(database, sql: sql, arguments: arguments).map { try RunTable.record($0, database) }
        }
    }
}

extension SpendReader {
    /// What is left of the deleted run that had this prediction: its times, estimate and cost. nil: there is none.
    package func deletedRun(of prediction: Prediction.ID) throws -> RunRecord? {
        try Row.fetchOne(
            database,
            sql: "SELECT * FROM run WHERE predictionID = ? AND deletedAt IS NOT NULL",
            arguments: [prediction.rawValue]
        ).map { RunRecord(row: $0, outputs: []) }
    }
}

extension RunRecord {
    /// Takes over what another record of the same prediction was booked with, so that the sums stay what they were.
    package mutating func takeBooking(of other: RunRecord) {
        (createdAt, sentAt, finishedAt) = (other.createdAt, other.sentAt, other.finishedAt)
        (estimate, cost) = (other.estimate, other.cost)
    }
}
