import Foundation
import History
import ReplicateAPI

/// What the state of the runner is told of models and prices.
struct RunKnowledge: Sendable {
    /// Seconds that runs of a model usually take, by its reference; nil: not known.
    var typical: @Sendable (_ model: String) -> Double?
    /// What an ended run has cost.
    var booking: @Sendable (RunRecord, Prediction) -> Booking
}

extension RunKnowledge {
    init(_ models: ModelCatalogue, _ costs: RunCosts) {
        typical = { models.typical(of: $0) }
        booking = { costs.booking(of: $0, $1) }
    }
}

/// Everything that the runner holds in memory: the records of runs that belong to this process, and what is to be sent,
/// asked, saved and written. Pure: events go in, effects come out.
///
/// ``RunLife`` decides what becomes of a run; here its steps reach the parts that keep the order of things. The parts know
/// nothing of each other. All times are the server's.
struct RunnerState: Sendable {
    private(set) var runs: [RunRecord.ID: RunRecord] = [:]
    private(set) var outbox: Outbox
    private(set) var watch: Watch
    private(set) var settling = Settling()
    private(set) var journal = Journal()
    private(set) var connection = Connection()
    private(set) var isStopped = false
    /// What may be spent.
    var spending: SpendingPolicy
    private var secrets = RunSecrets()
    /// Lost runs that are being looked for: each by one search only.
    private var searched: Set<RunRecord.ID> = []
    /// Runs whose end is being asked for: each by one task only.
    private var canceled: Set<RunRecord.ID> = []
    /// Runs whose model was asked for once more because the server did not know its version.
    private var askedAnew: Set<RunRecord.ID> = []
    private let knowledge: RunKnowledge

    init(_ configuration: RunnerConfiguration, _ knowledge: RunKnowledge, now: Date) {
        outbox = Outbox(
            budget: CreationBudget(perMinute: configuration.creationsPerMinute, now: now),
            places: configuration.mostCreations
        )
        watch = Watch(interval: configuration.interval)
        spending = configuration.spending
        self.knowledge = knowledge
    }

    // MARK: Runs

    /// Goes on with a run that this process has claimed, unless it does so already.
    ///
    /// - Parameters:
    ///   - isNew: the record was changed by the claim, and is told.
    ///   - canceling: its end is wanted. One that was never sent is taken back before anything could be sent.
    mutating func resume(
        _ claimed: RunRecord,
        isNew: Bool = false,
        canceling: Bool = false,
        now: Date
    ) -> [RunnerEffect] {
        let isActive = runs[claimed.id]?.isInFlight == true
        var effects: [RunnerEffect] = []
        if !isActive {
            add(claimed)
            if isNew { effects.append(.tell(.run(claimed))) }
            if !canceling || claimed.stage != .queued { effects += take(.resumed, of: claimed.id, now: now) }
        }
        return canceling ? effects + take(.cancelRequested, of: claimed.id, now: now) : effects
    }

    private mutating func add(_ run: RunRecord) {
        runs[run.id] = run
        if let prediction = run.prediction { watch.assign(prediction.id, to: run.id) }
    }

    /// Something has happened to a run. One that is not in memory is another process' by now, or has ended.
    mutating func take(_ event: RunEvent, of id: RunRecord.ID, now: Date) -> [RunnerEffect] {
        guard var run = runs[id] else {
            if event.concernsPlace { outbox.leave(id) }
            return []
        }
        let steps = RunLife.advance(&run, by: secrets.cleaned(event, of: run), now: now)
        add(run)
        return steps.flatMap { perform($0, id, now) }
    }

    /// Something that the server says of a prediction; nothing happens where no run here has it.
    mutating func take(_ event: RunEvent, ofRunWith prediction: Prediction.ID, now: Date) -> [RunnerEffect] {
        guard let id = watch.run(of: prediction) else {
            watch.remove(prediction)
            return []
        }
        return take(event, of: id, now: now)
    }

    /// Takes in rows of a list; returns the predictions that they showed well enough.
    mutating func take(_ rows: [PredictionRow], now: Date) -> (value: Set<Prediction.ID>, effects: [RunnerEffect]) {
        var shown: Set<Prediction.ID> = []
        var effects: [RunnerEffect] = []
        for row in rows {
            guard let run = watch.run(of: row.id).flatMap({ runs[$0] }) else { continue }
            if row.status == run.prediction?.status, !row.isFinished {
                shown.insert(row.id)
            } else if let prediction = row.prediction, prediction.isComplete {
                shown.insert(row.id)
                effects += take(.reported(prediction), of: run.id, now: now)
                if prediction.isFinished, prediction.logs == nil { watch.wantLogs(of: prediction.id) }
            }
        }
        return (shown, effects)
    }

    /// What the server says of the run, without its secret inputs.
    func cleaned(_ prediction: Prediction, ofRun id: RunRecord.ID) -> Prediction {
        runs[id].map { secrets.cleaned(prediction, of: $0) } ?? prediction
    }

    private mutating func perform(_ step: RunStep, _ id: RunRecord.ID, _ now: Date) -> [RunnerEffect] {
        guard let run = runs[id] else { return [] }
        switch step {
        case .write:
            journal.change(id)
            // Without a journal everything is told at once.
            return journal.holdsBack(id) ? [] : [.tell(.run(run))]
        case .writeThenTell:
            journal.change(id, untold: !journal.hasFailed)
            return journal.hasFailed ? [.tell(.run(run))] : []
        case .writeEnd:
            journal.change(id, isEnd: true)
            return journal.holdsBack(id) ? [] : [.tell(.run(run))]
        case .tell: return journal.holdsBack(id) ? [] : [.tell(.run(run))]
        case .notice(let sentence):
            return [.log(.movedToNewVersion(id, model: run.model)), .tell(.noticed(sentence))]
        case .tellInvalid(let fields): return [.tell(.refused(id, fields))]
        case .queue: outbox.add(id, createdAt: run.createdAt)
        case .leaveQueue: outbox.remove(id)
        case .begin(let version): journal.begin(Beginning(runID: id, version: version))
        case .send(let permit):
            guard let input = secrets.input(of: run) else { return take(.secretsForgotten, of: id, now: now) }
            return [.begin(.send(run, input, permit, cancelAfter: spending.cancelAfter))]
        case .leavePlace: outbox.leave(id)
        case .findNewVersion(let version, let error):
            guard askedAnew.insert(id).inserted, let input = secrets.input(of: run) else {
                return take(.versionGone(error), of: id, now: now)
            }
            return [.begin(.findNewVersion(run, input, version: version, error))]
        case .countCreation: outbox.accepted()
        case .slowDown(let seconds): outbox.slowDown(seconds, now: now)
        case .pauseSending(let seconds): outbox.pause(seconds, now: now)
        case .reportOutage(let error): return failed(error)
        case .reportUnwritten:
            let sentence = "The journal cannot be written, so nothing was sent: check the disk's space and rights"
            return [.log(.notSent(id)), .tell(.offline(sentence))]
        case .lookFor: return searched.insert(id).inserted ? [.log(.lookedFor(id)), .begin(.search(id))] : []
        case .watch:
            guard let prediction = run.prediction else { return [] }
            let createdAt = prediction.createdAt ?? run.sentAt ?? run.createdAt
            watch.add(prediction.id, createdAt: createdAt, typical: knowledge.typical(run.model))
        case .unwatch(let prediction): watch.remove(prediction)
        case .release(let prediction):
            watch.release(prediction)
            journal.told(id)
        case .watchAgainLater: return [.begin(.watchAgain(id))]
        case .cancel: return canceled.insert(id).inserted ? [.begin(.cancel(id))] : []
        case .book:
            guard let prediction = run.prediction else { return [] }
            return take(.booked(knowledge.booking(run, prediction)), of: id, now: now)
        case .save: settling.add(id)
        }
        return []
    }

    /// The run is not worked on here any more.
    ///
    /// - Parameter end: its last record; nil: another process works on it.
    private mutating func drop(_ id: RunRecord.ID, _ end: RunRecord?) -> [RunnerEffect] {
        // One that may be sent again needs them then.
        if end?.stage != .resendable { secrets.forget(id) }
        if let prediction = runs.removeValue(forKey: id)?.prediction { watch.release(prediction.id) }
        askedAnew.remove(id)
        outbox.remove(id)
        journal.forget(id)
        return [.wake(id, end)]
    }

    /// Another process has taken the run over, because this one was taken for dead: nothing of it is touched here any more.
    /// What this process has learnt of it, the server knows too.
    mutating func lose(_ id: RunRecord.ID) -> [RunnerEffect] {
        let entry = RunnerLogEntry.takenOver(id, runs[id]?.prediction?.id)
        return [.log(entry)] + drop(id, nil) + [.tell(.takenOver(id))]
    }

    // MARK: Tasks

    /// A search has ended. Where the run was lost again meanwhile, another begins.
    mutating func searchEnded(_ id: RunRecord.ID, now: Date) -> [RunnerEffect] {
        searched.remove(id)
        return runs[id]?.stage == .unclear ? take(.resumed, of: id, now: now) : []
    }

    /// Asking for the end of a prediction has ended. Where the run has another one by now, that one's is asked for.
    mutating func cancelEnded(_ id: RunRecord.ID, of last: Prediction.ID?) -> [RunnerEffect] {
        canceled.remove(id)
        guard let run = runs[id], run.stage == .accepted, run.cancelRequestedAt != nil, run.prediction?.id != last,
            run.prediction?.isFinished == false
        else { return [] }
        canceled.insert(id)
        return [.begin(.cancel(id))]
    }

    mutating func savingPaused(_ id: RunRecord.ID) -> [RunnerEffect] {
        settling.pause(id)
        return []
    }

    mutating func savingResumed(_ id: RunRecord.ID) -> [RunnerEffect] {
        settling.resume(id)
        return []
    }

    /// The task that saves a run's outputs has ended. Where the run has another prediction by now, its outputs are saved.
    mutating func savingEnded(_ id: RunRecord.ID) -> [RunnerEffect] {
        settling.end(id)
        if let run = runs[id], run.stage == .accepted, run.prediction?.isFinished == true { settling.add(id) }
        return []
    }

    // MARK: The connection

    mutating func answered() -> [RunnerEffect] { connection.answered() ? [.tell(.online)] : [] }

    /// A request failed; told once, as a state of the connection and not of any run.
    mutating func failed(_ error: APIError) -> [RunnerEffect] {
        [.log(.requestFailed(error))] + (connection.failed(error) ? [.tell(.offline(error.explanation))] : [])
    }

    mutating func answered(_ order: PollSchedule.Order, unseen: Set<Prediction.ID>, now: Date) -> [RunnerEffect] {
        watch.answered(order, unseen: unseen, now: now)
        return answered()
    }

    mutating func failed(_ order: PollSchedule.Order, _ error: APIError, now: Date) -> [RunnerEffect] {
        watch.failed(order, retryAfter: error.wait, now: now)
        return error.code == .canceled ? [] : failed(error)
    }

    /// Runs that are looked at: asked for more often, and singly, because only that brings logs and progress.
    ///
    /// - Parameter focused: also has its logs fetched where it has ended without.
    mutating func attend(visible: [RunRecord.ID], focused: RunRecord.ID?) -> [RunnerEffect] {
        let ids = visible.prefix(3) + [focused].compactMap { $0 }
        watch.attend(Set(ids.compactMap { runs[$0]?.prediction?.id }))
        guard let focused, runs[focused] == nil else { return [] }
        return [.begin(.fetchLogs(focused))]
    }

    /// Whether the logs of an ended run are to be asked for now.
    mutating func shouldAskForLogs(of run: RunRecord, now: Date) -> Prediction.ID? {
        watch.shouldAskForLogs(of: run, now: now)
    }

    // MARK: What is due

    mutating func stop() { isStopped = true }

    /// What is to be begun now, and the seconds until there may be more; nil: an event comes first.
    mutating func begin(now: Date) -> (effects: [RunnerEffect], wait: Double?) {
        guard !isStopped else { return ([], nil) }
        var effects: [RunnerEffect] = []
        var wait: Double?
        sending: while true {
            switch outbox.next(now: now) {
            case .send(let id):
                // It may have been canceled, or lost, while it was in line.
                if let run = runs[id], run.stage == .queued {
                    effects.append(.begin(.findVersion(run)))
                } else {
                    outbox.giveBack(id)
                }
            case .wait(let seconds):
                wait = seconds
                break sending
            case .nothing: break sending
            }
        }
        while let order = watch.next(now: now) { effects.append(.begin(.ask(order))) }
        if let due = watch.wait(now: now) { wait = min(wait ?? due, due) }
        while let id = settling.next() { effects.append(.begin(.saveOutputs(id))) }
        return (effects, wait)
    }
}

// MARK: - The journal

extension RunnerState {
    mutating func submit(_ submission: RunSubmission) -> [RunnerEffect] {
        journal.submit(submission)
        return []
    }

    /// What is to be written now; nil: nothing, or a turn is being written.
    ///
    /// What may be sent at once is journaled as being sent from the beginning, so that nothing needs to be written between
    /// that and the request.
    ///
    /// - Parameter skew: as ``History/RunRecord/sentSkew``.
    mutating func beginTurn(now: Date, skew: Double = 0) -> JournalTurn? {
        guard var turn = journal.beginTurn(at: now, record: { runs[$0] }) else { return nil }
        turn.skew = skew
        // One that was canceled meanwhile is not sent; after a stop none is, and the next start finds them queued.
        for beginning in turn.beginning where isStopped || runs[beginning.runID]?.stage != .queued {
            outbox.leave(beginning.runID)
        }
        turn.beginning.removeAll { isStopped || runs[$0.runID]?.stage != .queued }
        for index in turn.entering.indices where !isStopped {
            for entry in turn.entering[index].entries.indices {
                let id = turn.entering[index].entries[entry].record.id
                // Of an id that a run has already, nothing will be journaled.
                guard turn.entering[index].entries[entry].version != nil, runs[id] == nil,
                    outbox.reserve(id, now: now)
                else { continue }
                turn.entering[index].entries[entry].record.stage = .sending
                turn.entering[index].entries[entry].record.sentAt = now
                turn.entering[index].entries[entry].record.sentSkew = skew
            }
        }
        return turn
    }

    /// The turn is over: what is durable becomes true in memory.
    mutating func endTurn(_ outcome: JournalOutcome, now: Date) -> [RunnerEffect] {
        var effects = outcome.lost.sorted().flatMap { lose($0) }
        for run in outcome.written {
            let written = journal.written(run.id)
            if written.isUntold { effects.append(.tell(.run(run))) }
            if written.isEnd, runs[run.id]?.isInFlight != true { effects += drop(run.id, run) }
        }
        for run in outcome.unwritten where journal.notWritten(run.id) {
            effects.append(.tell(.run(runs[run.id] ?? run)))
        }
        for run in outcome.owned {
            _ = journal.notWritten(run.id)
            guard let prediction = run.prediction else { continue }
            effects += take(.belongsToAnother(prediction.id), of: run.id, now: now)
        }
        journal.endTurn()
        for id in outcome.notBegun { outbox.leave(id) }
        for id in outcome.unbegun { effects += take(.notJournaled, of: id, now: now) }
        for permit in outcome.begun { effects += begun(permit, now) }
        for (submission, permits) in outcome.entered { effects += entered(submission, permits, now) }
        for (submission, error) in outcome.notEntered { effects += notEntered(submission, error) }
        return effects + health(outcome)
    }

    private mutating func begun(_ permit: SendPermit, _ now: Date) -> [RunnerEffect] {
        take(isStopped ? .stopped : .begun(permit), of: permit.runID, now: now)
    }

    private mutating func entered(
        _ submission: RunSubmission,
        _ permits: [RunRecord.ID: SendPermit],
        _ now: Date
    ) -> [RunnerEffect] {
        let records = submission.made.map(\.record)
        var effects: [RunnerEffect] = []
        for entry in submission.entries where entry.reused != nil { outbox.giveBack(entry.record.id) }
        for entry in submission.made { secrets.keep(entry.secret, of: entry.record.id) }
        for record in records {
            add(record)
            effects.append(.tell(.run(record)))
            if let permit = permits[record.id] {
                effects += begun(permit, now)
            } else {
                effects += take(.resumed, of: record.id, now: now)
            }
        }
        let ordered = submission.entries.map { entry in
            entry.reused.map { OrderedRun($0, isReused: true) } ?? OrderedRun(entry.record)
        }
        return effects + [.answerSubmission(submission.id, .success(ordered))]
    }

    private mutating func notEntered(_ submission: RunSubmission, _ error: any Error) -> [RunnerEffect] {
        for record in submission.entries.map(\.record) where runs[record.id] == nil {
            outbox.giveBack(record.id)
        }
        return [.answerSubmission(submission.id, .failure(error))]
    }

    private mutating func health(_ outcome: JournalOutcome) -> [RunnerEffect] {
        if let error = outcome.failure, !outcome.unwritten.isEmpty {
            let log = RunnerEffect.log(.notWritten(reason: "\(error)"))
            guard journal.failed() else { return [log] }
            let sentence = "The history cannot be written: check the disk's space and rights. Nothing is lost yet."
            return [log, .tell(.offline(sentence)), .begin(.retryJournal)]
        }
        guard outcome.failure == nil, journal.recovered() else { return [] }
        return [.tell(connection.outage.map { .offline($0) } ?? .online)]
    }
}

extension RunSecrets {
    /// What the server says of the run, without its secrets.
    fileprivate func cleaned(_ event: RunEvent, of run: RunRecord) -> RunEvent {
        switch event {
        case .created(let prediction): .created(cleaned(prediction, of: run))
        case .found(let prediction): .found(cleaned(prediction, of: run))
        case .reported(let prediction): .reported(cleaned(prediction, of: run))
        case .logsFetched(let prediction): .logsFetched(cleaned(prediction, of: run))
        case .notCreated(let error, let version): .notCreated(cleaned(error, of: run), version: version)
        case .versionGone(let error): .versionGone(cleaned(error, of: run))
        case .resumed, .versionFound, .versionNotFound, .begun, .notJournaled, .stopped, .secretsForgotten,
            .movedToNewVersion, .notFound, .belongsToAnother, .unknownToServer, .watchedAgain, .cancelRequested,
            .savingBegun, .booked, .outputSaved, .outputFailed, .savingPaused, .savingEnded:
            event
        }
    }
}

extension Prediction {
    /// A row of a list may be thinner than a single answer: an end without what it made has to be asked for singly.
    fileprivate var isComplete: Bool {
        guard isFinished else { return true }
        // What failed may have made something all the same.
        guard status == .succeeded else { return raw["output"] != nil || dataRemoved || status == .aborted }
        // Why nothing was made is told by the log, which rows do not have.
        return (dataRemoved || !succeededWithoutOutput) && !metrics.isEmpty
    }
}
