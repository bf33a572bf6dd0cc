package import ReplicateAPI

/// Why an order cannot be run, said of the part of it that can be mended. Sentences and the bodies of the HTTP service are
/// made from it.
package struct RunIssue: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
        case model
        /// The text that was given as the prompt.
        case prompt
        /// Images without a name: all of them, or one, counted from 0.
        case images(index: Int?)
        /// An input of this name.
        case input(String)
        case count
    }

    package let subject: Subject
    /// What the sentence is about: the name of an input, an address, a model.
    package let name: String
    /// Reads after ``name``.
    package let message: String
    /// What was given; null when nothing was.
    package let value: JSONValue

    package init(_ subject: Subject, _ name: String, _ message: String, _ value: JSONValue = .null) {
        self.subject = subject
        // An address may be a whole picture.
        self.name = name.count > 200 ? "\(name.prefix(80))…" : name
        self.message = message
        self.value = value
    }

    package var sentence: String { "\(name) \(message)" }

    /// What is said where the place is shown already: without the name of the input, with that of the model.
    package var words: String {
        switch subject {
        case .prompt, .input, .images(index: _?): message
        case .model, .images(index: nil), .count: sentence
        }
    }
}
