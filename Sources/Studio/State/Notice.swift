/// A sentence for the line above the footer.
package struct Notice: Hashable, Sendable {
    /// Decides the colour, and how long it stays.
    package enum Kind: Hashable, Sendable {
        case success
        case information
        case warning
        case error
    }

    /// How much it matters.
    package var kind: Kind
    /// A sentence; not safe for a terminal yet.
    package var text: String

    /// A sentence and how much it matters.
    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
