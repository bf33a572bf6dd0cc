/// A sentence for the line above the footer.
package struct Notice: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case success
        case information
        case warning
        case error
    }

    package var kind: Kind
    package var text: String

    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
