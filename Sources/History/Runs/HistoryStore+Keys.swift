import GRDB

extension SpendReader {
    /// Runs that were ordered under a key at this place, newest first.
    package func runs(underKey key: String, at index: Int) throws -> [RunRecord] {
        try HistoryStore.runs(underKey: key, at: index, database)
    }
}

extension HistoryStore {
    /// Runs that were ordered under a key at this place, newest first. Another process may order one at any moment: only
    /// within ``write(_:beginning:at:skew:owner:adding:)`` that is excluded.
    package func runs(underKey key: String, at index: Int) throws -> [RunRecord] {
        try database.read { try Self.runs(underKey: key, at: index, $0) }
    }

    fileprivate static func runs(underKey key: String, at index: Int, _ database: Database) throws -> [RunRecord] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM run WHERE key = ? AND keyIndex = ? AND deletedAt IS NULL
                ORDER BY createdAt DESC, rowid DESC
                """,
            arguments: [key, index]
        ).map { try RunTable.record($0, database) }
    }
}
