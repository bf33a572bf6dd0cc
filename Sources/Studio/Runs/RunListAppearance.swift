import Search

extension RunList {
    /// What a view of the list is drawn from: while it is the same, the list looks the same.
    package var appearance: RunListAppearance {
        RunListAppearance(
            revision: revision,
            sort: sort,
            filter: filter,
            filterIssue: filterIssue,
            activeCount: activeCount,
            selection: selection,
            marks: marks,
            top: top,
            unseen: unseen,
            pages: pages
        )
    }
}

/// See ``RunList/appearance``.
package struct RunListAppearance: Hashable, Sendable {
    var revision: RunList.Revision
    var sort: RunSort
    var filter: String
    var filterIssue: String?
    var activeCount: Int
    var selection: RunItem.ID?
    var marks: RunMarks
    var top: Int
    var unseen: Int
    var pages: RunPages
}
