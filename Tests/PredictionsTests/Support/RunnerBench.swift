import Foundation
import History
import Logging
import Money
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient
import Sandbox
import Synchronization
import Testing

/// A runner against the sandbox, with waits made fifty times shorter than they are.
struct RunnerBench {
    static let draft = RunDraft(
        model: "black-forest-labs/flux-schnell",
        prompt: "a fjord",
        input: ["prompt": "a fjord", "megapixels": "0.25"],
        origin: .command,
        estimate: .exact(Money("0.003")!, because: "1 image × $0.003")
    )

    let runner: PredictionRunner
    let client: APIClient
    let server: SandboxServer
    let store: HistoryStore
    /// Where outputs go; not made yet.
    let folder: URL
    /// What was told of the connection, in order: the reason it failed, nil where it was back.
    let connection: ConnectionLog

    /// Submits one run and waits for its end.
    func finished(_ draft: RunDraft = draft) async throws -> RunRecord {
        let runs = try await runner.submit([draft])
        return try #require(await runner.wait(for: runs[0].id, timeout: nil))
    }
}

final class ConnectionLog: Sendable {
    private let entries = Mutex<[String?]>([])
    var all: [String?] { entries.withLock { $0 } }
    func add(_ reason: String?) { entries.withLock { $0.append(reason) } }
}

/// - Parameter transport: puts something between the client and the network.
func withRunner(
    _ faults: [FaultRule],
    speed: Double = 20,
    clock: ServerClock = ServerClock(),
    transport wrap: (any Transport) -> any Transport = { $0 },
    onUpdate: @escaping @Sendable (RunUpdate) -> Void = { _ in },
    _ body: (RunnerBench) async throws -> Void
) async throws {
    let server = SandboxServer(configuration: SandboxConfiguration(speed: speed, faults: faults))
    let base = try await server.start()
    let folder = FileManager.default.temporaryDirectory.appending(path: "runner-\(UUID().uuidString)")
    let transport = CurlTransport()
    let quick: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0 / 50) }
    let client = APIClient(
        configuration: ClientConfiguration(
            baseURL: base,
            token: Token("r8_test"),
            inlineFiles: InlineFiles(folder: folder.appending(path: ".inline"))
        ),
        transport: wrap(transport),
        clock: clock,
        sleep: quick
    )
    let store = try HistoryStore.inMemory()
    let connection = ConnectionLog()
    let runner = PredictionRunner(
        store: store,
        client: client,
        prices: .builtIn,
        saver: OutputSaver(client: client, folder: folder),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        configuration: RunnerConfiguration(sleep: quick),
        onUpdate: { update in
            onUpdate(update)
            switch update {
            case .offline(let reason): connection.add(reason)
            case .online: connection.add(nil)
            case .run, .deleted, .refused, .takenOver, .noticed: break
            }
        }
    )
    let bench = RunnerBench(
        runner: runner,
        client: client,
        server: server,
        store: store,
        folder: folder,
        connection: connection
    )
    let result: Result<Void, any Error>
    do { result = .success(try await body(bench)) } catch { result = .failure(error) }
    await runner.stop()
    transport.close()
    await server.stop()
    try? FileManager.default.removeItem(at: folder)
    try result.get()
}
