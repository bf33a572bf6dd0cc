/// A mistake in a price book, with its line.
package struct PriceBookError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the file, or `built in`.
    package let origin: String
    /// The line, counted from 1; nil when the text is not YAML and the parser named no line.
    package let line: Int?
    /// What is wrong, without file and line.
    package let reason: String

    package var description: String {
        line.map { "\(origin), line \($0): \(reason)" } ?? "\(origin): \(reason)"
    }
}
