import Foundation
import GRDB
package import Search

/// Some runs of a list, one after the other.
package struct RunRecordPage: Sendable {
    /// Newest first.
    package let runs: [RunRecord]
    /// There are runs of the list above them.
    package let hasNewer: Bool
    /// There are runs of the list below them.
    package let hasOlder: Bool
}

/// Which runs of a list a page holds.
package enum RunSpan: Hashable, Sendable {
    /// The first of the list.
    case newest
    /// The last of the list.
    case oldest
    /// Those below a run; it need not be of the list, but must have been journaled.
    case older(than: String)
    /// Those above a run.
    case newer(than: String)
    /// A run, if it is of the list, with half of the page above it. The first page where the history has no such run.
    case around(String)
}

/// How long a list is.
package struct RunCount: Hashable, Sendable {
    /// Runs of the list.
    package let total: Int
    /// Of them, those above the run that was asked about; 0 without one.
    package let above: Int
}

extension HistoryStore {
    /// A page of the runs that a query means, newest first. Reads in proportion to `limit` for most queries; for what only
    /// few runs have, the narrow table of the list once.
    ///
    /// - Parameter limit: runs at the most, 1 or more.
    package func page(_ query: RunQuery = RunQuery(), _ span: RunSpan = .newest, limit: Int) throws -> RunRecordPage {
        try database.read { try Self.page(query, span, limit: limit, $0) }
    }

    private static func page(
        _ query: RunQuery,
        _ span: RunSpan,
        limit: Int,
        _ database: Database
    ) throws -> RunRecordPage {
        let list = try ListedRuns(query, database)
        func page(_ rows: ArraySlice<Int64>, newer: Bool, older: Bool) throws -> RunRecordPage {
            RunRecordPage(runs: try rows.compactMap { try run($0, database) }, hasNewer: newer, hasOlder: older)
        }
        switch span {
        case .newest:
            let rows = try numbers(list, nil, .older, limit: limit + 1, database)
            return try page(rows.prefix(limit), newer: false, older: rows.count > limit)
        case .oldest:
            let rows = try numbers(list, nil, .newer, limit: limit + 1, database)
            return try page(ArraySlice(rows.prefix(limit).reversed()), newer: rows.count > limit, older: false)
        case .older(let id):
            guard let place = try place(of: id, database) else {
                return try self.page(query, .newest, limit: limit, database)
            }
            let rows = try numbers(list, place, .older, limit: limit + 1, database)
            return try page(rows.prefix(limit), newer: true, older: rows.count > limit)
        case .newer(let id):
            guard let place = try place(of: id, database) else {
                return try self.page(query, .newest, limit: limit, database)
            }
            let rows = try numbers(list, place, .newer, limit: limit + 1, database)
            return try page(ArraySlice(rows.prefix(limit).reversed()), newer: rows.count > limit, older: true)
        case .around(let id):
            guard let place = try place(of: id, database) else {
                return try self.page(query, .newest, limit: limit, database)
            }
            let above = try numbers(list, place, .newer, limit: limit / 2 + 1, database)
            let below = try numbers(list, place, .fromHere, limit: limit - limit / 2 + 1, database)
            return try page(
                ArraySlice(above.prefix(limit / 2).reversed() + below.prefix(limit - limit / 2)),
                newer: above.count > limit / 2,
                older: below.count > limit - limit / 2
            )
        }
    }

    /// Calls `body` with the runs that a query means, newest first. Only a part of them is in memory at any time; between
    /// the parts others may write, and what comes to be above is not looked at any more.
    ///
    /// - Parameters:
    ///   - limit: runs at the most; nil: all.
    ///   - body: gets the runs of one part; the first has up to fifty, further ones more.
    package func forEach(_ query: RunQuery, limit: Int? = nil, _ body: ([RunRecord]) throws -> Void) throws {
        var left = limit ?? .max
        var span = RunSpan.newest
        var size = 50
        while left > 0 {
            let page = try page(query, span, limit: min(size, left))
            if !page.runs.isEmpty { try body(page.runs) }
            guard page.hasOlder, let last = page.runs.last else { return }
            left -= page.runs.count
            span = .older(than: last.id)
            size = 200
        }
    }

    /// - Parameter id: nil, or one that the history does not have: none are above.
    package func count(_ query: RunQuery = RunQuery(), above id: String? = nil) throws -> RunCount {
        try database.read { database in
            let list = try ListedRuns(query, database)
            let total = try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM listedRun AS list WHERE \(list.condition)",
                arguments: list.arguments
            )
            guard let id, let place = try Self.place(of: id, database) else {
                return RunCount(total: total ?? 0, above: 0)
            }
            let above = try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM listedRun AS list
                    WHERE \(list.condition) AND (list.createdAt, list.run) > (?, ?)
                    """,
                arguments: list.arguments + [place.createdAt, place.row]
            )
            return RunCount(total: total ?? 0, above: above ?? 0)
        }
    }

    /// The prompts of runs that a query means, each once, the latest first. Reads no more of the list than it takes to find
    /// so many.
    package func prompts(_ query: RunQuery = RunQuery(), limit: Int = 1_000) throws -> [PastPrompt] {
        try database.read { database in
            let list = try ListedRuns(query, database)
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT run.prompt, run.createdAt FROM listedRun AS list CROSS JOIN run ON run.rowid = list.run
                    WHERE \(list.condition) AND run.prompt <> '' ORDER BY \(list.order("DESC"))
                    """,
                arguments: list.arguments
            )
            var prompts: [PastPrompt] = []
            var seen: Set<String> = []
            while prompts.count < limit, let row = try rows.next() {
                let text: String = row[0]
                guard seen.insert(text).inserted else { continue }
                prompts.append(PastPrompt(text: text, usedAt: Date(timeIntervalSince1970: row[1])))
            }
            return prompts
        }
    }

    // MARK: Places

    private enum Direction { case older, newer, fromHere }

    private static func place(of id: String, _ database: Database) throws -> (createdAt: Double, row: Int64)? {
        let statement = try database.cachedStatement(sql: "SELECT createdAt, rowid FROM run WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id]).map { ($0[0], $0[1]) }
    }

    /// Row numbers from a place on, the nearest first; nil: from the end of the list.
    private static func numbers(
        _ list: ListedRuns,
        _ place: (createdAt: Double, row: Int64)?,
        _ direction: Direction,
        limit: Int,
        _ database: Database
    ) throws -> [Int64] {
        let sign =
            switch direction {
            case .older: "<"
            case .newer: ">"
            case .fromHere: "<="
            }
        let bound = place == nil ? "" : "AND (list.createdAt, list.run) \(sign) (?, ?)"
        let statement = try database.cachedStatement(
            sql: """
                SELECT list.run FROM listedRun AS list WHERE \(list.condition) \(bound)
                ORDER BY \(list.order(direction == .newer ? "ASC" : "DESC")) LIMIT ?
                """
        )
        let bounds: StatementArguments = place.map { [$0.createdAt, $0.row] } ?? []
        return try Int64.fetchAll(statement, arguments: list.arguments + bounds + [limit])
    }

    private static func run(_ row: Int64, _ database: Database) throws -> RunRecord? {
        let statement = try database.cachedStatement(sql: "SELECT * FROM run WHERE rowid = ?")
        return try Row.fetchOne(statement, arguments: [row]).map { try record($0, database) }
    }
}
