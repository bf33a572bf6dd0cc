import Foundation
import GRDB

/// The durable record: what was submitted, what became of it, what was written. SQLite in WAL mode.
///
/// Every write is durable when it returns: a power cut between a journal entry and the request it announces must not
/// lose the entry.
package struct HistoryStore: Sendable {
    let database: any DatabaseWriter
    /// Set when a damaged database was put aside on opening: a sentence for the person.
    package let notice: String?

    /// The closed connection that looked at the file's version. To let go of a connection is a job for libdispatch's pool,
    /// which from its first job on is woken once a second.
    private let firstLook: DatabaseQueue?

    private init(database: any DatabaseWriter, firstLook: DatabaseQueue? = nil, notice: String?) throws {
        try Migrations.all.migrate(database)
        self.database = database
        self.firstLook = firstLook
        self.notice = notice
    }

    /// An empty one that lives as long as the value.
    package static func inMemory() throws -> HistoryStore {
        try HistoryStore(database: DatabaseQueue(), notice: nil)
    }

    /// Opens or creates the database at `path`, readable by its owner only.
    ///
    /// A damaged file is renamed beside its place with the date, never deleted, and an empty one takes its place. One of
    /// a newer version is refused and left alone.
    package static func open(path: String) throws(HistoryError) -> HistoryStore {
        do {
            // Two that create the tables at once would both fail, and both would set a damaged file aside.
            return try FolderLock.holding(folderOf: path) { try openAlone(path) }
        } catch let error as HistoryError {
            throw error
        } catch {
            throw .unusable(path: path, reason: reason(error))
        }
    }

    private static func openAlone(_ path: String) throws -> HistoryStore {
        do {
            let (database, firstLook) = try connect(path)
            return try HistoryStore(database: database, firstLook: firstLook, notice: nil)
        } catch let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
            return try replacingDamaged(path: path)
        }
    }

    private static func connect(_ path: String) throws -> (DatabasePool, firstLook: DatabaseQueue) {
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        let firstLook = try look(path)
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 2
        let pool = try DatabasePool(path: path, configuration: configuration)
        // Only now: GRDB itself says NORMAL when it turns the write-ahead log on, and then a power cut takes back what was
        // committed last.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        let verdict = try pool.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
        guard verdict == "ok" else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        return (pool, firstLook)
    }

    /// Refuses a newer version. Looked at without the right to write: a pool writes to the file by being opened.
    private static func look(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let isNewer = try queue.read { database in
            // Fixes the moment that is looked at, should another be creating the tables just now.
            _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master")
            return try Migrations.all.hasBeenSuperseded(database)
        }
        if isNewer { throw HistoryError.newerVersion(path: path) }
        try queue.close()
        return queue
    }

    private static func replacingDamaged(path: String) throws -> HistoryStore {
        let stamp = Date().formatted(.iso8601.timeSeparator(.omitted))
        let aside = "\(path).damaged-\(stamp)"
        try FileManager.default.moveItem(atPath: path, toPath: aside)
        for suffix in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.moveItem(atPath: path + suffix, toPath: aside + suffix)
        }
        return try HistoryStore(
            database: connect(path).0,
            notice: "The history was damaged: it lies in its folder as \(URL(filePath: aside).lastPathComponent)"
        )
    }

    private static func reason(_ error: any Error) -> String {
        (error as? DatabaseError)?.message ?? error.localizedDescription
    }
}
