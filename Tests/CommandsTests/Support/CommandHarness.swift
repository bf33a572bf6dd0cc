import Foundation
import Glibc
import History
import ReplicateClient
import TestSupport

@testable import Commands

/// Runs commands in this process, with an environment and a home folder of their own.
///
///     let commands = try CommandHarness(api: url)
///     let listed = await commands.run("list", "--json")
///     #expect(listed.status == 0)
///
/// Commands of one harness share its folder: what one of them journals, the next one finds. A run that was left under way
/// by one belongs to this process for as long as it lives, so that the next one does not take it over; `EndToEndTests`
/// has what several processes do.
struct CommandHarness: Sendable {
    static let token = "r8_secretOfTheTests0123456789"

    /// The home and working directory; removed with the last copy of the harness.
    let folder: TemporaryFolder
    /// All of the environment.
    var environment: [String: String]
    /// Carries the calls to the API; nil: libcurl.
    var transport: (any Transport)?

    /// - Parameter api: the base URL of a sandbox; with it there is a token in the environment. nil: neither is set.
    init(api: URL? = nil, transport: (any Transport)? = nil) throws {
        // A reader that goes away ends a write with an error, as in the program.
        signal(SIGPIPE, SIG_IGN)
        folder = try TemporaryFolder()
        environment = ["HOME": folder.url.path, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        if let api {
            environment["REPLICATE_BASE_URL"] = api.absoluteString
            environment["REPLICATE_API_TOKEN"] = Self.token
        }
        self.transport = transport
    }

    /// Where the commands of this harness keep their files.
    var paths: Paths { Paths(environment: environment, home: folder.url, dataDir: environment["DARKROOM_DATA_DIR"]) }

    /// The history that the commands read and write; made if there is none.
    func store() throws -> HistoryStore {
        try Paths.make(paths.data)
        return try HistoryStore.open(path: paths.database.path)
    }

    /// Writes the config file.
    func configure(_ yaml: String) throws {
        try Paths.make(paths.config)
        try Data(yaml.utf8).write(to: paths.configFile)
    }

    /// Runs a command to its end. Standard streams are pipes, and standard input is empty, unless given.
    func run(_ arguments: String..., streams: StandardStreams = StandardStreams()) async throws -> CommandResult {
        try await run(arguments, streams: streams)
    }

    func run(_ arguments: [String], streams: StandardStreams = StandardStreams()) async throws -> CommandResult {
        try await start(arguments, streams: streams).result
    }

    /// Begins to run a command, for a test that does something while it runs.
    func start(_ arguments: [String], streams: StandardStreams = StandardStreams()) throws -> StartedCommand {
        try StartedCommand(
            arguments,
            surroundings: Surroundings(environment: environment, home: folder.url, folder: folder.url),
            transport: transport,
            streams: streams
        )
    }
}

/// What the standard streams of a command are.
struct StandardStreams: Hashable, Sendable {
    enum Input: Hashable, Sendable {
        /// A pipe that holds this text and then ends.
        case pipe(String)
        /// A terminal on which this has been typed.
        case terminal(typed: String)
    }

    var input = Input.pipe("")
    var output = CapturedStream.Kind.pipe
    var messages = CapturedStream.Kind.pipe

    /// All three on terminals, as for a person who types `typed`.
    static func terminal(columns: Int = 80, typed: String = "") -> StandardStreams {
        StandardStreams(
            input: .terminal(typed: typed),
            output: .terminal(columns: columns),
            messages: .terminal(columns: columns)
        )
    }
}
