import Foundation
import ReplicateAPI
import ReplicateClient
import Sandbox
import Synchronization
import Testing

/// Records the requested waits and does not wait.
final class Waits: Sendable {
    private let durations = Mutex<[Duration]>([])
    var all: [Duration] { durations.withLock { $0 } }
    func add(_ duration: Duration) { durations.withLock { $0.append(duration) } }
}

/// A client of the official address with a scripted transport. It does not wait.
func client(
    _ transport: any Transport,
    base: String = ClientConfiguration.official,
    token: String? = "r8_secret",
    waits: Waits = Waits()
) throws -> APIClient {
    let configuration = ClientConfiguration(
        baseURL: try #require(URL(string: base)),
        token: token.flatMap(Token.init),
        retry: RetryPolicy(attempts: 3, first: .milliseconds(1), longest: .milliseconds(1))
    )
    return APIClient(configuration: configuration, transport: transport, sleep: { waits.add($0) })
}

/// Runs `body` with a sandbox without delays, and a client of it over the network.
func withSandbox(
    _ configuration: SandboxConfiguration = SandboxConfiguration(
        speed: 0,
        creationLimit: RateLimit(perMinute: 60_000),
        requestLimit: RateLimit(perMinute: 600_000)
    ),
    token: String? = "r8_secret",
    _ body: (SandboxServer, APIClient) async throws -> Void
) async throws {
    let server = SandboxServer(configuration: configuration)
    let transport = CurlTransport()
    defer { transport.close() }
    let base = try await server.start()
    do {
        try await body(server, try client(transport, base: base.absoluteString, token: token))
    } catch {
        await server.stop()
        throw error
    }
    await server.stop()
}

/// Runs `body` with the path of a folder that is removed afterwards.
func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "darkroom-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.path)
}

extension APIClient {
    /// Requests the prediction until it has ended.
    func ended(_ id: Prediction.ID) async throws -> Prediction {
        while true {
            let latest = try await prediction(id)
            if latest.isFinished { return latest }
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}
