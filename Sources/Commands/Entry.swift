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
        } catch let error as CommandError {
            if !error.description.isEmpty { Console.say("darkroom: \(error.description)") }
            exit(error.status.rawValue)
        } catch {
            // Help and version are "errors" with status 0; wrong words end with 64, as the contract says.
            let code = RootCommand.exitCode(for: error)
            if code.isSuccess { RootCommand.exit(withError: error) }
            for line in RootCommand.fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false) {
                Console.say(String(line))
            }
            exit(code.rawValue)
        }
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
