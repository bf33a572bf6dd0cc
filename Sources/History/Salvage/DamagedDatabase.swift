import Foundation
import GRDB

/// A database some of whose pages cannot be read, opened as a copy of its own: reads what is still there.
struct DamagedDatabase {
    private let queue: DatabaseQueue

    /// - Parameter path: of a copy with its log. Throws when not even the beginning of the list of tables can be read.
    init(path: String) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            // The second is for a list of tables of which a page is bad: the tables that it still names can be read.
            try database.execute(sql: "PRAGMA cell_size_check = ON; PRAGMA writable_schema = ON")
            // Whoever asks first is told of the damage, whoever asks next gets what there is.
            _ = try? Int.fetchOne(database, sql: "SELECT rowid FROM sqlite_master LIMIT 1")
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
        _ = try queue.read { try Int.fetchOne($0, sql: "SELECT rowid FROM sqlite_master LIMIT 1") }
    }

    func close() throws { try queue.close() }

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value { try queue.read(body) }

    /// Every row of the table that can be read, in the order of their row ids, which come first.
    ///
    /// - Returns: whether nothing stood in the way.
    static func rows(of table: String, _ database: Database, _ take: (Row) -> Void) -> Bool {
        var isWhole = true
        var next: Int64? = .min
        while let start = next {
            var last: Int64?
            do {
                let rows = try Row.fetchCursor(
                    database,
                    sql: "SELECT rowid AS salvagedRowID, * FROM \"\(table)\" WHERE rowid >= ? ORDER BY rowid",
                    arguments: [start]
                )
                while let row = try rows.next() {
                    last = row[0]
                    take(row)
                }
                return isWhole
            } catch {
                isWhole = false
                next = readable(after: last ?? start, table, database)
            }
        }
        return isWhole
    }

    /// The first row id after `bad` from which the table can be read again; nil: there is none.
    private static func readable(after bad: Int64, _ table: String, _ database: Database) -> Int64? {
        func first(from start: Int64) -> Int64?? {
            let sql = "SELECT rowid FROM \"\(table)\" WHERE rowid >= ? ORDER BY rowid LIMIT 1"
            do { return .some(try Int64.fetchOne(database, sql: sql, arguments: [start])) } catch { return nil }
        }
        // In steps that double over the hole, then back to its edge in halves.
        var (low, step) = (max(bad, 0), Int64(1))
        var found: Int64?
        while found == nil {
            let (start, isOver) = low.addingReportingOverflow(step)
            guard !isOver, step < 1 << 40 else { return nil }
            switch first(from: start) {
            case .some(.some(let row)): found = row
            case .some(.none): return nil
            case .none: (low, step) = (start, step * 2)
            }
        }
        guard var high = found else { return nil }
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if case .some(.some(let row)) = first(from: middle) { high = min(row, middle) } else { low = middle }
        }
        return high
    }

    /// Those columns of one row that can be read one by one.
    static func columns(of row: Int64, in table: String, _ database: Database) -> [String: DatabaseValue] {
        let sql = "SELECT name FROM pragma_table_info(?)"
        let names = (try? String.fetchAll(database, sql: sql, arguments: [table])) ?? []
        var columns: [String: DatabaseValue] = [:]
        for name in names {
            let value = try? DatabaseValue.fetchOne(
                database,
                sql: "SELECT \"\(name)\" FROM \"\(table)\" WHERE rowid = ?",
                arguments: [row]
            )
            if let value { columns[name] = value }
        }
        return columns
    }

    /// What the table's indexes know of its rows: they lie on other pages than the rows.
    struct Facts {
        /// Columns by row id and name.
        var rows: [Int64: [String: DatabaseValue]] = [:]
        /// Those of them that come from indexes that could be read from end to end.
        var certain: [Int64: [String: DatabaseValue]] = [:]
        /// The names of these indexes.
        var whole: Set<String> = []

        /// Whether nothing speaks against a row that was read. Of a bad page that continues a long row, the table itself
        /// would take anything.
        func agree(with row: Row, _ id: Int64) -> Bool {
            guard !whole.isEmpty else { return true }
            guard let known = certain[id] else { return false }
            return known.allSatisfy { column, value in (row[column] as DatabaseValue?) == value }
        }
    }

    static func facts(of table: String, _ database: Database) -> Facts {
        var facts = Facts()
        let names =
            (try? String.fetchAll(database, sql: "SELECT name FROM pragma_index_list(?)", arguments: [table])) ?? []
        for name in names {
            let columns =
                (try? String.fetchAll(
                    database,
                    sql: "SELECT name FROM pragma_index_info(?) ORDER BY seqno",
                    arguments: [name]
                )) ?? []
            let list = columns.map { "\"\($0)\"" }.joined(separator: ", ")
            var read: [(Int64, [String: DatabaseValue])] = []
            var isWhole = true
            do {
                let cursor = try Row.fetchCursor(
                    database,
                    sql: "SELECT rowid, \(list) FROM \"\(table)\" INDEXED BY \"\(name)\" ORDER BY \(list)"
                )
                while let row = try cursor.next() {
                    guard let id = row[0] as Int64? else { continue }
                    read.append((id, Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, row[$0 + 1]) })))
                }
            } catch { isWhole = false }
            for (id, known) in read {
                facts.rows[id, default: [:]].merge(known) { $1 }
                if isWhole { facts.certain[id, default: [:]].merge(known) { $1 } }
            }
            if isWhole { facts.whole.insert(name) }
        }
        return facts
    }
}

extension DatabaseError {
    /// The file is damaged, rather than busy or out of reach.
    var isDamage: Bool { [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(resultCode) }
}
