import Foundation
import GRDB
import Money
import Search

/// A query and an order as SQL over `listedRun`, which is called `list` in it.
struct ListedRuns {
    /// Where fewer runs have a text, they are looked up and sorted; where it is more, the list is gone through from its
    /// beginning until a page is full.
    private static let fewest = 2_000

    /// Conditions with AND between them.
    private(set) var condition: String
    private(set) var arguments: StatementArguments
    let sort: RunSort
    /// False: the runs that may match are few; they are read by number and then sorted.
    private(set) var isIndexed = true

    /// Asks the index of texts how many runs may have the words.
    init(_ query: RunQuery, _ sort: RunSort, _ database: Database) throws {
        self.sort = sort
        var parts: [String] = []
        arguments = []
        if let match = Self.match(query) {
            let probe = try database.cachedStatement(
                sql:
                    "SELECT count(*) FROM (SELECT rowid FROM runSearch WHERE runSearch MATCH ? LIMIT \(Self.fewest + 1))"
            )
            if try Int.fetchOne(probe, arguments: [match]) ?? 0 <= Self.fewest {
                isIndexed = false
                parts.append("list.run IN (SELECT rowid FROM runSearch WHERE runSearch MATCH ?)")
                arguments += [match]
            }
        }
        // What costs least to look at comes first.
        for term in query.terms.sorted(by: { !$0.condition.readsText && $1.condition.readsText }) {
            let (sql, values) = term.condition.sql
            // A number that is not known compares with nothing, nor with its opposite: it is not meant by the condition.
            parts.append(term.isExcluded ? "NOT coalesce(\(sql), 0)" : sql)
            arguments += values
        }
        condition = parts.isEmpty ? "1" : parts.joined(separator: " AND ")
    }

    /// What the index of texts is asked; nil: no text is asked for that has three characters.
    private static func match(_ query: RunQuery) -> String? {
        var threes: [String] = []
        for term in query.terms where !term.isExcluded {
            guard let text = term.condition.text else { continue }
            let scalars = Array(text.unicodeScalars)
            guard scalars.count >= 3 else { continue }
            // More of them narrow hardly any further, and each is a list to go through.
            for start in 0...(scalars.count - 3) where start < 10 {
                var three = ""
                for scalar in scalars[start..<(start + 3)] { three.unicodeScalars.append(scalar) }
                threes.append("\"\(three.replacing("\"", with: "\"\""))\"")
            }
        }
        return threes.isEmpty ? nil : threes.joined(separator: " AND ")
    }
}

extension RunQuery.Condition {
    /// What must stand in the text; nil: it is not about the text.
    fileprivate var text: String? {
        switch self {
        case .word(let word): word
        case .tag(let tag): SearchText.tagged(tag)
        case .model, .wholeModel, .status, .isActive, .cost, .costIsUnknown, .since, .until, .key, .isFavourite,
            .rating,
            .isUnrated:
            nil
        }
    }

    fileprivate var readsText: Bool { text != nil }

    fileprivate var sql: (String, StatementArguments) {
        switch self {
        case .word(let word): ("instr(list.text, ?) > 0", [word])
        case .tag(let tag): ("instr(list.text, ?) > 0", [SearchText.tagged(tag)])
        case .model(let part): ("instr(list.model, ?) > 0", [part])
        case .wholeModel(let path):
            ("(list.model = ? OR substr(list.model, 1, ?) = ?)", [path, path.unicodeScalars.count + 1, path + ":"])
        case .status(let word): ("list.status = ?", [word])
        case .isActive:
            ("list.status NOT IN (\(RunQuery.endedWords.map { "'\($0)'" }.joined(separator: ", ")))", [])
        case .cost(let comparison, let amount): ("list.costNanos \(comparison.sign) ?", [NanoDollars.nearest(amount)])
        case .costIsUnknown: ("list.costNanos IS NULL", [])
        case .since(let date): ("list.createdAt >= ?", [date.timeIntervalSince1970])
        case .until(let date): ("list.createdAt < ?", [date.timeIntervalSince1970])
        case .key(let key): ("list.key = ?", [key])
        case .isFavourite: ("list.isFavourite", [])
        case .rating(let comparison, let stars): ("list.rating \(comparison.sign) ?", [stars])
        case .isUnrated: ("list.rating IS NULL", [])
        }
    }
}

extension RunQuery.Comparison {
    fileprivate var sign: String {
        switch self {
        case .less: "<"
        case .atMost: "<="
        case .equal: "="
        case .atLeast: ">="
        case .more: ">"
        }
    }
}
