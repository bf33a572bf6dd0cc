import Foundation
import GRDB

/// Pages of a list by what stands before and behind a run, never by counting from its beginning.
extension ListedRuns {
    private typealias Place = (createdAt: Double, row: Int64)
    private enum Direction { case older, newer, fromHere }

    /// A page of the list, newest first.
    func page(_ span: RunSpan, limit: Int, _ database: Database) throws -> RunRecordPage {
        switch span {
        case .newest: return try below(nil, limit: limit, database)
        case .oldest: return try above(nil, limit: limit, database)
        case .older(let id): return try below(Self.place(of: id, database), limit: limit, database)
        case .newer(let id):
            guard let place = try Self.place(of: id, database) else { return try below(nil, limit: limit, database) }
            return try above(place, limit: limit, database)
        case .around(let id):
            guard let place = try Self.place(of: id, database) else { return try below(nil, limit: limit, database) }
            let half = limit / 2
            let above = try numbers(.newer, place, limit: half + 1, database)
            let below = try numbers(.fromHere, place, limit: limit - half + 1, database)
            return try page(
                above.prefix(half).reversed() + below.prefix(limit - half),
                newer: above.count > half,
                older: below.count > limit - half,
                database
            )
        }
    }

    /// - Parameter place: nil: above the whole list.
    private func below(_ place: Place?, limit: Int, _ database: Database) throws -> RunRecordPage {
        let rows = try numbers(.older, place, limit: limit + 1, database)
        return try page(Array(rows.prefix(limit)), newer: place != nil, older: rows.count > limit, database)
    }

    /// - Parameter place: nil: below the whole list.
    private func above(_ place: Place?, limit: Int, _ database: Database) throws -> RunRecordPage {
        let rows = try numbers(.newer, place, limit: limit + 1, database)
        return try page(rows.prefix(limit).reversed(), newer: rows.count > limit, older: place != nil, database)
    }

    private func page(_ rows: [Int64], newer: Bool, older: Bool, _ database: Database) throws -> RunRecordPage {
        RunRecordPage(runs: try rows.compactMap { try Self.run($0, database) }, hasNewer: newer, hasOlder: older)
    }

    /// How long the list is, and how many of it are above a run.
    func count(above id: String?, _ database: Database) throws -> RunCount {
        let total = try Int.fetchOne(
            database,
            sql: "SELECT count(*) FROM listedRun AS list WHERE \(condition)",
            arguments: arguments
        )
        guard let id, let place = try Self.place(of: id, database) else { return RunCount(total: total ?? 0, above: 0) }
        let above = try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM listedRun AS list
                WHERE \(condition) AND (list.createdAt, list.run) > (?, ?)
                """,
            arguments: arguments + [place.createdAt, place.row]
        )
        return RunCount(total: total ?? 0, above: above ?? 0)
    }

    /// The prompts of the list, each once, the latest first.
    func prompts(limit: Int, _ database: Database) throws -> [PastPrompt] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT run.prompt, run.createdAt FROM listedRun AS list CROSS JOIN run ON run.rowid = list.run
                WHERE \(condition) AND run.prompt <> '' ORDER BY \(order("DESC"))
                """,
            arguments: arguments
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

    /// nil: the history has no such run.
    private static func place(of id: String, _ database: Database) throws -> Place? {
        let statement = try database.cachedStatement(sql: "SELECT createdAt, rowid FROM run WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id]).map { ($0[0], $0[1]) }
    }

    /// Row numbers from a place on, the nearest first; nil: from the end of the list.
    private func numbers(
        _ direction: Direction,
        _ place: Place?,
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
                SELECT list.run FROM listedRun AS list WHERE \(condition) \(bound)
                ORDER BY \(order(direction == .newer ? "ASC" : "DESC")) LIMIT ?
                """
        )
        let bounds: StatementArguments = place.map { [$0.createdAt, $0.row] } ?? []
        return try Int64.fetchAll(statement, arguments: arguments + bounds + [limit])
    }

    private static func run(_ row: Int64, _ database: Database) throws -> RunRecord? {
        let statement = try database.cachedStatement(sql: "SELECT * FROM run WHERE rowid = ?")
        return try Row.fetchOne(statement, arguments: [row]).map { try RunTable.record($0, database) }
    }
}
