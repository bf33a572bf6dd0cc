import Foundation
import Glibc
import ReplicateAPI
import ReplicateClient
import Synchronization
import TestSupport

@testable import Commands

/// A command that runs in this process, on a task of its own.
final class StartedCommand: Sendable {
    let output: CapturedStream
    let messages: CapturedStream
    private let context: CommandContext
    private let task: Task<CommandResult, Never>

    init(
        _ arguments: [String],
        surroundings: Surroundings,
        transport: (any Transport)?,
        streams: StandardStreams
    ) throws {
        let (output, messages) = (try CapturedStream(streams.output), try CapturedStream(streams.messages))
        let input = try InputStreamEnds(streams.input)
        let lostResults = Atomic(0)
        let context = CommandContext(
            arguments: arguments,
            surroundings: surroundings,
            console: Console(
                input: input.descriptor,
                output: output.descriptor,
                messages: messages.descriptor,
                isQuiet: Invocation(arguments).isQuiet
            ) {
                lostResults.add(1, ordering: .relaxed)
            },
            transport: transport,
            listensToSignals: false
        )
        (self.output, self.messages, self.context) = (output, messages, context)
        task = Task { @concurrent in
            let status = await Entry.run(in: context)
            input.close()
            return CommandResult(
                status: status,
                output: await output.close(),
                messages: await messages.close(),
                lostResults: lostResults.load(ordering: .relaxed)
            )
        }
    }

    /// How it ended, once it has.
    var result: CommandResult { get async { await task.value } }

    /// What a signal does before it ends the process: messages and the object of `--json`. Returns the exit status. The
    /// command itself goes on here.
    func interrupt(_ signal: Int32 = SIGINT) -> Int32 { context.interruption.interrupt(signal) }

    /// Cancels the task in which it runs.
    func cancel() { task.cancel() }
}

/// How a command ended, and what it wrote.
struct CommandResult: Hashable, Sendable {
    let status: Int32
    /// Standard output.
    let output: String
    /// Standard error.
    let messages: String
    /// How many results could not be written; the program itself ends at the first.
    let lostResults: Int

    /// The lines of the standard output.
    var lines: [String] { output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init) }

    /// The JSON documents of the standard output, one a line. Throws when a line is no JSON.
    var documents: [JSONObject] {
        get throws {
            try lines.map { line in
                guard let object = try JSONValue(parsing: Data(line.utf8)).object else { throw NoObject(line: line) }
                return object
            }
        }
    }

    /// The only document. Throws when there is none, or more than one.
    var document: JSONObject {
        get throws {
            let documents = try documents
            guard documents.count == 1, let document = documents.first else { throw NoObject(line: output) }
            return document
        }
    }

    struct NoObject: Error { let line: String }
}

/// What a command reads as its standard input.
private struct InputStreamEnds {
    let descriptor: Int32
    /// The other end of a terminal, which has to stay open.
    private let controller: Int32?

    init(_ input: StandardStreams.Input) throws {
        let writer: Int32
        let text: String
        switch input {
        case .pipe(let given):
            (descriptor, writer) = try CapturedStream.pipe()
            controller = nil
            text = given
        case .terminal(let typed):
            let pair = try TerminalPair(columns: 80, rows: 24)
            CapturedStream.makeRaw(pair.line)
            descriptor = pair.line
            controller = pair.controller
            writer = pair.controller
            text = typed
        }
        let isPipe = controller == nil
        // More than a pipe holds waits for the reader, who need not be there.
        Thread.detachNewThread {
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(writer, $0.baseAddress, $0.count) }
                if count < 0, errno != EINTR { break }
                rest = rest.dropFirst(max(0, count))
            }
            if isPipe { Glibc.close(writer) }
        }
    }

    func close() {
        Glibc.close(descriptor)
        if let controller { Glibc.close(controller) }
    }
}
