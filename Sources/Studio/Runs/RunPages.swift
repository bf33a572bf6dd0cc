package import Search

/// What is read of the list, and what is being read: the table holds a part of it, without gaps.
package struct RunPages: Hashable, Sendable {
    /// An end of the list.
    enum End: Hashable, Sendable {
        case first, last
    }

    /// There are runs of the list above those that were read.
    package internal(set) var hasAbove = false
    /// There are runs of the list below those that were read.
    package internal(set) var hasBelow = false
    /// Runs of the list above those that were read; nil: not known (yet).
    package internal(set) var above: Int? = 0
    /// Runs of the list; nil: not known (yet).
    package internal(set) var total: Int? = 0
    /// The page that was asked for; nil: none is.
    package internal(set) var asked: RunPage.Request?
    /// The count that was asked for; nil: none is.
    var counting: RunCounts.Request?
    /// What is shown was read for another query or another order, or elsewhere than the selection is.
    var isStale = false
    /// ``above`` or ``total`` is to be asked for.
    var needsCount = false
    /// Another one as soon as runs have come to the list or left it.
    var changes = 0
    /// The last one could not be read; it is asked for again when a person does something.
    var hasFailed = false
    /// A person went to an end of the list that was not read yet.
    var seeks: End?

    /// Nothing was read yet.
    package init() {}

    /// Everything of the list was read.
    package var isWhole: Bool { !hasAbove && !hasBelow && !isStale }

    /// The list is another one, or in another order: what was asked for is no good any more.
    mutating func begin() {
        asked = nil
        counting = nil
        seeks = nil
        hasFailed = false
        changes += 1
    }

    /// Takes in what a page tells of the length of the list.
    ///
    /// - Parameter rows: those that were read by now, the page's among them.
    mutating func settle(_ page: RunPage, rows: Int) {
        if isWhole {
            (total, above, needsCount) = (rows, 0, false)
        } else if let counted = page.total {
            (total, above, needsCount) = (max(counted, rows), page.hasAbove ? nil : 0, page.hasAbove)
        } else {
            switch page.request.span {
            case .first: (above, needsCount) = (0, true)
            case .last: (above, needsCount) = (total.map { max(0, $0 - rows) }, true)
            case .around: (above, needsCount) = (nil, true)
            case .below, .above: break
            }
        }
    }

    /// A run has come to the list or has left it.
    ///
    /// - Parameter isAbove: above what was read; otherwise within or below it.
    mutating func note(_ change: Int, isAbove: Bool) {
        changes += 1
        total = total.map { max(0, $0 + change) }
        if isAbove { above = above.map { max(0, $0 + change) } }
    }
}

/// A page of the list, as it was asked for.
package struct RunPage: Hashable, Sendable {
    /// Which part of which list.
    package struct Request: Hashable, Sendable {
        package var query: RunQuery
        package var sort: RunSort
        package var span: Span

        /// The first page of everything by default, newest first.
        package init(_ query: RunQuery = RunQuery(), _ span: Span = .first, sort: RunSort = .newestFirst) {
            self.query = query
            self.sort = sort
            self.span = span
        }
    }

    /// A part of the list.
    package enum Span: Hashable, Sendable {
        case first, last
        case below(RunItem.ID)
        case above(RunItem.ID)
        /// A run in the middle.
        case around(RunItem.ID)
    }

    package var request: Request
    /// In the order that was asked for.
    package var runs: [RunItem]
    /// Runs that must be known wherever they stand in the list: what is in flight, and what waits for a person.
    package var open: [RunItem]
    package var hasAbove: Bool
    package var hasBelow: Bool
    /// Runs of the list; nil: it was not counted.
    package var total: Int?

    /// The whole list by default.
    package init(
        _ request: Request = Request(),
        runs: [RunItem],
        open: [RunItem] = [],
        hasAbove: Bool = false,
        hasBelow: Bool = false,
        total: Int? = nil
    ) {
        self.request = request
        self.runs = runs
        self.open = open
        self.hasAbove = hasAbove
        self.hasBelow = hasBelow
        self.total = total
    }
}

/// How long the list is.
package struct RunCounts: Hashable, Sendable {
    /// What was asked for; an answer to another request is ignored.
    package struct Request: Hashable, Sendable {
        package var query: RunQuery
        /// Tells which runs are above.
        package var sort: RunSort
        /// The first of the runs that were read; nil: there is none.
        package var above: RunItem.ID?
        /// What the list had gone through by then: a count of what it was before is no good.
        package var changes: Int

        package init(_ query: RunQuery, sort: RunSort = .newestFirst, above: RunItem.ID?, changes: Int) {
            self.query = query
            self.sort = sort
            self.above = above
            self.changes = changes
        }
    }

    package var request: Request
    package var total: Int
    /// Of them, those above the run that was asked about.
    package var above: Int

    package init(_ request: Request, total: Int, above: Int) {
        self.request = request
        self.total = total
        self.above = above
    }
}
