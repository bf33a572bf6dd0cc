package import ReplicateAPI

/// Why an order cannot be run, with the part of the order that must be corrected. Sentences, and the bodies of the HTTP
/// service, are made from it.
package struct RunIssue: Hashable, Sendable {
    /// The part of the order that must be corrected.
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

    /// The part of the order that must be corrected.
    package let subject: Subject
    /// The beginning of the sentence: the name of an input, an address, or a model. A name of more than 200 characters
    /// is cut to 80.
    package let name: String
    /// Reads after ``name``: `must be at most 4`.
    package let message: String
    /// The value that was given; null when there was none.
    package let value: JSONValue

    /// Cuts a long name, so that a sentence stays readable.
    package init(_ subject: Subject, _ name: String, _ message: String, _ value: JSONValue = .null) {
        self.subject = subject
        // A `data:` address may contain a whole picture.
        self.name = name.count > 200 ? "\(name.prefix(80))…" : name
        self.message = message
        self.value = value
    }

    /// Name and message as one sentence, without a full stop.
    package var sentence: String { "\(name) \(message)" }

    /// The sentence for a place where the input is visible: without the name of the input, but with the name of a
    /// model.
    package var shortSentence: String {
        switch subject {
        case .prompt, .input, .images(index: _?): message
        case .model, .images(index: nil), .count: sentence
        }
    }
}
