/// One page of a list: `{next, previous, results}`.
package struct Page<Element: Sendable>: Sendable {
    /// The rows in the server's order. Rows that could not be read are left out and counted in ``unreadable``.
    package let results: [Element]
    /// How many rows of the page could not be read.
    package let unreadable: Int
    /// Absolute URL of the next page; nil at the end. It is requested exactly as written, after its host was checked.
    package let next: String?

    /// A page with these rows.
    package init(results: [Element], unreadable: Int = 0, next: String?) {
        self.results = results
        self.unreadable = unreadable
        self.next = next
    }

    /// Reads `{next, previous, results}`. Nil when `json` has no array `results`. A `next` that is missing, empty or
    /// the text `null` means that there is no next page: samples of the documentation write the text.
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
