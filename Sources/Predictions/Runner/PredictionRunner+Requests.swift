import Foundation
package import History
package import ReplicateAPI
import ReplicateClient

/// What callers ask for.
extension PredictionRunner {
    /// Whether a run in flight was sent, or is to be sent, with another token or to another address: it is not gone on with
    /// here. False where this runner has no token.
    package nonisolated func isOfAnotherAccount(_ run: RunRecord) -> Bool {
        guard let account = client.configuration.account else { return false }
        return run.isInFlight && !run.belongs(to: account)
    }

    /// Goes on with everything that was in flight when a process ended, and that belongs to no other living process, nor to
    /// another account.
    ///
    /// - Parameter sendsQueued: false: runs that were never sent stay as they are.
    package func start(sendsQueued: Bool = true) async throws {
        for run in try await journal.claimInFlight() where sendsQueued || run.stage != .queued { resume(run) }
    }

    /// Goes on with one run where it stands, unless another process does.
    ///
    /// - Parameter sendsQueued: also one that was never sent is taken over, and sent.
    package func goOn(with id: String, sendsQueued: Bool = false) async throws {
        guard state.runs[id] == nil, let claimed = try await journal.claimInFlight(id, queued: sendsQueued) else {
            return
        }
        resume(claimed)
    }

    /// Journals the runs, all or none, and begins to send them in the background.
    ///
    /// Throws ``BudgetRefusal`` when they would break a budget together with what every process on this database has
    /// spent and has under way, and whatever else when they cannot be made durable: nothing is sent then.
    package func submit(_ drafts: [RunDraft]) async throws -> [RunRecord] { try await order(drafts).map(\.run) }

    /// As ``submit(_:)``, and tells which runs were there already under the keys of their drafts: within the journal's
    /// transaction, so that of two processes with one key one makes the run and both get it.
    ///
    /// Throws ``KeyConflict`` as well, when a key stands for another order, and ``OutputObstacle`` when what is to be made
    /// could not be saved: nothing is sent then.
    package func order(_ drafts: [RunDraft]) async throws -> [OrderedRun] {
        await learnTime()
        try await checkFolders(drafts)
        let submission = intake.submission(of: drafts, clock: client.clock)
        return try await withCheckedThrowingContinuation { continuation in
            waiters.add(submission: submission.id, continuation)
            update { state, _ in state.submit(submission) }
        }
    }

    /// What ``order(_:)`` would do now, before anything is uploaded or asked: another process may be quicker. Throws
    /// ``KeyConflict``.
    package func preview(_ drafts: [RunDraft]) async throws -> [KeyRule.Decision] {
        try await journal.preview(drafts, intake)
    }

    /// A run that is there already is answered with, whatever its folder has become.
    private func checkFolders(_ drafts: [RunDraft]) async throws {
        do { try await intake.saver.check(Set(drafts.filter(\.savesOutputs).map(\.outputFolder))) } catch {
            guard try await preview(drafts).contains(.make) else { return }
            throw error
        }
    }

    /// Budgets by day go by the server's clock. Where it cannot be asked they count too much rather than too little.
    private func learnTime() async { if state.spending.limitsTime { await timeLesson.learn() } }

    /// Cancels. The run stays what it is until the server confirms; one that succeeded anyway is saved.
    package func cancel(_ id: String) throws { update { $0.take(.cancelRequested, of: id, now: $1) } }

    /// Cancels a run of this history wherever it stands, also one that no process works on, or that another living process
    /// has in line and never sent.
    ///
    /// Returns false when another living process has sent it, or when it is not in flight: nothing is changed then.
    package func cancelRecorded(_ id: String) async throws -> Bool {
        if state.runs[id] != nil {
            try cancel(id)
        } else {
            guard let claimed = try await journal.claimToCancel(id) else { return false }
            update { $0.resume(claimed, canceling: true, now: $1) }
        }
        return true
    }

    /// Watches a prediction, whether or not it was started here.
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
    ) async throws -> RunRecord {
        let now = client.clock.now()
        let record = intake.record(of: prediction, origin: origin, now: now)
        let followed = try await journal.follow(record, savesOutputs, folder, active: Set(state.runs.keys), now: now)
        return followed.isClaimed ? resume(followed.run, isNew: followed.isChanged) : followed.run
    }

    /// Takes a prediction for that lost run, as a person has chosen; nil when it is another run's by now, or the run is no
    /// longer lost.
    package func follow(_ prediction: Prediction, as id: String) async throws -> RunRecord? {
        try await journal.claimLost(id, as: prediction).map { resume($0, isNew: true) }
    }

    /// Sends a run again that the server does not know; only a person may order that. Throws ``BudgetRefusal`` as a new run
    /// does.
    ///
    /// One with secret inputs can be sent again only by the process that still knows them; elsewhere it is refused. Throws
    /// ``OutputObstacle`` as a new run does.
    package func resend(_ id: String) async throws {
        await learnTime()
        if let run = try await journal.run(id), run.savesOutputs { try await intake.saver.check([run.outputFolder]) }
        let claimed = try await journal.claimToResend(id, spending: state.spending, clock: client.clock)
        if let claimed { resume(claimed, isNew: true) }
    }

    /// Begins to fetch files again that are lost, under names of their own; whatever lies under the old ones stays.
    ///
    /// nil when they are not to be had any more, or another process works on the run.
    package func fetchAgain(_ paths: Set<String>, of id: String) async throws -> RunRecord? {
        guard state.runs[id] == nil else { return nil }
        return try await journal.claimLostFiles(paths, of: id, now: client.clock.now()).map { resume($0) }
    }

    /// Takes the record off the list; files stay, and so does what it cost. A run in flight must be canceled first.
    package func delete(_ id: String) async throws {
        guard state.runs[id] == nil, try await journal.delete(id) else { return }
        update { _, _ in [.tell(.deleted(id))] }
    }

    /// Runs that are looked at: asked for more often, and singly, because only that brings logs and progress.
    package func attend(visible: [String], focused: String?) {
        update { state, _ in state.attend(visible: visible, focused: focused) }
    }

    /// Waits until a run has ended and its outputs are saved, or needs a person; nil after `timeout` or a stop.
    package func wait(for id: String, timeout: Duration?) async -> RunRecord? {
        // One that has ended but is not written yet counts as under way.
        guard state.runs[id] != nil, !state.isStopped else { return (try? await journal.run(id)) ?? nil }
        return await waiters.wait(waiters.ticket(for: id), timeout: timeout, sleep: configuration.sleep)
    }

    /// What may be spent from now on; runs that were let through stay.
    package func adopt(_ spending: SpendingPolicy) { state.spending = spending }

    /// Goes on with a run that was claimed; returns its record as it is then.
    ///
    /// - Parameter isNew: the record was changed by that, and is told.
    @discardableResult
    private func resume(_ claimed: RunRecord, isNew: Bool = false) -> RunRecord {
        update { $0.resume(claimed, isNew: isNew, now: $1) }
        return state.runs[claimed.id] ?? claimed
    }

    /// A model that was seen within the hour, else from the API.
    ///
    /// - Parameter asking: asks the server even where it was seen.
    package func model(_ reference: ModelReference, asking: Bool = false) async throws(APIError) -> Model {
        let lookup = try await models.lookUp(reference, asking: asking)
        if lookup.wasAsked { update { state, _ in state.answered() } }
        return lookup.model
    }

    /// The model and, where one is named, the version: what is known if it was seen within the hour, else from the API.
    ///
    /// Throws ``APIError/Code/notFound`` where there is no such model, or no such version of it.
    package func details(of reference: ModelReference, asking: Bool = false) async throws(APIError) -> ModelAnswer {
        try await models.answer(try await model(reference, asking: asking), for: reference)
    }
}
