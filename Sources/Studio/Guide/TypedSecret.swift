/// A secret that a person types or pastes. Neither printed nor dumped: only who asks for its text gets it.
package struct TypedSecret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{
    /// More than any token has.
    static let most = 400

    /// What was typed, without white space.
    package private(set) var text = ""

    /// Nothing is typed yet.
    package init() {}

    package var isEmpty: Bool { text.isEmpty }
    /// Characters, for as many dots.
    package var count: Int { text.count }

    /// Adds a text without its white space and its invisible characters: a pasted token often has a line break at its end.
    package mutating func append(_ more: String) {
        let visible = more.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F }
        text = String((text + String(String.UnicodeScalarView(visible))).prefix(Self.most))
    }

    mutating func removeLast() { if !text.isEmpty { text.removeLast() } }

    mutating func clear() { text = "" }

    package var description: String { "<secret>" }
    package var debugDescription: String { "<secret>" }
    /// Without children, so that `dump` does not print the secret.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
