import Foundation
import Glibc
import ReplicateAPI
import Terminal

/// Results on standard output, messages on standard error. Whatever came from the network is made harmless first.
enum Console {
    static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    /// A result for machines: one line, keys sorted.
    static func print(_ json: JSONValue) { write(json.text() + "\n", to: STDOUT_FILENO) }

    static func say(_ text: String) { write(DisplayText.sanitise(text) + "\n", to: STDERR_FILENO) }

    /// A line that the next one replaces; nothing where nobody looks.
    static func progress(_ text: String) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        write("\r\u{1B}[K" + DisplayText.sanitise(text), to: STDERR_FILENO)
    }

    static func endProgress() { progress("") }

    /// A question that only yes answers with true; nil where nobody is there to answer.
    static func ask(_ question: String) -> Bool? {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
        write(DisplayText.sanitise(question) + " [y/N] ", to: STDERR_FILENO)
        return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
    }

    /// One cell of a table, safe and in exactly `width` columns.
    static func cell(_ text: String, _ width: Int) -> String {
        TextWidth.pad(
            DisplayText.sanitise(text.split(whereSeparator: \.isWhitespace).joined(separator: " ")),
            to: width
        )
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            // A result is waited for whoever reads it; a message that nobody takes stops nothing.
            guard descriptor == STDOUT_FILENO || StalledReader.takes(descriptor) else { return }
            let size = descriptor == STDOUT_FILENO ? bytes.count : min(bytes.count, StalledReader.piece)
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, size) }
            if count <= 0 {
                if count < 0, errno == EINTR { continue }
                // A reader that has seen enough is no failure; a result that is lost is one.
                guard descriptor == STDOUT_FILENO, errno != EPIPE else { return }
                say("darkroom: the result cannot be written: \(String(cString: strerror(errno)))")
                exit(ExitStatus.failed.rawValue)
            }
            bytes = bytes.dropFirst(count)
        }
    }
}
