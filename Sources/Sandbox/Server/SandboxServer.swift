package import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// A stand-in for api.replicate.com on a real port.
///
/// Written from the API's public description alone and sharing no code with the client, so that the two can be
/// wrong only independently. Prints nothing. All members may be used from any thread.
package final class SandboxServer: Sendable {
    private let world: World
    private let running = Mutex<Task<Void, any Error>?>(nil)

    /// Makes the models and nothing else; ``start()`` or ``run(started:)`` opens the port.
    package init(configuration: SandboxConfiguration = SandboxConfiguration(), time: SandboxTime = .system) {
        world = World(configuration: configuration, time: time)
    }

    /// A copy of this moment.
    package var statistics: SandboxStatistics { world.statistics }

    /// Replaces all fault rules at once; predictions that exist keep what was drawn for them.
    package func setFaults(_ rules: [FaultRule]) { world.setFaults(rules) }

    /// Listens and returns the base URL, `http://host:port/v1`. To be called once.
    ///
    /// Throws what binding threw, when the port is taken for instance; the sandbox is then of no further use.
    package func start() async throws -> URL {
        let (started, continuation) = AsyncThrowingStream.makeStream(of: URL.self)
        let task = Task { @concurrent [self] in
            do {
                try await run { continuation.yield($0) }
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
                throw error
            }
        }
        running.withLock { $0 = task }
        for try await url in started { return url }
        throw CancellationError()
    }

    /// Cuts all connections, forgets running predictions and frees the port. Returns when that is done.
    package func stop() async {
        guard let task = running.withLock({ $0 }) else { return }
        task.cancel()
        _ = await task.result
    }

    private static let silent = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }

    /// Serves until the task is cancelled; `started` gets the base URL.
    package func run(started: @escaping @Sendable (URL) -> Void) async throws {
        let (world, configuration) = (world, world.configuration)
        let application = Application(
            router: Routes(world: world).router(),
            configuration: ApplicationConfiguration(address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? configuration.port
                let isWildcard = ["0.0.0.0", "::"].contains(configuration.host)
                world.origin = "http://\(isWildcard ? "127.0.0.1" : configuration.host):\(port)"
                if let url = URL(string: world.origin + "/v1") { started(url) }
            },
            logger: Self.silent
        )
        // NIO traps where the task of a server is cancelled while a connection has been accepted and not been served yet: the
        // port is closed first, and what is still answered a moment later is cancelled.
        var settings = ServiceGroupConfiguration(services: [application], logger: Self.silent)
        settings.maximumGracefulShutdownDuration = .milliseconds(200)
        let services = ServiceGroup(configuration: settings)
        let server = Task { try await services.run() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await withTaskCancellationHandler {
                    try await server.value
                } onCancel: {
                    world.closeConnections()
                    Task { await services.triggerGracefulShutdown() }
                }
            }
            group.addTask {
                await withDiscardingTaskGroup { predictions in
                    for await id in world.jobs {
                        predictions.addTask { await world.runner.run(id, origin: world.origin) }
                    }
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }
}
