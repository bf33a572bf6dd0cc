import Foundation
import Glibc
import ReplicateAPI
import Synchronization
import Terminal

/// The only writer of standard output and standard error: results here, messages there.
///
/// Whatever reaches a terminal is made harmless, whoever wrote it; tabs and line feeds stay. A result goes into a pipe or a
/// file as it is, because a script expects it so. JSON is harmless by itself.
enum Console {
    /// Documents that were printed, so that every ending of a command has one.
    private static let documents = Atomic(0)

    static var hasPrintedDocument: Bool { documents.load(ordering: .relaxed) > 0 }

    /// A result for people, or for a script that reads text.
    static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    /// A result for machines: one line, keys sorted.
    static func print(_ json: JSONValue) { print(document: json.text()) }

    /// A JSON document that stands on one line, with everything escaped that has to be.
    static func print(document: String) {
        documents.add(1, ordering: .relaxed)
        write(document + "\n", to: STDOUT_FILENO)
    }

    /// A message, on one line.
    static func say(_ text: String) { write(DisplayText.sanitise(text) + "\n", to: STDERR_FILENO) }

    /// A message of several lines.
    static func tell(_ text: String) { write(harmless(text) + "\n", to: STDERR_FILENO) }

    /// A line that the next one replaces; nothing where nobody looks.
    static func progress(_ text: String) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        put("\r\u{1B}[K" + DisplayText.sanitise(text), to: STDERR_FILENO)
    }

    static func endProgress() { progress("") }

    /// A question that only yes answers with true; nil where nobody is there to answer.
    static func ask(_ question: String) -> Bool? {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
        put(DisplayText.sanitise(question) + " [y/N] ", to: STDERR_FILENO)
        return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
    }

    /// One cell of a table, safe and in exactly `width` columns.
    static func cell(_ text: String, _ width: Int) -> String {
        TextWidth.pad(
            DisplayText.sanitise(text.split(whereSeparator: \.isWhitespace).joined(separator: " ")),
            to: width
        )
    }

    /// Text of several lines as it may be shown on a terminal.
    static func harmless(_ text: String) -> String {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let content = line.last == "\r" ? line.dropLast() : line
            return content.split(separator: "\t", omittingEmptySubsequences: false)
                .map { DisplayText.sanitise(String($0)) }.joined(separator: "\t")
        }.joined(separator: "\n")
    }

    // MARK: Writing

    private static func write(_ text: String, to descriptor: Int32) {
        put(isatty(descriptor) == 1 ? harmless(text) : text, to: descriptor)
    }

    /// As it is: for what was made harmless, and for control sequences of our own.
    private static func put(_ text: String, to descriptor: Int32) {
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
