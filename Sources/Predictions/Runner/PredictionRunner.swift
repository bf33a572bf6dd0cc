import Foundation
package import History
package import Logging
import Money
package import Pricing
package import ReplicateAPI
package import ReplicateClient
import Synchronization

/// The core that the studio, the command line and the service share: journals, sends, watches, saves and books runs.
///
/// The journal in the database is the truth: what this actor holds in memory is a copy of the records that belong to
/// this process. It runs on a thread of its own, and wakes up only while something is in flight.
package actor PredictionRunner {
    let store: HistoryStore
    let client: APIClient
    let prices: PriceBook
    let saver: OutputSaver
    private(set) var spending: SpendingPolicy
    /// The settings' word on what models run on, by their names in lower case, as it was at the start: what is asked
    /// without waiting for the actor.
    let namedHardware: [String: String]
    /// Finds out the server's time, by which the budgets go.
    private var timeLesson: Task<Void, Never>?
    let logger: Logger
    let onUpdate: @Sendable (RunUpdate) -> Void
    let sleep: @Sendable (Duration) async throws -> Void
    /// For what the actor's own thread does not do; nil: the runtime's pool.
    let pool: (any TaskExecutor)?
    private let thread = PollerThread(name: "runner")

    /// Runs in flight that belong to this process.
    var active: [String: RunRecord] = [:]
    /// Those of ``active`` that are to be sent, oldest first.
    var queue: [String] = []
    var byPrediction: [Prediction.ID: String] = [:]
    /// Records whose last change is not on the disk yet; true: it is their end.
    var unwritten: [String: Bool] = [:]
    /// Those of them whose change is told about when it is on the disk.
    var untold: Set<String> = []
    var secrets = RunSecrets()
    /// Lost runs that are being looked for: each by one search only.
    var reconciling: Set<String> = []
    /// What waits to be journaled.
    var submissions: [RunSubmission] = []
    /// Queued runs that wait for the journal to say that they are being sent; each holds a place of ``sending``.
    var ready: [ReadyRun] = []
    var isWriting = false
    var hasWriteFailed = false
    var schedule: PollSchedule
    var budget: CreationBudget
    var typicals: [String: Double] = [:]
    /// Models that were looked up, by `owner/name`.
    var models: [String: KnownModel] = [:]
    /// Runs whose model was asked for once more because the server did not know its version.
    var askedAnew: Set<String> = []
    /// Pinned versions that were looked up, by `owner/name:version`.
    var versions: [String: ModelVersion] = [:]
    /// What models run on, and when that was asked.
    var skus: [String: (sku: String?, at: Date)] = [:]
    /// Predictions that were asked for their logs after their end.
    var askedForLogs: Set<Prediction.ID> = []
    /// Why the API cannot be reached, as a sentence; nil while it answers.
    package internal(set) var outage: String? { didSet { told.withLock { $0 = outage } } }
    private let told = Mutex<String?>(nil)
    /// ``outage`` for those who must not wait for this actor, which may be waiting for the disk.
    package nonisolated var currentOutage: String? { told.withLock { $0 } }

    var settling = 0
    var toSettle: [String] = []
    var asking = 0
    var sending = 0
    var isStopped = false
    var loop: Task<Void, Never>?
    var alarm: Task<Void, Never>?
    var pauses: [CheckedContinuation<Void, Never>] = []
    /// Creations under way at once.
    let mostCreations: Int
    /// Whether the server is asked to answer a creation with its end where that usually comes within a second.
    let waitsForQuickRuns: Bool
    private var workers: [Int: Task<Void, Never>] = [:]
    private var works = 0
    var waiters: [String: [UUID: CheckedContinuation<RunRecord?, Never>]] = [:]

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - interval: seconds between two questions about the same; nil: as soon as it may be worth one.
    ///   - creationsPerMinute: what may be created to begin with; the server's refusals lower it.
    ///   - mostCreations: creations under way at once.
    ///   - waitsForQuickRuns: has the server answer with the end of runs that usually take less than a second: one request
    ///     each instead of two or three, for which a creation takes that long.
    ///   - pool: for what the actor's own thread does not do; nil: the runtime's.
    ///   - sleep: waits between questions; throws when the task was canceled.
    ///   - onUpdate: called in order from the runner's thread, only with changes; must not block.
    package init(
        store: HistoryStore,
        client: APIClient,
        prices: PriceBook,
        saver: OutputSaver,
        spending: SpendingPolicy = SpendingPolicy(),
        logger: Logger,
        interval: Double? = nil,
        creationsPerMinute: Double = 600,
        mostCreations: Int = 4,
        waitsForQuickRuns: Bool = false,
        pool: (any TaskExecutor)? = nil,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        onUpdate: @escaping @Sendable (RunUpdate) -> Void = { _ in }
    ) {
        self.store = store
        self.client = client
        self.prices = prices
        self.saver = saver
        self.spending = spending
        namedHardware = Dictionary(spending.hardware.map { ($0.key.lowercased(), $0.value) }) { $1 }
        self.logger = logger
        self.mostCreations = mostCreations
        self.waitsForQuickRuns = waitsForQuickRuns
        self.pool = pool
        self.sleep = sleep
        self.onUpdate = onUpdate
        schedule = PollSchedule(interval: interval)
        budget = CreationBudget(perMinute: creationsPerMinute, now: client.clock.now())
    }

    // MARK: Life

    /// Goes on with everything that was in flight when a process ended, and that belongs to nobody else alive.
    ///
    /// - Parameter sendsQueued: false: runs that were never sent stay as they are.
    package func start(sendsQueued: Bool = true) throws {
        let mine = Set(try store.claimInFlight())
        for run in try store.inFlight() where mine.contains(run.id) && active[run.id] == nil {
            if sendsQueued || run.stage != .queued { try goOn(with: run) }
        }
        pump()
    }

    /// Goes on with one run where it stands, unless another process does. One that was never sent is not sent.
    package func goOn(with id: String) throws {
        guard active[id] == nil,
            let claimed = try store.claim(id, changing: { run, _ in run.isInFlight && run.stage != .queued })
        else { return }
        try goOn(with: claimed)
        pump()
    }

    func goOn(with claimed: RunRecord) throws {
        var run = claimed
        if run.stage == .sending {
            // The process died between the request and its answer: only the server knows.
            run.stage = .unclear
            try store.update(run)
            onUpdate(.run(run))
        }
        adopt(run)
    }

    /// Stops asking. Runs go on at the server, and the next start finds them.
    package func stop() async {
        isStopped = true
        loop?.cancel()
        alarm?.cancel()
        let all = Array(workers.values)
        for worker in all { worker.cancel() }
        resumePauses()
        for worker in all { await worker.value }
        write()
        for (_, list) in waiters { for waiter in list.values { waiter.resume(returning: nil) } }
        waiters = [:]
    }

    /// Runs something in the background and forgets it when it is done; nothing after a stop.
    func work(_ body: @escaping @Sendable () async -> Void) {
        guard !isStopped else { return }
        works += 1
        let id = works
        workers[id] = Task {
            await withTaskExecutorPreference(pool) { await body() }
            self.workers[id] = nil
        }
    }

    /// Waits; false when the runner is stopped meanwhile.
    func rest(_ seconds: Double) async -> Bool {
        (try? await sleep(.seconds(seconds))) != nil && !isStopped
    }

    /// What may be spent from now on; runs that were let through stay.
    package func adopt(_ spending: SpendingPolicy) { self.spending = spending }

    // MARK: What people ask for

    /// Journals the runs, all or none, and begins to send them in the background.
    ///
    /// A run whose model takes a seed and that says nothing of it gets one: the answer says what it was made with, and a creation
    /// whose answer is lost can be told from its twins.
    ///
    /// Throws ``BudgetRefusal`` when they would break a budget together with what every process on this database has
    /// spent and has under way, and whatever else when they cannot be made durable: nothing is sent then.
    package func submit(_ drafts: [RunDraft]) async throws -> [RunRecord] {
        await learnTime()
        return try await withCheckedThrowingContinuation { continuation in
            submissions.append(RunSubmission(drafts: drafts, continuation: continuation))
            writeSoon()
        }
    }

    /// Budgets by day go by the server's clock. Where it cannot be asked they count too much rather than too little.
    private func learnTime() async {
        guard spending.limitsTime, client.clock.skew == nil else { return }
        let lesson = timeLesson ?? Task { await withTaskExecutorPreference(pool) { await client.synchronizeClock() } }
        timeLesson = lesson
        await lesson.value
        timeLesson = nil
    }

    func seeded(_ input: JSONObject, model: String) -> JSONObject {
        guard input["seed"] == nil, let path = ModelReference(model)?.path,
            let schema = known(path)?.schema,
            case .integer(let low, let high)? = schema["seed"]?.kind
        else { return input }
        let least = max(low ?? 0, 0)
        let most = min(high ?? Int128(Int32.max), Int128(Int32.max))
        guard least < most else { return input }
        return input.merging(["seed": JSONValue(whole: .random(in: least...most))]) { $1 }
    }

    /// Watches a prediction, whoever started it.
    ///
    /// One of this history goes on where it stands; outputs that were not saved then are now, while they exist. One that
    /// a lost run could be becomes that run's. Any other gets a record, as if it had been started here.
    ///
    /// - Parameters:
    ///   - savesOutputs: whether its outputs are saved from now on; nil: as it was started, or else yes.
    ///   - folder: where they are saved from now on; nil: where the run names, or else the settings.
    package func follow(
        _ prediction: Prediction,
        origin: RunRecord.Origin,
        savesOutputs: Bool? = nil,
        folder: String? = nil
    ) throws -> RunRecord {
        if let known = try store.run(predictionID: prediction.id.rawValue) {
            guard active[known.id] == nil,
                let claimed = try claim(known.id, savesOutputs: savesOutputs, folder: folder)
            else { return known }
            adopt(claimed)
            pump()
            return active[known.id] ?? claimed
        }
        if let lost = try take(prediction) {
            pump()
            return lost
        }
        var run = RunRecord(
            model: prediction.model,
            input: prediction.input,
            prompt: prediction.input["prompt"]?.string ?? "",
            origin: origin,
            createdAt: prediction.createdAt ?? client.clock.now(),
            estimate: .unknown(reason: "it was not started here")
        )
        run.stage = .accepted
        run.prediction = prediction
        run.savesOutputs = savesOutputs ?? true
        run.outputFolder = folder ?? saver.folder.absoluteURL.path
        try store.journal([run])
        adopt(run)
        onUpdate(.run(run))
        pump()
        return run
    }

    /// Who is looked at: asked for more often, and singly, because only that brings logs and progress.
    package func attend(visible: [String], focused: String?) {
        let watched = Set(visible.prefix(3) + [focused].compactMap { $0 })
        schedule.watch(Set(watched.compactMap { active[$0]?.prediction?.id }))
        if let focused, active[focused] == nil { wantLogs(of: focused) }
        pump()
    }

    /// Sends a run again that the server does not know: on a person's word only. Throws ``BudgetRefusal`` as a new run
    /// does.
    ///
    /// One with secret inputs can be sent again only by the process that still knows them; elsewhere it is refused.
    package func resend(_ id: String) async throws {
        await learnTime()
        let claimed = try store.claim(id) { run, reader in
            guard run.stage == .resendable else { return false }
            run.stage = .queued
            run.failure = nil
            run.candidates = []
            var gate = try spending.gate(reader, clock: client.clock)
            try gate.admit([run.estimate])
            return true
        }
        guard let run = claimed else { return }
        adopt(run)
        onUpdate(.run(run))
        pump()
    }

    /// Takes the record off the list; files stay, and so does what it cost. A run in flight must be canceled first.
    package func delete(_ id: String) throws {
        guard active[id] == nil else { return }
        guard try store.delete(id) else { return }
        onUpdate(.deleted(id))
    }

    /// Waits until a run has ended and its outputs are saved, or needs a person; nil after `timeout` or a stop.
    package func wait(for id: String, timeout: Duration?) async -> RunRecord? {
        // One that has ended but is not written yet counts as under way.
        if active[id] != nil, !isStopped {
            let ticket = UUID()
            let limit = timeout.map { timeout in
                Task {
                    try? await sleep(timeout)
                    if !Task.isCancelled { self.giveUp(id, ticket) }
                }
            }
            defer { limit?.cancel() }
            return await withTaskCancellationHandler {
                await withCheckedContinuation { waiters[id, default: [:]][ticket] = $0 }
            } onCancel: {
                Task { await self.giveUp(id, ticket) }
            }
        }
        return try? store.run(id)
    }

    private func giveUp(_ id: String, _ ticket: UUID) {
        waiters[id]?.removeValue(forKey: ticket)?.resume(returning: nil)
    }
}
