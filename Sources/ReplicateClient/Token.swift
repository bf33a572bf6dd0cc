/// The API token. It describes itself as `<token>` in every output, so that the secret does not reach logs.
package struct Token: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let value: String

    /// Trims white space at both ends. Nil for an empty text, and for a text with white space inside or characters that
    /// a header cannot hold.
    package init?(_ text: String) {
        let trimmed = text.split(whereSeparator: \.isWhitespace)
        guard trimmed.count == 1, let value = trimmed.first,
            value.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F })
        else { return nil }
        self.value = String(value)
    }

    /// `text` with an ellipsis in each place where the secret stood.
    package func removed(from text: String) -> String { text.replacing(value, with: "…") }

    package var description: String { "<token>" }
    package var debugDescription: String { "<token>" }
    /// Without children, so that `dump` does not print the secret.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
