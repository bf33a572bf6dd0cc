/// Why the screen could not be opened, as a sentence for the user.
package struct ScreenError: Error, Hashable, CustomStringConvertible {
    /// The kind of failure.
    package enum Code: Hashable, Sendable {
        /// Input or output is a file or a pipe.
        case notATerminal
        /// The terminal cannot place its cursor.
        case incapable
        /// ncurses could not open the terminal by any of the entries that were tried.
        case openFailed
    }

    /// The kind of failure.
    package let code: Code
    /// One sentence that says what to do next.
    package let description: String
}
