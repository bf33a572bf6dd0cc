import Foundation
import Glibc

/// A program running on a terminal of its own, which behaves as xterm does and answers what it is asked.
///
/// Everything may be called from any thread. What was started is killed when the last reference goes.
public final class PseudoTerminal: Sendable {
    public enum ExitStatus: Equatable, Sendable {
        case exited(Int32)
        case signalled(Int32)
    }

    public enum Answers: Sendable {
        /// Device attributes, synchronised output and the background colour.
        case usual
        /// The same, with a white background.
        case light
        /// Nothing, as a terminal from before all that.
        case none
    }

    public let processIdentifier: Int32
    private let session: Session

    /// Starts `executable` as the leader of a session on a new terminal.
    ///
    /// - Parameter environment: all of it; nothing is inherited. `TERM` is `xterm-256color` unless given.
    public init(
        _ executable: String,
        arguments: [String] = [],
        environment: [String: String] = [:],
        columns: Int = 80,
        rows: Int = 24,
        directory: String? = nil,
        answers: Answers = .usual
    ) throws {
        var environment = environment
        if environment["TERM"] == nil { environment["TERM"] = "xterm-256color" }
        let pair = try TerminalPair(columns: columns, rows: rows)
        processIdentifier = try Spawn.start(
            executable,
            arguments: arguments,
            environment: environment,
            directory: directory,
            terminal: pair.path
        )
        session = Session(pair: pair, process: processIdentifier, columns: columns, rows: rows, answers: answers)
        session.start()
    }

    deinit {
        session.kill(SIGKILL)
        session.hangUp()
    }

    // MARK: What is shown

    /// What the terminal shows; never a frame half drawn, if the program marks its frames.
    public var frame: TerminalFrame { session.frame }
    public var screen: [String] { frame.lines }
    /// The rows without trailing blanks.
    public var screenText: String { frame.text }
    public var isRunning: Bool { session.status == nil }
    /// Stopped by a signal, as after the suspend key.
    public var isStopped: Bool { session.isStopped }
    /// How often the bell rang.
    public var bells: Int { session.bells }
    /// All bytes the program has written.
    public var output: [UInt8] { session.output }
    /// The DEC modes that are set now, such as 2004 for bracketed paste.
    public var modes: Set<Int> { session.modes }

    public func contains(_ text: String) -> Bool {
        screenText.contains(text)
    }

    // MARK: What is typed

    public func send(_ text: String) {
        session.send(Array(text.utf8))
    }

    public func send(bytes: [UInt8]) {
        session.send(bytes)
    }

    /// Presses keys in the notation of key maps: `press("alt+enter", "ctrl+x", "f5")`.
    public func press(_ keys: String...) {
        for key in keys {
            guard let bytes = KeyBytes.bytes(key) else { preconditionFailure("no key is called \(key)") }
            session.send(bytes)
        }
    }

    /// Pastes as a terminal does: line feeds become returns, in brackets if the program asked for them.
    public func paste(_ text: String) {
        let typed = text.replacing("\n", with: "\r")
        send(modes.contains(2004) ? "\u{1B}[200~\(typed)\u{1B}[201~" : typed)
    }

    /// A click with the left button; the first cell is 0, 0.
    public func click(column: Int, row: Int) {
        send("\u{1B}[<0;\(column + 1);\(row + 1)M\u{1B}[<0;\(column + 1);\(row + 1)m")
    }

    public func drag(from start: (column: Int, row: Int), to end: (column: Int, row: Int)) {
        send("\u{1B}[<0;\(start.column + 1);\(start.row + 1)M\u{1B}[<32;\(end.column + 1);\(end.row + 1)M")
        send("\u{1B}[<0;\(end.column + 1);\(end.row + 1)m")
    }

    /// Turns the wheel; negative is up.
    public func scroll(_ lines: Int, column: Int, row: Int) {
        for _ in 0..<abs(lines) { send("\u{1B}[<\(lines < 0 ? 64 : 65);\(column + 1);\(row + 1)M") }
    }

    public func focus(_ isFocused: Bool) {
        if modes.contains(1004) { send(isFocused ? "\u{1B}[I" : "\u{1B}[O") }
    }

    public func resize(columns: Int, rows: Int) {
        session.resize(columns: columns, rows: rows)
    }

    /// Says a size that no screen has, without showing it.
    public func resizeLine(columns: Int, rows: Int) {
        session.resizeLine(columns: columns, rows: rows)
    }

    /// Sends a signal to the program; nothing once it has ended.
    public func signal(_ number: Int32) {
        session.kill(number)
    }

    /// Closes the window: the program gets HUP and its terminal is gone.
    public func hangUp() {
        session.hangUp()
    }

    // MARK: Waiting

    public struct TimedOut: Error, CustomStringConvertible {
        public let description: String
    }

    /// Returns as soon as `condition` holds, looking again at every change of screen, modes or process.
    ///
    /// Throws when it cannot come true any more because the program has ended, and after `timeout`, which is a safety
    /// net and no part of any test. The error shows the whole screen.
    public func waitUntil(
        _ what: String,
        timeout: Duration = .seconds(60),
        _ condition: (PseudoTerminal) -> Bool
    ) async throws {
        let expiry = session.expiry(after: timeout)
        defer { expiry.cancel() }
        while true {
            let version = session.version
            // Before the condition, which may be that the program ends.
            let isFinished = session.isFinished
            if condition(self) { return }
            if isFinished {
                throw failure(what, "the program has ended (\(session.status.map { "\($0)" } ?? ""))")
            }
            if expiry.hasPassed || Task.isCancelled { throw failure(what, "time is up") }
            await session.change(since: version)
        }
    }

    /// Waits until the text is somewhere on the screen, within one row.
    public func waitForText(_ text: String, timeout: Duration = .seconds(60)) async throws {
        try await waitUntil("“\(text)” is shown", timeout: timeout) { $0.contains(text) }
    }

    /// Waits until the word was written, also when it has gone from the screen since, as messages do after a while.
    public func waitForPassing(_ word: String, timeout: Duration = .seconds(60)) async throws {
        try await waitUntil("“\(word)” was shown", timeout: timeout) {
            $0.contains(word) || String(decoding: $0.output, as: UTF8.self).contains(word)
        }
    }

    /// Waits for something that shows elsewhere than on the screen, such as on the disk.
    public func waitUntil(
        elsewhere what: String,
        timeout: Duration = .seconds(60),
        _ condition: () -> Bool
    ) async throws {
        let expiry = session.expiry(after: timeout)
        defer { expiry.cancel() }
        while !condition() {
            if expiry.hasPassed || Task.isCancelled { throw failure(what, "time is up") }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Waits for the end of the program and of its output.
    @discardableResult
    public func waitForExit(timeout: Duration = .seconds(60)) async throws -> ExitStatus {
        let expiry = session.expiry(after: timeout)
        defer { expiry.cancel() }
        while true {
            let version = session.version
            if session.isFinished, let status = session.status { return status }
            if expiry.hasPassed || Task.isCancelled { throw failure("the program ends", "time is up") }
            await session.change(since: version)
        }
    }

    /// As ``waitForExit(timeout:)``; throws with the last screen where the program ended in another way.
    public func waitForExit(as expected: ExitStatus, timeout: Duration = .seconds(60)) async throws {
        let status = try await waitForExit(timeout: timeout)
        if status != expected { throw failure("the program ends as \(expected)", "it ended as \(status)") }
    }

    private func failure(_ what: String, _ why: String) -> TimedOut {
        let rule = String(repeating: "-", count: frame.columns)
        return TimedOut(
            description: "waited until \(what), but \(why). The screen:\n\(rule)\n"
                + screen.joined(separator: "\n")
                + "\n\(rule)\nlast bytes: \(String(reflecting: String(decoding: output.suffix(300), as: UTF8.self)))"
        )
    }

    // MARK: The line itself

    /// Whether the terminal's attributes (echo, line editing, …) are what they were before the program started.
    public var attributesAreRestored: Bool { session.attributesAreRestored }
    /// Whether input is echoed and edited in lines, as a shell leaves it.
    public var isCooked: Bool { session.isCooked }
}
