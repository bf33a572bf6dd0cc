/// Why a value does not fit its field.
package struct InputIssue: Hashable, Sendable {
    /// The name of the input.
    package let field: String
    /// Reads after the field's name: `must be at most 4`.
    package let message: String

    package init(field: String, message: String) {
        self.field = field
        self.message = message
    }
}
