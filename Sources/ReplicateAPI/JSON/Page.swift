/// One page of a list: `{next, previous, results}`.
package struct Page<Element: Sendable>: Sendable {
    /// In the server's order. Rows that could not be read are left out and counted in ``unreadable``.
    package let results: [Element]
    /// How many rows of the page could not be read.
    package let unreadable: Int
    /// Absolute URL of the next page, to be followed verbatim after its host was checked; nil at the end.
    package let next: String?

    package init(results: [Element], unreadable: Int = 0, next: String?) {
        self.results = results
        self.unreadable = unreadable
        self.next = next
    }

    /// nil when `json` has no array `results`. The documentation's samples write a missing link as the text `null`.
    package init?(json: JSONValue, element: (JSONValue) -> Element?) {
        guard let rows = json["results"]?.array else { return nil }
        let elements = rows.compactMap(element)
        let next = json["next"]?.string
        self.init(
            results: elements,
            unreadable: rows.count - elements.count,
            next: next == "null" || next?.isEmpty == true ? nil : next
        )
    }
}

extension Page: Equatable where Element: Equatable {}
