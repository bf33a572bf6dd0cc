/// An input being typed.
package struct InputEditing: Hashable, Sendable {
    /// The input's name.
    package let field: String
    /// On one line, unless the value is a text that has line breaks.
    package internal(set) var editor: TextEditor
    /// Why the text was refused, reading after the name; nil until it was.
    package internal(set) var issue: String?
    /// What the editor began with.
    let original: String
}
