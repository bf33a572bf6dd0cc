import Foundation
import History
import Logging
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient
import Sandbox
import Studio
import Testing

@testable import StudioRuntime

/// The performers over an in-memory history and a client of the sandbox, with what they post.
struct RuntimeBench {
    static let model = "black-forest-labs/flux-schnell"

    let runtime: StudioRuntime
    let runner: PredictionRunner
    let client: APIClient
    let store: HistoryStore
    let server: SandboxServer
    /// Of this test alone; made.
    let folder: URL
    let posted: Posted

    var runs: RunPerformer { runtime.runs }

    /// The history as another process has it open. Only with `isOnDisk`.
    func openElsewhere() throws -> HistoryStore { try HistoryStore.open(path: Self.database(in: folder)) }

    static func database(in folder: URL) -> String { folder.appending(path: "history.sqlite").path }
}

/// The actions that were posted, in order.
final class Posted: Sendable {
    private let actions: AsyncStream<StudioAction>
    private let entrance: AsyncStream<StudioAction>.Continuation

    init() { (actions, entrance) = AsyncStream.makeStream() }

    @Sendable func post(_ action: StudioAction) { entrance.yield(action) }

    /// Waits for the first action from here on that `pick` takes; those before it are passed over.
    func next<Value>(_ pick: (StudioAction) -> Value?) async throws -> Value {
        for await action in actions {
            if let value = pick(action) { return value }
        }
        throw CancellationError()
    }

    /// Waits for the first notice from here on.
    func nextNotice() async throws -> Notice {
        try await next { if case .noticed(let notice) = $0 { notice } else { nil } }
    }
}

/// - Parameters:
///   - isOnDisk: the history is a file, so that another process can open it.
///   - prepare: fills the history before the studio is opened.
///   - configure: changes what the settings say.
func withRuntime(
    mode: StudioMode = .live,
    isOnDisk: Bool = false,
    faults: [FaultRule] = [],
    spending: SpendingPolicy = SpendingPolicy(),
    prepare: (HistoryStore) throws -> Void = { _ in },
    configure: (inout StudioRuntime.Configuration) -> Void = { _ in },
    _ body: (RuntimeBench) async throws -> Void
) async throws {
    let server = SandboxServer(configuration: SandboxConfiguration(speed: 20, faults: faults))
    let base = try await server.start()
    let folder = FileManager.default.temporaryDirectory.appending(path: "runtime-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let transport = CurlTransport()
    let quick: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0 / 50) }
    let client = APIClient(
        configuration: ClientConfiguration(
            baseURL: base,
            token: Token("r8_test"),
            inlineFiles: InlineFiles(folder: folder.appending(path: ".inline"))
        ),
        transport: transport,
        sleep: quick
    )
    let store = try isOnDisk ? HistoryStore.open(path: RuntimeBench.database(in: folder)) : HistoryStore.inMemory()
    try prepare(store)
    let feed = RunFeed()
    let runner = PredictionRunner(
        store: store,
        client: client,
        prices: .builtIn,
        saver: OutputSaver(client: client, folder: folder),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        configuration: RunnerConfiguration(spending: spending, sleep: quick),
        onUpdate: { feed.post($0) }
    )
    let posted = Posted()
    var configuration = StudioRuntime.Configuration(
        mode: mode,
        imageModel: RuntimeBench.model,
        spending: spending,
        draftFile: folder.appending(path: "draft.json"),
        keptTexts: folder.appending(path: "kept"),
        libraryFile: folder.appending(path: "prompts.md"),
        trash: folder.appending(path: "trash"),
        pastedPictures: folder.appending(path: "pasted"),
        thumbnails: folder.appending(path: "thumbnails")
    )
    configure(&configuration)
    let runtime = StudioRuntime(
        configuration,
        runner: runner,
        client: client,
        store: store,
        workers: Workers(sleep: quick),
        post: posted.post
    )
    feed.connect(runtime.receive)
    let bench = RuntimeBench(
        runtime: runtime,
        runner: runner,
        client: client,
        store: store,
        server: server,
        folder: folder,
        posted: posted
    )
    let result: Result<Void, any Error>
    do { result = .success(try await body(bench)) } catch { result = .failure(error) }
    _ = await runtime.finish()
    await runner.stop()
    transport.close()
    await server.stop()
    try? FileManager.default.removeItem(at: folder)
    try result.get()
}
