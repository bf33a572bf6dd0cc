/// An input being typed.
package struct InputEditing: Hashable, Sendable {
    package let field: String
    package internal(set) var editor: TextEditor
    /// Why the text was refused, reading after the name; nil until it was.
    package internal(set) var issue: String?
    /// What the editor began with.
    let original: String
}
