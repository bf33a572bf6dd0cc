import Foundation

/// How much of the history has been read into the table.
package struct RunPages: Hashable, Sendable {
    /// Where the next page begins, as the store names it.
    package struct Cursor: Hashable, Sendable {
        /// Seconds since 1970, exactly as they are stored.
        package let createdAt: Double
        /// The last run that was read.
        package let id: String

        /// As the store gave them.
        package init(createdAt: Double, id: String) {
            self.createdAt = createdAt
            self.id = id
        }
    }

    /// Runs of the whole history, read or not.
    package internal(set) var total = 0
    /// nil: everything is read.
    package internal(set) var next: Cursor?
    /// A page has been asked for.
    package internal(set) var isLoading = false
    /// The last one could not be read; it is asked for again when a person does something.
    var hasFailed = false
    /// A person went to the end, which is further down than what is read.
    var seeksEnd = false

    /// Nothing was read yet.
    package init() {}

    /// The oldest moment of which every run is known; nil: nothing was read yet.
    var end: Date? { next.map { Date(timeIntervalSince1970: $0.createdAt) } ?? (total > 0 ? .distantPast : nil) }
}

/// A page of the history, and how much there is in all.
package struct RunPage: Hashable, Sendable {
    /// Newest first.
    package var runs: [RunItem]
    /// nil: it is the last page.
    package var next: RunPages.Cursor?
    /// Runs of the whole history.
    package var total: Int

    /// Without a cursor, the last page.
    package init(runs: [RunItem], next: RunPages.Cursor? = nil, total: Int) {
        self.runs = runs
        self.next = next
        self.total = total
    }
}
