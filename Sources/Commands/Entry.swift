import ArgumentParser
import Foundation
import Glibc

/// Runs what the command line asks for and ends the process with the status that the contract names.
package enum Entry {
    /// From the main thread: the studio stays on it.
    @MainActor
    package static func main() -> Never {
        // A reader that goes away ends a write with an error, not the process.
        signal(SIGPIPE, SIG_IGN)
        do {
            try RootCommand.refuseUnknownWord(CommandLine.arguments.dropFirst().first)
            var command = try RootCommand.parseAsRoot()
            if var studio = command as? any StudioStarting {
                try studio.runStudio()
            } else if let asynchronous = command as? any AsyncParsableCommand {
                try wait(for: asynchronous)
            } else {
                try command.run()
            }
            exit(ExitStatus.done.rawValue)
        } catch {
            exit(status(of: error))
        }
    }

    /// Tells why a command ended, and with what status.
    private static func status(of error: any Error) -> Int32 {
        if let error = error as? CommandError {
            let status = error.status.rawValue
            let isTold = error.description.isEmpty
            Invocation.current.printEnding(isTold ? "ended with status \(status)" : error.description, status: status)
            if !isTold { Console.say("darkroom: \(error.description)") }
            return status
        }
        // Help and version are "errors" with status 0; wrong words end with 64, as the contract says.
        let status = RootCommand.exitCode(for: error).rawValue
        let text = RootCommand.fullMessage(for: error)
        if status == 0 {
            if !text.isEmpty { Console.print(text) }
        } else {
            Invocation.current.printEnding(RootCommand.message(for: error), status: status)
            // It repeats what was typed.
            if !text.isEmpty { Console.tell(text) }
        }
        return status
    }

    private static func wait(for command: any AsyncParsableCommand) throws {
        // Handed over whole: this thread does nothing but wait.
        nonisolated(unsafe) var command = command
        try blocking { try await command.run() }
    }

    /// Waits on this thread for something asynchronous. Not for use once the studio's loop runs.
    static func blocking<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
        let outcome = Outcome<Value>()
        Task { @concurrent in
            do { outcome.set(.success(try await body())) } catch { outcome.set(.failure(error)) }
        }
        return try outcome.wait().get()
    }
}

/// A result that one thread waits for and another one brings.
private final class Outcome<Value: Sendable>: @unchecked Sendable {
    // Guarded by the condition.
    private var result: Result<Value, any Error>?
    private let condition = NSCondition()

    func set(_ value: Result<Value, any Error>) {
        condition.lock()
        result = value
        condition.signal()
        condition.unlock()
    }

    func wait() -> Result<Value, any Error> {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let result { return result }
            condition.wait()
        }
    }
}
