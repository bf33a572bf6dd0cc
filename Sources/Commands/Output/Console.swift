import Foundation
import Glibc
import ReplicateAPI
import Synchronization
import Terminal

/// The only writer of a command's standard output and standard error: results here, messages there.
///
/// Whatever reaches a terminal is made harmless, whoever wrote it; tabs and line feeds stay. A result goes into a pipe or a
/// file as it is, because a script expects it so. JSON is harmless by itself.
final class Console: Sendable {
    /// Descriptors of standard input, standard output and standard error.
    let input: Int32
    let output: Int32
    let messages: Int32
    /// Documents that were printed, so that every ending of a command has one.
    private let documents = Atomic(0)
    private let isUnread = Atomic(false)
    private let reader = StalledReader()
    private let isQuiet: Bool
    private let onLostResult: @Sendable () -> Void

    /// - Parameters:
    ///   - isQuiet: nothing is said beside results and the reason why a command failed.
    ///   - onLostResult: called after the message when a result cannot be written; the program ends there.
    init(
        input: Int32,
        output: Int32,
        messages: Int32,
        isQuiet: Bool = false,
        onLostResult: @escaping @Sendable () -> Void
    ) {
        self.isQuiet = isQuiet
        self.input = input
        self.output = output
        self.messages = messages
        self.onLostResult = onLostResult
    }

    /// Columns of the terminal that shows the results; nil where they go elsewhere.
    var columns: Int? {
        var size = winsize()
        guard isatty(output) == 1, ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Whoever read the results has gone.
    var hasLostReader: Bool { isUnread.load(ordering: .relaxed) }

    var hasPrintedDocument: Bool { documents.load(ordering: .relaxed) > 0 }

    /// A result for people, or for a script that reads text.
    func print(_ text: String) { write(text + "\n", to: output) }

    /// A result for machines: one line, keys sorted.
    func print(_ json: JSONValue) { print(document: json.text()) }

    /// A JSON document that stands on one line, with everything escaped that has to be.
    func print(document: String) {
        documents.add(1, ordering: .relaxed)
        write(document + "\n", to: output)
    }

    /// A message, on one line; nothing where it was to be quiet.
    func say(_ text: String) { if !isQuiet { fail(text) } }

    /// Why something failed, on one line.
    func fail(_ text: String) { write(DisplayText.sanitise(text) + "\n", to: messages) }

    /// Why something failed, on several lines.
    func tell(_ text: String) { write(Self.harmless(text) + "\n", to: messages) }

    /// A line that the next one replaces; nothing where nobody looks.
    func progress(_ text: String) {
        guard !isQuiet, isatty(messages) == 1 else { return }
        put("\r\u{1B}[K" + DisplayText.sanitise(text), to: messages)
    }

    func endProgress() { progress("") }

    /// A question that only yes answers with true; nil where nobody is there to answer.
    func ask(_ question: String) -> Bool? {
        guard isatty(input) == 1, isatty(messages) == 1 else { return nil }
        put(DisplayText.sanitise(question) + " [y/N] ", to: messages)
        return ["y", "yes"].contains(readLine().lowercased())
    }

    /// What stands before the next line break, or before the end. Waits for it.
    private func readLine() -> String {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            let count = read(input, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1, byte != UInt8(ascii: "\n") else { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
    }

    /// One cell of a table, safe and in exactly `width` columns.
    static func cell(_ text: String, _ width: Int) -> String {
        TextWidth.pad(line(text), to: width)
    }

    /// Text on one line as it may be shown on a terminal.
    static func line(_ text: String) -> String {
        DisplayText.sanitise(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
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

    /// A result as bytes. Throws ``CommandError`` when they cannot be written, and returns early for a reader that has
    /// seen enough.
    func write(bytes: some Sequence<UInt8>) throws {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EPIPE { return }
            guard count > 0 else {
                let reason = String(cString: strerror(errno))
                throw CommandError(.notWritable, "the result cannot be written to standard output: \(reason)")
            }
            rest = rest.dropFirst(count)
        }
    }

    private func write(_ text: String, to descriptor: Int32) {
        put(isatty(descriptor) == 1 ? Self.harmless(text) : text, to: descriptor)
    }

    /// As it is: for what was made harmless, and for control sequences of our own.
    private func put(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            // A result is waited for whoever reads it; a message that nobody takes stops nothing.
            guard descriptor == output || reader.takes(descriptor) else { return }
            let size = descriptor == output ? bytes.count : min(bytes.count, StalledReader.piece)
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, size) }
            if count <= 0 {
                if count < 0, errno == EINTR { continue }
                if descriptor == output, errno == EPIPE { isUnread.store(true, ordering: .relaxed) }
                // A reader that has seen enough is no failure; a result that is lost is one.
                guard descriptor == output, errno != EPIPE else { return }
                fail("darkroom: the result cannot be written: \(String(cString: strerror(errno)))")
                return onLostResult()
            }
            bytes = bytes.dropFirst(count)
        }
    }
}
