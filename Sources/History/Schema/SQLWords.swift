/// Words of a type as they stand in a column, for a list in SQL.
enum SQLWords {
    /// `'queued', 'sending'`: what stands between the parentheses of `IN (…)`. Raw values hold no quotes.
    static func list(_ words: some Sequence<some RawRepresentable<String>>) -> String {
        words.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    }
}
