/// An input as the form shows it.
package struct InputRow: Hashable, Sendable {
    package enum Control: Hashable, Sendable {
        case entry, secret, json
        /// Changes by steps; ``InputRow/hint`` tells the range.
        case stepper
        case choice
        case toggle(isOn: Bool)
    }

    package let name: String
    package let title: String
    package let summary: String?
    package let control: Control
    /// The value in one line: the one set, else the default, else `—`; secrets masked.
    package let text: String
    /// The default in one line; nil when the model names none.
    package let defaultText: String?
    /// The range or the choices in short, such as `1–4`; nil when there is nothing to tell.
    package let hint: String?
    /// Whether a person set it.
    package let isChanged: Bool
    package let isRequired: Bool
    /// Why it cannot be sent, or why the text typed was refused; reads after the name.
    package internal(set) var issue: String?
    package let isSelected: Bool
    package let isEditing: Bool
}
