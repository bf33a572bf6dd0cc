/// Decides whether the next page of a list is requested, so that paging ends even if the server's links form a circle.
package struct Pagination: Sendable {
    private var seen: Set<String> = []

    /// Has not seen any page.
    package init() {}

    /// Whether the page after `page` is to be requested: `page` has a link, the link was not given to this method
    /// before, and `page` was not empty. Remembers the link.
    package mutating func shouldContinue<Element>(after page: Page<Element>) -> Bool {
        guard let next = page.next, !page.results.isEmpty || page.unreadable > 0 else { return false }
        return seen.insert(next).inserted
    }
}
