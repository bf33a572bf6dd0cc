import Foundation

/// One thing that was looked at, and how it stands.
struct Finding: Hashable, Sendable {
    enum State: Hashable, Sendable {
        case fine
        /// Something does not work; the text ends with what mends it.
        case fault
        /// Worth knowing, and no fault.
        case note
    }

    let state: State
    /// One word, such as `network`.
    let subject: String
    /// Not safe for a terminal yet.
    let text: String

    init(_ state: State, _ subject: String, _ text: String) {
        self.state = state
        self.subject = subject
        self.text = text
    }

    /// As `darkroom doctor` prints it, safe for a terminal.
    var line: String {
        let mark =
            switch state {
            case .fine: "ok  "
            case .fault: "!   "
            case .note: "-   "
            }
        return "\(mark) \(Console.cell(subject, 9)) \(Console.line(text))"
    }
}
