/// A name for what is kept, while it is typed.
package struct NameEntry: Hashable, Sendable {
    /// What gets the name.
    package enum Kind: Hashable, Sendable {
        case prompt, draft
    }

    package var kind: Kind
    /// A single line.
    package var editor: TextEditor
}
