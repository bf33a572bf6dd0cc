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
        try database.read { try ListedRuns(query, $0).page(span, limit: limit, $0) }
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
        try database.read { try ListedRuns(query, $0).count(above: id, $0) }
    }

    /// The prompts of runs that a query means, each once, the latest first. Reads no more of the list than it takes to find
    /// so many.
    package func prompts(_ query: RunQuery = RunQuery(), limit: Int = 1_000) throws -> [PastPrompt] {
        try database.read { try ListedRuns(query, $0).prompts(limit: limit, $0) }
    }
}
