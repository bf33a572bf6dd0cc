/// An input as the form shows it.
package struct InputRow: Hashable, Sendable {
    /// How the value is changed.
    package enum Control: Hashable, Sendable {
        case entry, secret, json
        /// Changes by steps; ``InputRow/hint`` tells the range.
        case stepper
        case choice
        /// nil: it is neither on nor off, so that the model decides.
        case toggle(isOn: Bool?)
        /// Any of several values.
        case ticks
        /// A value of one of several types, which is chosen first.
        case branch
        /// Not an input: shows or hides the deprecated ones behind it.
        case fold(isOpen: Bool)
    }

    /// As the API has it.
    package let name: String
    /// As the model's author wrote it, else the name.
    package let title: String
    /// The author's description, not safe for a terminal yet.
    package let summary: String?
    /// How the value is changed.
    package let control: Control
    /// The value in one line: the one set, else the default, else `—`; secrets masked.
    package let text: String
    /// The default in one line; nil when the model names none.
    package let defaultText: String?
    /// The range or the choices in short, such as `1–4`; nil when there is nothing to tell.
    package let hint: String?
    /// Whether a person set it.
    package let isChanged: Bool
    /// The server refuses a run without it.
    package let isRequired: Bool
    /// The model's author advises against it.
    package let isDeprecated: Bool
    /// Why it cannot be sent, or why the text typed was refused; reads after the name.
    package internal(set) var issue: String?
    /// One row at the most.
    package let isSelected: Bool
    /// Its text is being typed.
    package let isEditing: Bool
}
