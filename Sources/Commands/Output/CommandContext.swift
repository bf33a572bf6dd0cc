import ArgumentParser
import Foundation
import Glibc
import ReplicateClient

/// What a command may touch of the world: arguments, environment, standard streams, network, signals.
///
/// A command reaches for nothing else that belongs to the process, so that a test runs it with a context of its own.
struct CommandContext: Sendable {
    /// The words after the program's name.
    let arguments: [String]
    /// The place, from 1, of the first word that is not UTF-8, and so is another one in ``arguments``; nil: there is none.
    var unreadableArgument: Int?
    let surroundings: Surroundings
    let console: Console
    /// Carries the calls to the API; nil: libcurl, with the certificates that the environment names.
    let transport: (any Transport)?
    let interruption: Interruption

    /// What the arguments say of how the command ends, also where they cannot be parsed.
    var invocation: Invocation { Invocation(arguments) }

    /// - Parameter listensToSignals: whether SIGINT, SIGTERM and SIGHUP of this process interrupt the command.
    init(
        arguments: [String],
        surroundings: Surroundings,
        console: Console,
        transport: (any Transport)? = nil,
        listensToSignals: Bool
    ) {
        self.arguments = arguments
        self.surroundings = surroundings
        self.console = console
        self.transport = transport
        interruption = Interruption(
            console: console,
            invocation: Invocation(arguments),
            listensToSignals: listensToSignals
        )
    }

    /// The context of this process. To be made once: it reads the environment.
    static func process() -> CommandContext {
        let arguments = Array(CommandLine.arguments.dropFirst())
        var context = CommandContext(
            arguments: arguments,
            surroundings: .current,
            console: Console(
                input: STDIN_FILENO,
                output: STDOUT_FILENO,
                messages: STDERR_FILENO,
                isQuiet: Invocation(arguments).isQuiet,
                onLostResult: { ProcessExit.exit(ExitStatus.notWritable.rawValue) }
            ),
            listensToSignals: true
        )
        context.unreadableArgument = (1..<max(1, Int(CommandLine.argc))).first { place in
            CommandLine.unsafeArgv[place].map { String(validatingCString: $0) == nil } ?? false
        }
        return context
    }
}

/// A command that runs in a context. Throws ``CommandError`` for every ending with another status than 0.
protocol ContextCommand: ParsableCommand {
    func run(in context: CommandContext) async throws
}
