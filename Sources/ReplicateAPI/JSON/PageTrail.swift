/// Follows a list from page to page, and comes to an end whatever the server says.
package struct PageTrail: Sendable {
    private var seen: Set<String> = []

    package init() {}

    /// Whether the page after `page` is to be asked for: there is one, it has not been seen, and this one held something.
    package mutating func goesOn<Element>(after page: Page<Element>) -> Bool {
        guard let next = page.next, !page.results.isEmpty || page.unreadable > 0 else { return false }
        return seen.insert(next).inserted
    }
}
