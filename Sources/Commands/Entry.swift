import ArgumentParser
import Foundation
import Glibc
import History

/// Runs what the command line asks for and ends the process with the status that the contract names.
package enum Entry {
    /// From the main thread: the studio stays on it.
    @MainActor
    package static func main() -> Never {
        // A reader that goes away ends a write with an error, not the process.
        signal(SIGPIPE, SIG_IGN)
        let context = CommandContext.process()
        let status = status(in: context) {
            let command = try command(context)
            if case .studio(let launch) = command { return try launch.run(in: context) }
            try Blocking.wait { try await run(command, in: context) }
        }
        // The thread that tells of the interruption ends the process, with the status of the signal.
        while context.interruption.isInterrupted { sleep(1) }
        ProcessExit.exit(status)
    }

    /// Runs the command of a context in this process and returns its exit status. The studio needs ``main()``; here it
    /// only says that there is no terminal.
    static func run(in context: CommandContext) async -> Int32 {
        do {
            try await run(try command(context), in: context)
            return ExitStatus.done.rawValue
        } catch {
            return status(of: error, context)
        }
    }

    private enum Command: @unchecked Sendable {
        case studio(StudioLaunch)
        // Parsed commands are values that nobody changes afterwards.
        case inContext(any ContextCommand)
        /// A text to be printed: a shell's completion.
        case script(String)
        /// The argument parser's own: help and version.
        case parsers(any ParsableCommand)
    }

    private static func command(_ context: CommandContext) throws -> Command {
        if let place = context.unreadableArgument {
            throw CommandError(.usage, "Argument \(place) is no UTF-8: write it in that encoding")
        }
        if let launch = StudioLaunch(words: context.arguments) { return .studio(launch) }
        if let script = CompletionScript.wanted(by: context.arguments) { return .script(script) }
        try RootCommand.refuseUnknownWord(context.arguments)
        let command = try RootCommand.command(of: context.arguments)
        if let studio = command as? any StudioStarting { return .studio(studio.launch) }
        return (command as? any ContextCommand).map(Command.inContext) ?? .parsers(command)
    }

    private static func run(_ command: Command, in context: CommandContext) async throws {
        switch command {
        case .studio(let launch): try await launch.run(in: context)
        case .inContext(let command): try await command.run(in: context)
        case .script(let text): context.console.print(text)
        case .parsers(var command): try command.run()
        }
    }

    @MainActor
    private static func status(in context: CommandContext, _ body: () throws -> Void) -> Int32 {
        do {
            try body()
            return ExitStatus.done.rawValue
        } catch {
            return status(of: error, context)
        }
    }

    /// Tells why a command ended, and with what status.
    private static func status(of error: any Error, _ context: CommandContext) -> Int32 {
        let (console, invocation) = (context.console, context.invocation)
        // The interruption has said everything.
        if error is Interruption.TooLate { return ExitStatus.interrupted.rawValue }
        if let error = CommandError(whatever: error) {
            let status = error.status.rawValue
            let isTold = error.description.isEmpty
            invocation.printEnding(
                isTold ? "ended with status \(status)" : error.description,
                status: status,
                on: console
            )
            if !isTold { console.fail("darkroom: \(error.description)") }
            return status
        }
        // Help and version are "errors" with status 0; wrong words end with 64, as the contract says.
        let status = RootCommand.exitCode(for: error).rawValue
        let text = RootCommand.fullMessage(for: error)
        if status == 0 {
            if !text.isEmpty { console.print(text) }
        } else {
            invocation.printEnding(RootCommand.message(for: error), status: status, on: console)
            // It repeats what was typed.
            if !text.isEmpty { console.tell(text) }
        }
        return status
    }
}
