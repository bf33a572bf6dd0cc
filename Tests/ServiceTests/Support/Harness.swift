import Foundation
import History
import Logging
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient
import Sandbox
import Synchronization
import Testing

@testable import Service

/// A service on a port of its own, before a sandbox, with everything it keeps in memory.
final class Harness: Sendable {
    let service: GenerationService
    let store: HistoryStore
    let sandbox: SandboxServer
    let events: EventLog
    let port: Int
    private let http: CurlTransport

    fileprivate init(
        service: GenerationService,
        store: HistoryStore,
        sandbox: SandboxServer,
        events: EventLog,
        port: Int,
        http: CurlTransport
    ) {
        self.service = service
        self.store = store
        self.sandbox = sandbox
        self.events = events
        self.port = port
        self.http = http
    }

    struct Answer: Sendable {
        let status: Int
        let headers: [String: String]
        let body: Data
        var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
        var text: String { String(decoding: body, as: UTF8.self) }
        var detail: String? { json["detail"]?.string }
    }

    func get(_ path: String, headers: [(String, String)] = []) async throws -> Answer {
        try await send(HTTPRequest(method: "GET", url: url(path), headers: headers.map { ($0.0, $0.1) }))
    }

    func post(_ path: String, _ body: JSONValue, headers: [(String, String)] = []) async throws -> Answer {
        try await post(path, bytes: body.serialized(), headers: headers)
    }

    func post(_ path: String, bytes: Data, headers: [(String, String)] = []) async throws -> Answer {
        try await send(
            HTTPRequest(
                method: "POST",
                url: url(path),
                headers: headers.map { ($0.0, $0.1) },
                body: .bytes(bytes, contentType: "application/json"),
                timeout: nil
            )
        )
    }

    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    private func send(_ request: HTTPRequest) async throws -> Answer {
        let response = try await http.send(request)
        return Answer(status: response.status, headers: response.headers, body: response.body)
    }

    /// An address of a picture that the sandbox serves.
    func picture() async throws -> String {
        let answer = try await post("/api/generate/image", ["prompt": "a boat", "seed": 7])
        return try #require(answer.json["image_url"]?.string)
    }

    /// Looks again and again until `condition` holds; a test that waits in vain is ended by the suite's time limit.
    func wait(until condition: () async throws -> Bool) async throws {
        while !(try await condition()) { try await Task.sleep(for: .milliseconds(2)) }
    }

    func metric(_ line: String) async throws -> String? {
        let page = try await get("/metrics").text
        return page.split(separator: "\n").first { $0.hasPrefix(line + " ") }.map {
            String($0.dropFirst(line.count + 1))
        }
    }
}

/// Lines that were logged.
final class EventLog: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    func contains(_ text: String) -> Bool { all.contains { $0.contains(text) } }
}

/// Runs `body` with a service before a sandbox that waits for nothing, unless told otherwise.
func withService(
    sandbox configuration: SandboxConfiguration = SandboxConfiguration(
        speed: 0,
        creationLimit: RateLimit(perMinute: 60_000),
        requestLimit: RateLimit(perMinute: 600_000)
    ),
    token: String? = "r8_secretOfTheTests",
    store: HistoryStore? = nil,
    budget: Budget = Budget(),
    outputs: URL = FileManager.default.temporaryDirectory,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    _ change: (inout ServiceConfiguration) -> Void = { _ in },
    body: (Harness) async throws -> Void
) async throws {
    let sandbox = SandboxServer(configuration: configuration)
    let base = try await sandbox.start()
    var service = ServiceConfiguration()
    service.port = 0
    service.rateLimit = 0
    service.savesOutputs = false
    service.drain = .zero
    service.callbacks.allowsPrivate = true
    change(&service)
    do {
        try await withService(service, sandbox, base, token, store, budget, outputs, sleep, body)
    } catch {
        await sandbox.stop()
        throw error
    }
    await sandbox.stop()
}

private func withService(
    _ configuration: ServiceConfiguration,
    _ sandbox: SandboxServer,
    _ base: URL,
    _ token: String?,
    _ store: HistoryStore?,
    _ budget: Budget,
    _ outputs: URL,
    _ sleep: @escaping @Sendable (Duration) async throws -> Void,
    _ body: (Harness) async throws -> Void
) async throws {
    let events = EventLog()
    let logger = Logger(label: "test") { _ in JSONLogHandler { events.add($0) } }
    let upstream = CurlTransport()
    let callbacks = CurlTransport()
    let http = CurlTransport()
    defer { for transport in [upstream, callbacks, http] { transport.close() } }
    let store = try store ?? HistoryStore.inMemory()
    let metrics = ServiceMetrics()
    let feed = RunFeed()
    let client = APIClient(
        configuration: ClientConfiguration(baseURL: base, token: token.flatMap(Token.init)),
        transport: MeasuredTransport(upstream) { metrics.upstream(operation: $0, seconds: $1, error: $2) }
    )
    let runner = PredictionRunner(
        store: store,
        client: client,
        prices: .builtIn,
        saver: OutputSaver(client: client, folder: outputs),
        logger: logger,
        configuration: RunnerConfiguration(
            spending: SpendingPolicy(budget: budget),
            mostCreations: configuration.width,
            waitsForQuickRuns: true
        ),
        onUpdate: { feed.post($0) }
    )
    let service = GenerationService(
        configuration: configuration,
        runner: runner,
        store: store,
        client: client,
        prices: .builtIn,
        feed: feed,
        transport: callbacks,
        metrics: metrics,
        logger: logger,
        sleep: sleep
    )
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let serving = Task {
        defer { port.finish() }
        try await service.run { port.yield($0) }
    }
    let opened = await ports.first { _ in true }
    do {
        let harness = Harness(
            service: service,
            store: store,
            sandbox: sandbox,
            events: events,
            port: try #require(opened),
            http: http
        )
        try await body(harness)
    } catch {
        await service.shutDown()
        _ = await serving.result
        throw error
    }
    await service.shutDown()
    try await serving.value
}
