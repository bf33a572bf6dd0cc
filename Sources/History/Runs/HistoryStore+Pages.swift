import GRDB
package import Search

/// Some runs of a list, one after the other.
package struct RunRecordPage: Sendable {
    /// The uppermost first.
    package let runs: [RunRecord]
    /// There are runs of the list above them.
    package let hasAbove: Bool
    /// There are runs of the list below them.
    package let hasBelow: Bool
}

/// Which runs of a list a page holds.
package enum RunSpan: Hashable, Sendable {
    /// From the top of the list.
    case first
    /// To the end of the list.
    case last
    /// Those below a run; it need not be of the list, but must have been journaled.
    case below(String)
    /// Those above a run.
    case above(String)
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
    /// A page of the runs that a query means. Reads in proportion to `limit` for most queries; for what only few runs have,
    /// the narrow table of the list once.
    ///
    /// - Parameter limit: runs at the most, 1 or more.
    package func page(
        _ query: RunQuery = RunQuery(),
        _ span: RunSpan = .first,
        sort: RunSort = .newestFirst,
        limit: Int
    ) throws -> RunRecordPage {
        try database.read { try ListedRuns(query, sort, $0).page(span, limit: limit, $0) }
    }

    /// Calls `body` with the runs that a query means, from the top of the list. Only a part of them is in memory at any time;
    /// between the parts others may write, and what comes to be above is not looked at any more.
    ///
    /// - Parameters:
    ///   - limit: runs at the most; nil: all.
    ///   - body: gets the runs of one part; the first has up to fifty, further ones more.
    package func forEach(
        _ query: RunQuery,
        sort: RunSort = .newestFirst,
        limit: Int? = nil,
        _ body: ([RunRecord]) throws -> Void
    ) throws {
        var left = limit ?? .max
        var span = RunSpan.first
        var size = 50
        while left > 0 {
            let page = try page(query, span, sort: sort, limit: min(size, left))
            if !page.runs.isEmpty { try body(page.runs) }
            guard page.hasBelow, let last = page.runs.last else { return }
            left -= page.runs.count
            span = .below(last.id)
            size = 200
        }
    }

    /// How many runs a query means, and how many of them stand above a run.
    ///
    /// - Parameter id: nil, or one that the history does not have: none are above.
    package func count(
        _ query: RunQuery = RunQuery(),
        sort: RunSort = .newestFirst,
        above id: String? = nil
    ) throws -> RunCount {
        try database.read { try ListedRuns(query, sort, $0).count(above: id, $0) }
    }

    /// The prompts of runs that a query means, each once, the latest first. Reads no more of the list than it takes to find
    /// so many.
    package func prompts(_ query: RunQuery = RunQuery(), limit: Int = 1_000) throws -> [PastPrompt] {
        try database.read { try ListedRuns(query, .newestFirst, $0).prompts(limit: limit, $0) }
    }
}
