/// Why there is no screen, in a sentence for the person who asked for one.
package struct ScreenError: Error, Hashable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// Input or output is a file or a pipe.
        case notATerminal
        /// The terminal cannot place its cursor.
        case incapable
        case openFailed
    }

    package let code: Code
    package let description: String
}
