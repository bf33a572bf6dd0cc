import GRDB

/// The durable record: what was submitted, what became of it, what was written. SQLite in WAL mode.
///
/// Every write is durable when it returns: a power cut between a journal entry and the request it announces must not
/// lose the entry.
package struct HistoryStore: Sendable {
    let database: any DatabaseWriter
    let owners: OwnerLocks
    /// nil: in memory.
    private let file: OpenedDatabase?

    /// Set when a damaged database was replaced on opening: a sentence for the person.
    package var notice: String? { file?.notice }

    /// The jobs of the HTTP service.
    package var jobs: JobJournal { JobJournal(database: database, owners: owners) }

    /// What is remembered of models.
    package var models: ModelMemory { ModelMemory(database: database) }

    /// What earlier runs took and cost.
    package var past: PastRuns { PastRuns(database: database) }

    /// What was being composed.
    package var drafts: DraftMemory { DraftMemory(database: database) }

    /// Makes the next opening quick; to be called at the end of a process that has written much. Blocks for a moment.
    package func emptyLog() { file?.emptyLog() }

    /// A number that is another one as soon as another process has changed the history, and the same whatever this one does. Waits
    /// for a write that is under way.
    package func externalVersion() throws -> Int {
        try database.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
    }

    /// An empty one that lives as long as the value.
    package static func inMemory() throws -> HistoryStore {
        let queue = try DatabaseQueue()
        try Migrations.all.migrate(queue)
        return HistoryStore(database: queue, owners: OwnerLocks(folder: nil), file: nil)
    }

    /// Opens or creates the database at `path`, readable by its owner only.
    ///
    /// Of a damaged file everything that can be read is taken over into a new one; the damaged one stays beside it under a
    /// name with the date. One of a newer version is refused and left alone.
    package static func open(path: String, access: DatabaseAccess = .concurrent) throws(HistoryError) -> HistoryStore {
        let file = try OpenedDatabase.open(path: path, access: access)
        return HistoryStore(database: file.database, owners: file.owners, file: file)
    }
}
