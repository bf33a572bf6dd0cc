import Foundation
package import History
package import Logging
package import Pricing
package import ReplicateAPI
package import ReplicateClient

/// The core that the studio, the command line and the service share: journals, sends, watches, saves and books runs.
///
/// The journal in the database is the truth: what this actor holds in memory is a copy of the records that belong to
/// this process. It wakes up only while something is in flight.
package actor PredictionRunner {
    let store: HistoryStore
    let client: APIClient
    let prices: PriceBook
    let saver: OutputSaver
    let owner: Owner
    let logger: Logger
    let onUpdate: @Sendable (RunUpdate) -> Void
    private let sleep: @Sendable (Duration) async throws -> Void

    /// Runs in flight that belong to this process.
    var active: [String: RunRecord] = [:]
    var byPrediction: [Prediction.ID: String] = [:]
    var unsaved: Set<String> = []
    var schedule = PollSchedule()
    var budget: CreationBudget
    var typicals: [String: Double] = [:]
    /// Why the API cannot be reached, as a sentence; nil while it answers.
    package private(set) var outage: String?

    private var loop: Task<Void, Never>?
    private var wakeUp: Task<Void, Never>?
    private var pauses: [CheckedContinuation<Void, Never>] = []
    private var workers: [UUID: Task<Void, Never>] = [:]
    private var waiters: [String: [UUID: CheckedContinuation<RunRecord?, Never>]] = [:]

    /// - Parameters:
    ///   - onUpdate: called in order from the runner, only with changes; must not block.
    ///   - sleep: waits between questions; throws when the task was canceled.
    package init(
        store: HistoryStore,
        client: APIClient,
        prices: PriceBook,
        saver: OutputSaver,
        owner: Owner = .current,
        logger: Logger,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        onUpdate: @escaping @Sendable (RunUpdate) -> Void = { _ in }
    ) {
        self.store = store
        self.client = client
        self.prices = prices
        self.saver = saver
        self.owner = owner
        self.logger = logger
        self.sleep = sleep
        self.onUpdate = onUpdate
        budget = CreationBudget(now: Date())
    }

    // MARK: Life

    /// Goes on with everything that was in flight when a process ended, and that belongs to nobody else alive.
    package func start() throws {
        let mine = Set(try store.claimInFlight(owner: owner))
        for var run in try store.inFlight() where mine.contains(run.id) && active[run.id] == nil {
            if run.stage == .sending {
                // The process died between the request and its answer: only the server knows.
                run.stage = .unclear
                try save(run)
            }
            adopt(run)
        }
        pump()
    }

    /// Stops asking. Runs go on at the server, and the next start finds them.
    package func stop() async {
        loop?.cancel()
        wakeUp?.cancel()
        let all = Array(workers.values)
        for worker in all { worker.cancel() }
        for worker in all { await worker.value }
        resumePauses()
        for (_, list) in waiters { for waiter in list.values { waiter.resume(returning: nil) } }
        waiters = [:]
    }

    // MARK: What people ask for

    /// Journals the runs, all or none, and begins to send them in the background.
    ///
    /// Throws when they cannot be made durable: nothing is sent then.
    package func submit(_ drafts: [RunDraft]) throws -> [RunRecord] {
        let start = Date()
        let runs = drafts.enumerated().map { index, draft in
            RunRecord(
                id: draft.id ?? UUID().uuidString.lowercased(),
                model: draft.model,
                input: draft.input,
                prompt: draft.prompt,
                origin: draft.origin,
                // Keeps the order of one submission.
                createdAt: start.addingTimeInterval(Double(index) / 10_000),
                estimate: RunRecord.Price(draft.estimate)
            )
        }
        try store.journal(runs, owner: owner)
        for (run, draft) in zip(runs, drafts) {
            if !draft.savesOutputs { unsaved.insert(run.id) }
            adopt(run)
            onUpdate(.run(run))
        }
        pump()
        return runs
    }

    /// Watches a prediction that this database does not know yet, as if it had been started here.
    package func follow(_ prediction: Prediction, origin: RunRecord.Origin, savesOutputs: Bool) throws -> RunRecord {
        if let known = try store.run(predictionID: prediction.id.rawValue) {
            if known.isInFlight, active[known.id] == nil, try store.claim(known.id, owner: owner) {
                adopt(known)
                pump()
            }
            return known
        }
        var run = RunRecord(
            model: prediction.model,
            input: prediction.input,
            prompt: prediction.input["prompt"]?.string ?? "",
            origin: origin,
            createdAt: prediction.createdAt ?? Date(),
            estimate: RunRecord.Price(low: nil, high: nil, because: "it was not started here")
        )
        try store.journal([run], owner: owner)
        run.stage = .accepted
        run.prediction = prediction
        if !savesOutputs { unsaved.insert(run.id) }
        try save(run)
        adopt(run)
        pump()
        return run
    }

    /// Who is looked at: asked for more often, and singly, because only that brings logs and progress.
    package func attend(visible: [String], focused: String?) {
        let watched = Set(visible.prefix(3) + [focused].compactMap { $0 })
        schedule.watch(Set(watched.compactMap { active[$0]?.prediction?.id }))
        pump()
    }

    /// Cancels. The run stays what it is until the server confirms; one that succeeded anyway is saved.
    package func cancel(_ id: String) throws {
        guard var run = active[id] else { return }
        run.cancelRequestedAt = Date()
        if run.stage == .queued {
            run.stage = .refused
            run.failure = "canceled before it was sent: free"
            run.finishedAt = Date()
            run.cost = RunRecord.Cost(kind: "free", amount: "0", because: "it was never sent")
            return try finish(run)
        }
        try save(run)
        work { await self.confirmCancel(id) }
    }

    /// Sends a run again that the server does not know: on a person's word only.
    package func resend(_ id: String) throws {
        guard var run = try store.run(id), run.stage == .resendable, try store.claim(id, owner: owner) else { return }
        run.stage = .queued
        run.failure = nil
        try save(run)
        adopt(run)
        pump()
    }

    /// Forgets the record; files stay. A run in flight must be canceled first.
    package func delete(_ id: String) throws {
        guard active[id] == nil else { return }
        try store.delete(id)
        onUpdate(.deleted(id))
    }

    /// Waits until a run has ended and its outputs are saved, or needs a person; nil after `timeout` or a stop.
    package func wait(for id: String, timeout: Duration?) async -> RunRecord? {
        if let run = active[id], run.isInFlight {
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

    // MARK: Keeping records

    func adopt(_ run: RunRecord) {
        active[run.id] = run
        if let prediction = run.prediction { byPrediction[prediction.id] = run.id }
        switch run.stage {
        case .accepted:
            guard let prediction = run.prediction else { break }
            if prediction.isFinished {
                work { await self.settle(run.id) }
            } else {
                schedule.add(
                    prediction.id,
                    createdAt: prediction.createdAt ?? run.createdAt,
                    typical: typical(of: prediction.model)
                )
            }
            if run.cancelRequestedAt != nil { work { await self.confirmCancel(run.id) } }
        case .unclear: work { await self.reconcile(run.id) }
        case .queued, .sending, .resendable, .settled, .refused: break
        }
    }

    /// Makes the record durable, then tells about it.
    func save(_ run: RunRecord) throws {
        try store.update(run)
        if active[run.id] != nil { active[run.id] = run }
        onUpdate(.run(run))
    }

    /// The record has reached its end, or needs a person.
    func finish(_ run: RunRecord) throws {
        try save(run)
        active[run.id] = nil
        unsaved.remove(run.id)
        if let prediction = run.prediction {
            schedule.remove(prediction.id)
            byPrediction[prediction.id] = nil
        }
        for waiter in (waiters.removeValue(forKey: run.id) ?? [:]).values { waiter.resume(returning: run) }
        pump()
    }

    func typical(of model: String) -> Double? {
        if let known = typicals[model] { return known }
        guard let past = try? store.durations(of: model), past.count >= 2 else { return nil }
        let median = past.sorted()[past.count / 2]
        typicals[model] = median
        return median
    }

    // MARK: The loop

    /// Runs something in the background and forgets it when it is done.
    func work(_ body: @escaping @Sendable () async -> Void) {
        let id = UUID()
        workers[id] = Task {
            await body()
            self.workers[id] = nil
        }
    }

    /// Sees to it that the loop runs, and that it looks at the clock anew.
    func pump() {
        wakeUp?.cancel()
        resumePauses()
        guard loop == nil else { return }
        loop = Task { await self.run() }
    }

    private func run() async {
        while !Task.isCancelled {
            let now = Date()
            var wait: Double?
            if let run = nextQueued() {
                if let delay = budget.take(now: now) { wait = delay } else { await send(run); continue }
            }
            if let order = schedule.next(now: client.clock.now()) {
                await ask(order)
                continue
            }
            if let due = schedule.dueAt(now: client.clock.now()) {
                let left = max(due.timeIntervalSince(client.clock.now()), 0.005)
                wait = min(wait ?? left, left)
            }
            guard let wait else { break }
            await pause(wait)
        }
        loop = nil
        // Something may have come between the last look and the end.
        if !Task.isCancelled, nextQueued() != nil || !schedule.isEmpty { pump() }
    }

    private func nextQueued() -> RunRecord? {
        active.values.filter { $0.stage == .queued }.min { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    /// Sleeps until then, or until ``pump()``.
    private func pause(_ seconds: Double) async {
        await withCheckedContinuation { continuation in
            pauses.append(continuation)
            wakeUp = Task {
                try? await sleep(.seconds(seconds))
                self.resumePauses()
            }
        }
    }

    private func resumePauses() {
        for pause in pauses { pause.resume() }
        pauses = []
    }

    func rest(_ seconds: Double) async -> Bool {
        (try? await sleep(.seconds(seconds))) != nil
    }

    // MARK: The connection

    func heard() {
        schedule.succeeded()
        guard outage != nil else { return }
        outage = nil
        onUpdate(.online)
    }

    func failed(_ error: APIError) {
        let seconds = error.retryAfter.map { Double($0.components.seconds) }
        schedule.failed(retryAfter: seconds, now: client.clock.now())
        logger.notice("asking failed", metadata: ["request": "\(error.request)", "code": "\(error.code.rawValue)"])
        let reason = [error.message, error.advice].compactMap { $0 }.joined(separator: ". ")
        outage = reason
        onUpdate(.offline(reason))
    }
}

extension RunRecord.Price {
    package init(_ estimate: Estimate) {
        self.init(
            low: estimate.low.map { "\($0.amount)" },
            high: estimate.high.map { "\($0.amount)" },
            because: estimate.explanation
        )
    }
}
