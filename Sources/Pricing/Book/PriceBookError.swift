/// A mistake in a price book, with the line it stands in.
package struct PriceBookError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, or `built in`.
    package let origin: String
    /// 1 is the first; nil when the text is no YAML at all and its parser named none.
    package let line: Int?
    package let reason: String

    package var description: String {
        line.map { "\(origin), line \($0): \(reason)" } ?? "\(origin): \(reason)"
    }
}
