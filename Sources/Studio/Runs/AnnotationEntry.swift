/// Tags or the note of runs while they are being typed.
package struct AnnotationEntry: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case tags, note
    }

    package var kind: Kind
    /// A single line.
    package var editor: TextEditor
    /// The runs that get what is typed.
    var runs: [RunItem.ID]
}
