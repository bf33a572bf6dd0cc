import Foundation
import GRDB
import Search

/// Pages of a list by what stands before and behind a run, never by counting from its beginning.
extension ListedRuns {
    /// A page of the list.
    func page(_ span: RunSpan, limit: Int, _ database: Database) throws -> RunRecordPage {
        switch span {
        case .first: return try below(nil, limit: limit, database)
        case .last: return try above(nil, limit: limit, database)
        case .below(let id): return try below(place(of: id, database), limit: limit, database)
        case .above(let id):
            guard let place = try place(of: id, database) else { return try below(nil, limit: limit, database) }
            return try above(place, limit: limit, database)
        case .around(let id):
            guard let place = try place(of: id, database) else { return try below(nil, limit: limit, database) }
            let half = limit / 2
            let above = try numbers(.up, place, limit: half + 1, database)
            let below = try numbers(.downFromHere, place, limit: limit - half + 1, database)
            return try page(
                above.prefix(half).reversed() + below.prefix(limit - half),
                hasAbove: above.count > half,
                hasBelow: below.count > limit - half,
                database
            )
        }
    }

    /// - Parameter place: nil: above the whole list.
    private func below(_ place: RunPlace?, limit: Int, _ database: Database) throws -> RunRecordPage {
        let rows = try numbers(.down, place, limit: limit + 1, database)
        return try page(Array(rows.prefix(limit)), hasAbove: place != nil, hasBelow: rows.count > limit, database)
    }

    /// - Parameter place: nil: below the whole list.
    private func above(_ place: RunPlace?, limit: Int, _ database: Database) throws -> RunRecordPage {
        let rows = try numbers(.up, place, limit: limit + 1, database)
        return try page(
            rows.prefix(limit).reversed(),
            hasAbove: rows.count > limit,
            hasBelow: place != nil,
            database
        )
    }

    private func page(
        _ rows: [Int64],
        hasAbove: Bool,
        hasBelow: Bool,
        _ database: Database
    ) throws -> RunRecordPage {
        RunRecordPage(
            runs: try rows.compactMap { try Self.run($0, database) },
            hasAbove: hasAbove,
            hasBelow: hasBelow
        )
    }

    /// How long the list is, and how many of it are above a run.
    func count(above id: String?, _ database: Database) throws -> RunCount {
        let total = try count("1", [], database)
        guard let id, let place = try place(of: id, database) else { return RunCount(total: total, above: 0) }
        // What is counted is not sorted.
        let above = try sort.stretches(.up, from: place, isIndexed: isIndexed)
            .map { try count($0.condition, $0.arguments, database) }
        return RunCount(total: total, above: above.reduce(0, +))
    }

    private func count(_ part: String, _ bounds: StatementArguments, _ database: Database) throws -> Int {
        let sql = "SELECT count(*) FROM listedRun AS list WHERE \(condition) AND \(part)"
        return try Int.fetchOne(database, sql: sql, arguments: arguments + bounds) ?? 0
    }

    /// The prompts of the list, each once, the latest first.
    func prompts(limit: Int, _ database: Database) throws -> [PastPrompt] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT run.prompt, run.createdAt FROM listedRun AS list CROSS JOIN run ON run.rowid = list.run
                WHERE \(condition) AND run.prompt <> '' ORDER BY \(RunSort.timeOrder(isNewestFirst: true, isIndexed: isIndexed))
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

    /// nil: the history has no such run. One that was deleted is where it was, as far as anything of it is left.
    private func place(of id: String, _ database: Database) throws -> RunPlace? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT list.createdAt, list.run, \(sort.key.sql ?? "NULL")
                FROM (SELECT \(Migrations.sortedRow) FROM run WHERE id = ?) AS list
                """
        )
        return try Row.fetchOne(statement, arguments: [id]).map {
            RunPlace(value: $0[2], createdAt: $0[0], row: $0[1])
        }
    }

    /// Row numbers from a place on, the nearest first; nil: from the end of the list.
    private func numbers(
        _ way: RunSort.Way,
        _ place: RunPlace?,
        limit: Int,
        _ database: Database
    ) throws -> [Int64] {
        var numbers: [Int64] = []
        for stretch in sort.stretches(way, from: place, isIndexed: isIndexed) where numbers.count < limit {
            let statement = try database.cachedStatement(
                sql: """
                    SELECT list.run FROM listedRun AS list WHERE \(condition) AND \(stretch.condition)
                    ORDER BY \(stretch.order) LIMIT ?
                    """
            )
            numbers += try Int64.fetchAll(
                statement,
                arguments: arguments + stretch.arguments + [limit - numbers.count]
            )
        }
        return numbers
    }

    private static func run(_ row: Int64, _ database: Database) throws -> RunRecord? {
        let statement = try database.cachedStatement(sql: "SELECT * FROM run WHERE rowid = ?")
        return try Row.fetchOne(statement, arguments: [row]).map { try RunTable.record($0, database) }
    }
}
