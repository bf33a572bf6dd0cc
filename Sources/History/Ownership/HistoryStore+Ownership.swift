import GRDB

extension HistoryStore {
    /// The owner that this history works as. Throws ``HistoryError/noLocks(path:reason:)``: nothing can be owned then.
    package func owner() throws -> Owner { try owners.own() }

    /// Makes this history responsible for every run in flight that belongs to nobody or to an owner that is gone; returns
    /// the ids of all that are its own now.
    ///
    /// - Parameter isMeant: whether runs of this ``RunRecord/account`` are meant; others are neither claimed nor returned.
    package func claimInFlight(where isMeant: (_ account: String?) -> Bool = { _ in true }) throws -> [String] {
        let owner = try owner()
        return try database.write { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT id, owner, account FROM run WHERE stage IN (\(RunRecord.Stage.inFlightWords))"
            )
            // Many runs have few owners, and asking for one opens a file.
            var isFree: [String: Bool] = [:]
            return try rows.compactMap { row in
                let id: String = row["id"]
                let before: String? = row["owner"]
                guard isMeant(row["account"]) else { return nil }
                if before == owner.text { return id }
                let free = before.map { isFree[$0] ?? !owners.isAlive(Owner(text: $0)) } ?? true
                if let before { isFree[before] = free }
                guard free else { return nil }
                try database.execute(sql: "UPDATE run SET owner = ? WHERE id = ?", arguments: [owner.text, id])
                return id
            }
        }
    }

    /// Whether a living owner other than this history works on the run.
    package func isOwnedByAnother(_ id: String) throws -> Bool {
        let text = try database.read { database in
            try String.fetchOne(database, sql: "SELECT owner FROM run WHERE id = ?", arguments: [id])
        }
        guard let text else { return false }
        return try text != owner().text && owners.isAlive(Owner(text: text))
    }

    /// Takes over one run, changes it and writes it, in one step, unless a living owner has it. Returns it as it is then;
    /// nil: it is another's, there is none, or `change` has said false. Whatever `change` throws undoes everything.
    ///
    /// One that has ended, and is left as ended, belongs to nobody afterwards either.
    ///
    /// Throws ``HistoryError/ownedByAnother`` when another record has the same prediction.
    ///
    /// - Parameter takesQueued: takes a run that was never sent from a living owner too. That owner sends it only after it
    ///   has written so as the run's owner; it finds then that it is not any more.
    package func claim(
        _ id: String,
        takesQueued: Bool = false,
        changing change: (inout RunRecord, SpendReader) throws -> Bool = { _, _ in true }
    ) throws -> RunRecord? {
        let owner = try owner()
        return try inTransaction { database in
            guard
                let row = try Row.fetchOne(
                    database,
                    sql: "SELECT * FROM run WHERE id = ? AND deletedAt IS NULL",
                    arguments: [id]
                )
            else { return nil }
            var run = try RunTable.record(row, database)
            if let before = row["owner"] as String?, before != owner.text, owners.isAlive(Owner(text: before)),
                !(takesQueued && run.stage == .queued)
            {
                return nil
            }
            guard try change(&run, SpendReader(database: database)) else { return nil }
            try database.execute(sql: "UPDATE run SET owner = ? WHERE id = ?", arguments: [owner.text, id])
            _ = try RunTable.update(run, owner, database)
            return run
        }
    }
}
