import ArgumentParser
import Foundation
import Glibc
import History
import Logging
import Predictions
import Pricing
import ReplicateClient
import Service
import UnixSignals

struct ServeCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve images and videos over HTTP: the reference's paths and bodies, queued, cached and never lost.",
        discussion: """
            Settings stand in the config file under `service:`. SIGHUP reads it again, SIGTERM and SIGINT stop in order: \
            requests under way are answered, runs go on, and the next start picks up what was accepted.
            """
    )

    @Option(help: "The address to listen on. Any but this machine's own needs keys in the config file.")
    var host: String?

    @Option(help: "0: any free port.")
    var port: Int?

    @Option(name: .customLong("rate-limit"), help: "Requests a minute that one client may send; 0: any number.")
    var rateLimit: Int?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let port, !(0...65_535).contains(port) { throw ValidationError("--port must be from 0 to 65535.") }
        if let rateLimit, rateLimit < 0 { throw ValidationError("--rate-limit must not be negative.") }
    }

    func run(in context: CommandContext) async throws {
        var settings = try Settings.load(global, context)
        settings.spending = Self.spending(settings)
        let configuration = try self.configuration(settings)
        if let objection = configuration.objection { throw CommandError(.usage, objection) }
        Self.allowManyConnections()
        let metrics = ServiceMetrics()
        let lines = LineWriter(to: context.console.messages, notice: JSONLogHandler.dropped) {
            metrics.logLineDropped()
        }
        defer { lines.flush(within: .seconds(2)) }
        let logger = Logger(label: "darkroom") { _ in JSONLogHandler(write: lines.write) }
        let feed = RunFeed()
        let composition = try Composition(
            context,
            settings: settings,
            transport: MeasuredTransport(CurlTransport(trust: settings.trust)) {
                metrics.upstream(operation: $0, seconds: $1, error: $2)
            },
            logger: logger,
            creationsPerMinute: Double(configuration.creationsPerMinute),
            mostCreations: configuration.width,
            waitsForQuickRuns: true,
            access: .concurrent,
            onUpdate: { feed.post($0) }
        )
        let service = GenerationService(
            configuration: configuration,
            runner: composition.runner,
            store: composition.store,
            client: composition.client,
            prices: composition.prices,
            feed: feed,
            transport: CurlTransport(trust: settings.trust),
            metrics: metrics,
            logger: logger
        )
        try await serve(service, configuration, composition, logger)
    }

    private func serve(
        _ service: GenerationService,
        _ configuration: ServiceConfiguration,
        _ composition: Composition,
        _ logger: Logger
    ) async throws {
        let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var current = composition.settings
                for await signal in signals {
                    if signal == .sighup {
                        current = await reload(service, composition, current) ?? current
                    } else {
                        await service.shutDown()
                    }
                }
            }
            defer { group.cancelAll() }
            do {
                try await service.run { port in
                    logger.notice("service_started", metadata: ["address": "\(host):\(port)"])
                    composition.context.console.print("The service answers at http://\(host):\(port)")
                }
            } catch let refusal as ServiceRefusal {
                throw CommandError(.usage, refusal.description)
            } catch {
                let address = "Port \(configuration.port) of \(configuration.host)"
                throw CommandError(.failed, "\(address) cannot be opened: use another --port or --host")
            }
        }
    }

    /// Takes the file's new settings as a whole, or leaves everything as it is; returns what was taken.
    private func reload(
        _ service: GenerationService,
        _ composition: Composition,
        _ current: Settings
    ) async -> Settings? {
        do {
            let settings = try Settings.load(global, composition.context)
            if let objection = settings.objection(replacing: current) { throw CommandError(.usage, objection) }
            try Composition.checkHardware(settings.spending.hardware, composition.prices, settings.paths)
            let configuration = try self.configuration(settings)
            // Judged before anything is taken; the budgets are in force before the first request under the new rules.
            try service.check(configuration)
            await composition.runner.adopt(Self.spending(settings))
            try service.reload(configuration)
            return settings
        } catch {
            service.reloadRefused(reason: "\(error)")
            return nil
        }
    }

    /// A service knows days and months, but no session that would ever end.
    private static func spending(_ settings: Settings) -> SpendingPolicy {
        var spending = settings.spending
        spending.budget.session = nil
        return spending
    }

    /// The file's settings with the command line's before them, and a secret for callbacks.
    private func configuration(_ settings: Settings) throws -> ServiceConfiguration {
        var configuration = settings.service
        configuration.host = host ?? configuration.host
        configuration.port = port ?? configuration.port
        configuration.rateLimit = rateLimit ?? configuration.rateLimit
        if configuration.callbacks.secret == nil {
            configuration.callbacks.secret = try SecretFile.secret(at: settings.paths.webhookSecret)
        }
        return configuration
    }

    /// A connection is a descriptor, and the usual limit of 1,024 is soon reached.
    private static func allowManyConnections() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, 65_536)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
