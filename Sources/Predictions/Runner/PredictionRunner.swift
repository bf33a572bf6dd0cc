import Foundation
package import History
package import Logging
package import Pricing
package import ReplicateAPI
package import ReplicateClient
import Synchronization

/// The core that the studio, the command line and the service share: journals, sends, watches, saves and books runs.
///
/// It performs what ``RunnerState`` orders, on a thread of its own, and decides nothing. The journal in the database is the
/// truth. It wakes up only while something is in flight.
package actor PredictionRunner: RunnerHost {
    /// What is known of models and versions.
    package nonisolated let models: ModelCatalogue
    /// What runs have cost.
    package nonisolated let costs: RunCosts
    let client: APIClient
    let journal: JournalWriter
    let intake: RunIntake
    let configuration: RunnerConfiguration
    let timeLesson: TimeLesson
    let waiters = RunWaiters()
    private let tasks: RunnerTasks
    private let logger: Logger
    private let onUpdate: @Sendable (RunUpdate) -> Void
    private let thread = PollerThread(name: "runner")
    private let failure = Mutex<APIError?>(nil)

    var state: RunnerState
    private var running = RunningTasks()
    private var alarm: Task<Void, Never>?
    /// The turn of the journal that is being written or is about to be.
    private var turn: Task<Void, Never>?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// Why the API does not answer, such as that it refuses the token; nil while it does.
    package nonisolated var currentFailure: APIError? { failure.withLock { $0 } }

    /// ``currentFailure`` as a sentence.
    package nonisolated var currentOutage: String? { currentFailure?.explanation }

    /// - Parameter onUpdate: called in order from the runner's thread, only with changes; must not block.
    package init(
        store: HistoryStore,
        client: APIClient,
        prices: PriceBook,
        saver: OutputSaver,
        logger: Logger,
        configuration: RunnerConfiguration = RunnerConfiguration(),
        onUpdate: @escaping @Sendable (RunUpdate) -> Void = { _ in }
    ) {
        let models = ModelCatalogue(store: store, client: client)
        let hardware = configuration.spending.hardware
        let costs = RunCosts(store: store, client: client, prices: prices, models: models, namedHardware: hardware)
        let journal = JournalWriter(store: store, account: client.configuration.account)
        self.models = models
        self.costs = costs
        self.client = client
        self.journal = journal
        self.configuration = configuration
        self.logger = logger
        self.onUpdate = onUpdate
        timeLesson = TimeLesson(client: client, pool: configuration.pool)
        intake = RunIntake(
            models: models,
            saver: saver,
            account: client.configuration.account
        )
        let sender = CreationSender(client, models, costs, prices, isPatient: configuration.waitsForQuickRuns)
        let delivery = OutputDelivery(client: client, saver: saver, logger: logger)
        tasks = RunnerTasks(client, sender, delivery, models, journal)
        state = RunnerState(configuration, RunKnowledge(models, costs), now: client.clock.now())
    }

    // MARK: Performing

    /// Performs the effects of an event, and whatever is due by now.
    func proceed(_ effects: [RunnerEffect] = []) {
        effects.forEach(perform)
        let due = state.begin(now: client.clock.now())
        due.effects.forEach(perform)
        setAlarm(due.wait)
        failure.withLock { $0 = state.connection.failure }
        if turn == nil, state.journal.isDue { beginTurn() }
    }

    private func perform(_ effect: RunnerEffect) {
        switch effect {
        case .tell(let update): onUpdate(update)
        case .log(let entry): logger.record(entry)
        case .wake(let id, let end): waiters.wake(id, end)
        case .answerSubmission(let id, let result): waiters.answer(submission: id, result)
        case .begin(let task):
            // After a stop nothing is begun.
            guard !state.isStopped else { return }
            running.add { ticket in
                Task {
                    await withTaskExecutorPreference(configuration.pool) { await tasks.run(task, self) }
                    self.running.remove(ticket)
                }
            }
        }
    }

    /// Wakes after so many seconds to see what is due; nil: an event comes first.
    private func setAlarm(_ seconds: Double?) {
        alarm?.cancel()
        alarm = seconds.map { seconds in
            Task {
                let pause = { try await self.configuration.sleep(Self.pause(seconds)) }
                if (try? await withTaskExecutorPreference(configuration.pool, operation: pause)) != nil { proceed() }
            }
        }
    }

    /// Stops asking. Runs go on at the server, and the next start finds them.
    package func stop() async {
        state.stop()
        alarm?.cancel()
        let ending = running.all
        for task in ending { task.cancel() }
        for task in ending { await task.value }
        await makeDurable()
        waiters.wakeAll()
    }

    private func beginTurn() { turn = Task { await self.writeTurn() } }

    private func writeTurn() async {
        let skew = client.clock.skew ?? 0
        let now = client.clock.uncorrectedNow.addingTimeInterval(skew)
        guard let next = state.beginTurn(now: now, skew: skew) else { return turn = nil }
        let outcome = await journal.write(next, spending: state.spending, clock: client.clock)
        turn = nil
        proceed(state.endTurn(outcome, now: client.clock.now()))
    }

    /// Returns when everything that was told is on the disk, if the disk lets it.
    package func makeDurable() async {
        // This one may have begun before the last change.
        await turn?.value
        if turn == nil { beginTurn() }
        await turn?.value
    }

    // MARK: The host of the tasks

    func read<Value: Sendable>(_ body: @Sendable (RunnerState) -> Value) -> Value { body(state) }

    func update(_ change: @Sendable (inout RunnerState, Date) -> [RunnerEffect]) {
        proceed(change(&state, client.clock.now()))
    }

    func change<Value: Sendable>(
        _ change: @Sendable (inout RunnerState, Date) -> (value: Value, effects: [RunnerEffect])
    ) -> Value {
        let (value, effects) = change(&state, client.clock.now())
        proceed(effects)
        return value
    }

    func rest(_ seconds: Double) async -> Bool {
        (try? await configuration.sleep(Self.pause(seconds))) != nil && !state.isStopped
    }

    /// A day at the most: a clock that was set, or a number that is none, must not end the process.
    private static func pause(_ seconds: Double) -> Duration { .seconds(max(0, min(seconds, 86_400))) }
}
