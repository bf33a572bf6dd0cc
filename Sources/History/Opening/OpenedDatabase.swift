import Foundation
import GRDB
import Glibc

/// A database on the disk that was opened, mended if it was damaged, and brought up to date.
struct OpenedDatabase: Sendable {
    let database: any DatabaseWriter
    let owners: OwnerLocks
    /// Set when a damaged database was replaced: a sentence for the person.
    let notice: String?
    /// The write-ahead log beside the file.
    private let log: String
    /// Shows other processes that the file is in use.
    private let presence: OpenLock
    /// Closed connections that looked at the file before. To let go of a connection is a job for libdispatch's pool, which
    /// from its first job on is woken once a second.
    private let closed: [DatabaseQueue]

    private init(_ path: String, _ access: DatabaseAccess, _ presence: OpenLock, notice: String?) throws {
        let (database, closed) = try Self.connect(path, access)
        try Migrations.all.migrate(database)
        self.database = database
        owners = OwnerLocks(folder: Self.folder(ofOwnersOf: path))
        self.notice = notice
        self.presence = presence
        self.closed = closed
        log = "\(path)-wal"
        // A command is over in a moment, and nobody waits for its first frame.
        if access == .serial { emptyLog() }
    }

    /// Bytes from which the write-ahead log is emptied.
    private static let longLog = 256 << 10

    /// Takes what is in a long write-ahead log over into the file: whoever opens the file next reads all of the log before
    /// anything else. Nothing happens while another process reads.
    func emptyLog() {
        var status = stat()
        guard stat(log, &status) == 0, status.st_size > Self.longLog else { return }
        try? database.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA busy_timeout = 0")
            defer { try? database.execute(sql: "PRAGMA busy_timeout = \(1_000 * Self.patience)") }
            try database.checkpoint(.truncate)
        }
    }

    /// Seconds that a statement waits for other processes.
    private static let patience = 10

    /// Opens or creates the database at `path`, and mends it where it is damaged.
    static func open(path: String, access: DatabaseAccess) throws(HistoryError) -> OpenedDatabase {
        do {
            try refuseStrangeFiles(path)
            // Two that create the tables at once would both fail, and both would set a damaged file aside.
            return try FolderLock.holding(folderOf: path) { try openAlone(path, access) }
        } catch let error as HistoryError {
            throw error
        } catch {
            throw .unusable(path: path, reason: (error as? DatabaseError)?.message ?? error.localizedDescription)
        }
    }

    private static func openAlone(_ path: String, _ access: DatabaseAccess) throws -> OpenedDatabase {
        let presence = OpenLock(folder: folder(ofOwnersOf: path))
        try DamagedFile.finish(path)
        do {
            return try OpenedDatabase(path, access, presence, notice: nil)
        } catch let error as DatabaseError where error.isDamage {
            guard presence.isAlone else { throw HistoryError.damagedInUse(path: path) }
            let notice = try DamagedFile.replace(path, at: Date())
            return try OpenedDatabase(path, access, presence, notice: notice)
        }
    }

    private static func folder(ofOwnersOf path: String) -> String { "\(path)-owners" }

    /// A pipe would be waited for without end, a device read without end.
    private static func refuseStrangeFiles(_ path: String) throws {
        for part in ["", "-wal", "-shm", "-journal"] {
            var status = stat()
            guard stat(path + part, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { continue }
            throw HistoryError.unusable(path: path + part, reason: "it is no regular file")
        }
    }

    private static func connect(
        _ path: String,
        _ access: DatabaseAccess
    ) throws -> (any DatabaseWriter, closed: [DatabaseQueue]) {
        let check = WholeCheck(path)
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        let (first, isOld) = try look(path)
        var closed = [first]
        if isOld {
            try first.close()
            closed.append(try refuseCompany(path))
        }
        var configuration = Configuration()
        configuration.busyMode = .timeout(Double(patience))
        configuration.maximumReaderCount = 2
        // What is deleted is overwritten, not only marked as free.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA secure_delete = ON") }
        let database: any DatabaseWriter
        do { database = try open(path, access, configuration) } catch {
            try? first.close()
            throw error
        }
        // Not before: the one that opens the file alone reads the whole write-ahead log.
        if !isOld { try first.close() }
        // Only now: GRDB itself says NORMAL when it turns the write-ahead log on, and then a power cut takes back what was
        // committed last.
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        if check.isDue {
            let verdict = try database.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
            guard verdict == "ok" else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
            check.note()
        }
        return (database, closed)
    }

    private static func open(
        _ path: String,
        _ access: DatabaseAccess,
        _ configuration: Configuration
    ) throws -> any DatabaseWriter {
        switch access {
        case .concurrent: return try DatabasePool(path: path, configuration: configuration)
        case .serial:
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            // Reads only where the file has it already.
            let mode = try queue.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA journal_mode = WAL") }
            guard mode == "wal" else { throw DatabaseError(message: "no write-ahead log can be kept") }
            return queue
        }
    }

    /// Refuses a newer version. Looked at without the right to write: a pool writes to the file by being opened.
    ///
    /// - Returns: the connection, and whether runs have owners of the kind that others cannot see.
    private static func look(_ path: String) throws -> (DatabaseQueue, isOld: Bool) {
        var configuration = Configuration()
        // After a loss of power while the file was being made, its first transaction has to be taken back: that is writing.
        configuration.readonly = !FileManager.default.fileExists(atPath: "\(path)-journal")
        configuration.busyMode = .timeout(Double(patience))
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let isOld = try queue.read { database in
            // Fixes the moment that is looked at, should another be creating the tables just now.
            _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master")
            if try Migrations.all.hasBeenSuperseded(database) { throw HistoryError.newerVersion(path: path) }
            let known = try Migrations.all.appliedIdentifiers(database)
            return !known.isEmpty && !known.contains(Migrations.ownership)
        }
        return (queue, isOld)
    }

    /// Throws when another process has the file open: leaving the write-ahead log needs it alone. Once the old owners are
    /// forgotten, an older version that still runs would be taken for dead.
    private static func refuseCompany(_ path: String) throws -> DatabaseQueue {
        let queue = try DatabaseQueue(path: path)
        let mode = try queue.writeWithoutTransaction { database in
            do { return try String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE") } catch let error
                as DatabaseError
                where error.resultCode == .SQLITE_BUSY
            { return nil }
        }
        guard mode == "delete" else { throw HistoryError.inUse(path: path) }
        try queue.close()
        return queue
    }
}
