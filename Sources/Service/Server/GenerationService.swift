import Composing
import Foundation
package import History
import Hummingbird
package import Logging
import NIOCore
package import Predictions
package import Pricing
import ReplicateAPI
package import ReplicateClient
import ServiceLifecycle
import Synchronization

/// The HTTP service: the routes and JSON of the reference, on the runner and history that all doors share.
package final class GenerationService: Sendable {
    private let live: LiveConfiguration
    private let runner: PredictionRunner
    private let feed: RunFeed
    private let history: AsyncHistory
    let routes: ServiceRoutes
    private let logger: Logger
    private let metrics: ServiceMetrics
    private let server = Mutex<ServiceGroup?>(nil)
    private let isStopping = Mutex(false)
    private let refusal = Mutex<ServiceRefusal?>(nil)
    private let stops: AsyncStream<Void>
    private let stop: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - feed: what the runner posts its changes to.
    ///   - transport: carries callbacks.
    ///   - sleep: waits; throws when the task was canceled.
    package init(
        configuration: ServiceConfiguration,
        runner: PredictionRunner,
        store: HistoryStore,
        client: APIClient,
        prices: PriceBook,
        feed: RunFeed,
        transport: any Transport,
        metrics: ServiceMetrics,
        logger: Logger,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        let live = LiveConfiguration(configuration)
        let history = AsyncHistory(store)
        let watch = RunWatch(history: history)
        let dispatcher = Dispatcher(
            live: live,
            submit: { draft in
                guard let ordered = try await runner.order([draft]).first else {
                    preconditionFailure("an order of one run gave none")
                }
                return ordered.run.id
            }
        )
        let generations = GenerationPipeline(
            live: live,
            composer: RunComposer(prices: prices),
            models: ModelCache(
                history: { reference in
                    guard let model = try? await runner.model(reference) else {
                        return runner.costs.knownHistory(of: reference.path)
                    }
                    return await runner.costs.history(of: model)
                },
                fetch: { reference throws(APIError) in try await runner.details(of: reference).details }
            ),
            dispatcher: dispatcher,
            watch: watch,
            history: history,
            metrics: metrics,
            isElsewhere: { runner.isOfAnotherAccount($0) },
            goOn: { try? await runner.goOn(with: $0, sendsQueued: true) },
            sleep: sleep
        )
        let jobs = JobRunner(
            history: history,
            account: client.configuration.account,
            live: live,
            generations: generations,
            sender: CallbackSender(transport: transport),
            metrics: metrics,
            logger: logger,
            sleep: sleep
        )
        routes = ServiceRoutes(
            live: live,
            generations: generations,
            jobs: jobs,
            client: client,
            metrics: metrics,
            deadlines: RequestDeadlines(
                live: live,
                timeouts: Timeouts(sleep: sleep),
                disconnects: DisconnectNotifier()
            ),
            outage: { runner.currentFailure },
            sleep: sleep
        )
        (stops, stop) = AsyncStream.makeStream()
        self.live = live
        self.runner = runner
        self.feed = feed
        self.history = history
        self.logger = logger
        self.metrics = metrics
        feed.connect { update in
            if case .takenOver(let id) = update {
                watch.release(id)
                dispatcher.release(id)
            }
            guard case .run(let run) = update, run.origin == .service || !run.hasResult else { return }
            let hasJustEnded = watch.observe(run)
            dispatcher.observe(run, hasJustEnded: hasJustEnded)
            if run.stage == .settled, run.origin == .service { metrics.spent(run) }
        }
    }

    /// Serves until ``shutDown()``. Throws what binding threw, when the port is taken for instance.
    ///
    /// - Parameter started: called once with the port when it listens.
    package func run(started: @escaping @Sendable (Int) -> Void) async throws {
        let configuration = live.current
        var settings = ServiceGroupConfiguration(
            services: [application(configuration, started)],
            logger: Logger(label: "server") { _ in SwiftLogNoOpLogHandler() }
        )
        // A client that does not read its answer must not keep the process alive.
        settings.maximumGracefulShutdownDuration = configuration.drain + .seconds(5)
        let group = ServiceGroup(configuration: settings)
        server.withLock { $0 = group }
        if isStopping.withLock({ $0 }) { return }
        try await adoptOrphans()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await self.routes.generations.dispatcher.run() }
            tasks.addTask { await self.routes.jobs.run() }
            tasks.addTask { await self.drain() }
            tasks.addTask {
                // Another process on this history may end at any time and leave work behind.
                while (try? await self.routes.sleep(.seconds(30))) != nil { try? await self.adoptOrphans() }
            }
            defer { tasks.cancelAll() }
            try await group.run()
        }
        await runner.stop()
        feed.disconnect()
        if let refusal = refusal.withLock({ $0 }) { throw refusal }
    }

    /// A configured name may resolve to an address that other machines can reach. Without keys nothing is served there.
    private func hasStarted(_ channel: any Channel, _ started: @Sendable (Int) -> Void) async {
        do throws(ServiceRefusal) {
            if let address = channel.localAddress?.ipAddress { try live.listens(at: address) }
        } catch {
            refusal.withLock { $0 = error }
            return await shutDown()
        }
        started(channel.localAddress?.port ?? live.current.port)
    }

    /// Takes over the runs and jobs of processes that have ended.
    private func adoptOrphans() async throws {
        let account = routes.client.configuration.account
        let ids = try await history.write { try $0.claimInFlight { $0 == nil || $0 == account } }
        for id in ids { await routes.generations.watch.adopt(id) }
        // Without a token the API cannot be asked; the runs stay in the database.
        if routes.token.isThere { try await runner.start() }
        await routes.jobs.adoptOrphans()
    }

    /// Throws when ``reload(_:)`` would.
    package func check(_ configuration: ServiceConfiguration) throws(ServiceRefusal) { try live.check(configuration) }

    /// Replaces the configuration, except for the address to listen on. Throws when the new one is not safe for the address
    /// that is bound; the old one stays in force then.
    package func reload(_ configuration: ServiceConfiguration) throws(ServiceRefusal) {
        let before = live.current
        try live.replace(with: configuration)
        metrics.reload(isAccepted: true)
        logger.notice("configuration_reloaded")
        if (before.host, before.port) != (configuration.host, configuration.port) {
            logger.warning(
                "address_unchanged",
                metadata: ["reason": "The address to listen on is read at the start only"]
            )
        }
    }

    /// Counts and logs that new settings could not be read or were refused. The old ones stay in force.
    package func reloadRefused(reason: String) {
        metrics.reload(isAccepted: false)
        logger.error("configuration_not_reloaded", metadata: ["reason": "\(reason)"])
    }

    /// Stops accepting requests, waits for the open ones for the configured time to drain, then releases the rest. Their runs
    /// continue at the API, and the next start takes them over from the database. Returns at once; ``run(started:)``
    /// returns when all of it is done.
    package func shutDown() async {
        guard
            isStopping.withLock({ wasStopping in
                defer { wasStopping = true }
                return !wasStopping
            })
        else { return }
        logger.notice("service_stopping")
        routes.generations.dispatcher.close()
        guard let group = server.withLock({ $0 }) else { return }
        await group.triggerGracefulShutdown()
        stop.yield()
    }

    /// Releases all waiting clients when the configured time to drain has passed after the stop.
    private func drain() async {
        for await _ in stops {
            try? await routes.sleep(live.current.drain)
            return routes.deadlines.disconnects.close()
        }
    }

    private func application(
        _ configuration: ServiceConfiguration,
        _ started: @escaping @Sendable (Int) -> Void
    ) -> some ApplicationProtocol {
        let (patience, disconnects, metrics) = (configuration.patience, routes.deadlines.disconnects, metrics)
        return Application(
            router: routes.router(logger: ServiceLog(logger: logger)),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        ConnectionGuard(patience: patience, disconnects: disconnects, metrics: metrics)
                    ],
                    idleTimeout: TimeAmount(patience),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16 << 10,
                        maxHeaderListSize: 64 << 10,
                        maxHeaderFieldCount: 100
                    )
                )
            ),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                backlog: 4_096
            ),
            onServerRunning: { await self.hasStarted($0, started) },
            logger: Logger(label: "server") { _ in SwiftLogNoOpLogHandler() }
        )
    }
}
