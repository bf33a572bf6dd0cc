import Foundation
import History
import Logging
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient

/// Everything wired together, once.
struct Composition: Sendable {
    let context: CommandContext
    let settings: Settings
    let store: HistoryStore
    let client: APIClient
    let prices: PriceBook
    let runner: PredictionRunner
    let logger: Logger
    let saver: OutputSaver

    /// - Parameters:
    ///   - transport: carries the calls to the API; nil: that of the context.
    ///   - logger: nil: the log file.
    ///   - interval: as for ``PredictionRunner``.
    ///   - pool: does the work and keeps the time; nil: the runtime's own.
    ///   - access: how the history is worked with; a command of a moment takes `serial`.
    ///   - log: nil: it is opened here.
    ///   - prices: nil: they are read here.
    ///   - onNotice: gets a sentence about a history that was damaged and set aside; nil: it is a message.
    init(
        _ context: CommandContext,
        settings: Settings,
        transport: (any Transport)? = nil,
        logger ownLogger: Logger? = nil,
        interval: Double? = nil,
        creationsPerMinute: Double = 600,
        mostCreations: Int = 4,
        waitsForQuickRuns: Bool = false,
        pool: WorkerPool? = nil,
        access: DatabaseAccess = .serial,
        log: LogFile? = nil,
        prices known: PriceBook? = nil,
        onNotice: ((String) -> Void)? = nil,
        onUpdate: @escaping @Sendable (RunUpdate) -> Void = { _ in }
    ) throws {
        self.context = context
        self.settings = settings
        let sleep: @Sendable (Duration) async throws -> Void = { duration in
            if let pool { try await pool.sleep(for: duration) } else { try await Task.sleep(for: duration) }
        }
        let paths = settings.paths
        let log = try log ?? LogFile(paths)
        let logger = ownLogger ?? log.logger
        self.logger = logger
        do { store = try HistoryStore.open(path: paths.database.path, access: access) } catch {
            throw CommandError(error)
        }
        if let notice = store.notice { (onNotice ?? context.console.say)(notice) }
        prices = try known ?? Self.priceBook(paths)
        try Self.checkHardware(settings.spending.hardware, prices, paths)
        let inlineFiles = InlineFiles(folder: settings.paths.inline)
        if (try? store.inFlight().isEmpty) == true { inlineFiles.sweep() }
        client = APIClient(
            configuration: ClientConfiguration(
                baseURL: settings.baseURL,
                token: settings.token,
                inlineFiles: inlineFiles
            ),
            transport: transport ?? context.transport ?? CurlTransport(trust: settings.trust),
            logger: logger,
            sleep: sleep
        )
        saver = OutputSaver(
            client: client,
            folder: settings.outputs,
            ownFolder: settings.paths.outputs,
            embedsMetadata: settings.metadata,
            workers: pool
        )
        runner = PredictionRunner(
            store: store,
            client: client,
            prices: prices,
            saver: saver,
            logger: logger,
            configuration: RunnerConfiguration(
                spending: settings.spending,
                interval: interval,
                creationsPerMinute: creationsPerMinute,
                mostCreations: mostCreations,
                waitsForQuickRuns: waitsForQuickRuns,
                pool: pool,
                sleep: sleep
            ),
            onUpdate: onUpdate
        )
    }

    /// The built-in book with the person's own entries before it.
    static func priceBook(_ paths: Paths) throws -> PriceBook {
        let path = paths.pricesFile.path
        do {
            guard let text = try SettingsFile.text(at: paths.pricesFile) else { return .builtIn }
            return .builtIn.merging(try PriceBook(yaml: text, origin: path))
        } catch {
            throw CommandError(.usage, "\(error)")
        }
    }

    /// A name that has no price would quietly leave runs without one.
    static func checkHardware(_ hardware: [String: String], _ prices: PriceBook, _ paths: Paths) throws {
        for (model, sku) in hardware.sorted(by: { $0.key < $1.key }) {
            do { try HardwareName.check(sku, prices) } catch let error as CommandError {
                throw CommandError(.usage, "\(paths.configFile.path): hardware of \(model): \(error.description)")
            }
        }
    }

    /// A client alone, for commands that neither journal nor spend.
    static func client(_ context: CommandContext, _ settings: Settings) throws -> APIClient {
        guard settings.token != nil else { throw CommandError(APIError(.noToken, "No token is configured")) }
        return APIClient(
            configuration: ClientConfiguration(
                baseURL: settings.baseURL,
                token: settings.token,
                inlineFiles: InlineFiles(folder: settings.paths.inline)
            ),
            transport: context.transport ?? CurlTransport(trust: settings.trust)
        )
    }
}
