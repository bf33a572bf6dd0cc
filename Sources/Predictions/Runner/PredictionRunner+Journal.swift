import Foundation
import History
import Logging
import Pricing
import ReplicateAPI
import ReplicateClient

/// Runs that somebody wants started, and who waits for them to be journaled.
struct RunSubmission {
    let drafts: [RunDraft]
    let continuation: CheckedContinuation<[RunRecord], any Error>
}

/// A run that may be sent as soon as the journal says that it is being sent.
struct ReadyRun {
    let id: String
    /// What the creating request names.
    let version: String
}

/// The journal is written in turns: everything that has come to be written by then goes into one transaction, and becomes
/// true in memory once that is on the disk. A turn takes a few milliseconds, for one record as well as for a hundred, and
/// what comes meanwhile shares the next.
extension PredictionRunner {
    // MARK: What goes into a turn

    /// The record has changed: told about at once, and written with whatever else has changed by then. After a crash in
    /// between, the server is asked again.
    func save(_ run: RunRecord) { save([run]) }

    func save(_ runs: [RunRecord]) {
        for run in runs {
            active[run.id] = run
            unwritten[run.id] = unwritten[run.id] ?? false
            onUpdate(.run(run))
        }
        writeSoon()
    }

    /// As ``save(_:)-(RunRecord)``, but told about only when it is on the disk, if the disk lets it.
    func saveBeforeTelling(_ run: RunRecord) {
        if hasWriteFailed { return save(run) }
        active[run.id] = run
        unwritten[run.id] = unwritten[run.id] ?? false
        untold.insert(run.id)
        writeSoon()
    }

    /// The record has reached its end, or needs a person. Who waits for it hears once it is written.
    func finish(_ run: RunRecord) {
        active[run.id] = run
        unwritten[run.id] = true
        if !untold.contains(run.id) { onUpdate(.run(run)) }
        writeSoon()
    }

    func writeSoon() {
        guard !isWriting, !hasWriteFailed || !submissions.isEmpty || !ready.isEmpty else { return }
        isWriting = true
        Task { self.writeInTurn() }
    }

    private func writeInTurn() {
        isWriting = false
        write()
    }

    /// Returns when everything that was told is on the disk, if the disk lets it.
    package func makeDurable() { write() }

    // MARK: The turn

    /// Writes all there is to be written.
    func write() {
        let changed = unwritten.keys.compactMap { active[$0] }
        let submissions = submissions
        // Who was canceled meanwhile is not sent; after a stop nobody is, and the next start finds them queued.
        let ready = ready.filter { !isStopped && active[$0.id]?.stage == .queued }
        let dropped = self.ready.count - ready.count
        (self.submissions, self.ready) = ([], [])
        for _ in 0..<dropped { sent() }
        guard !changed.isEmpty || !ready.isEmpty || !submissions.isEmpty else { return }
        do { try commit(changed, ready, submissions) } catch HistoryError.ownedByAnother {
            // One of them can never be written: it must not keep the others from it.
            for run in changed { alone(run) }
            for run in ready { alone([run], []) }
            for submission in submissions { alone([], [submission]) }
        } catch {
            notWritten(changed, ready, submissions, error)
        }
    }

    private func alone(_ run: RunRecord) {
        do { try commit([run], [], []) } catch HistoryError.ownedByAnother {
            exchange(run)
        } catch {
            notWritten([run], [], [], error)
        }
    }

    private func alone(_ ready: [ReadyRun], _ submissions: [RunSubmission]) {
        do { try commit([], ready, submissions) } catch { notWritten([], ready, submissions, error) }
    }

    /// Another record has the prediction that this one was answered with: a lost twin with the same input took it for its
    /// own. Then the twin's, if there is one, is this run's: nobody can tell them apart, and neither may be left behind.
    private func exchange(_ owned: RunRecord) {
        var run = owned
        if let prediction = run.prediction {
            schedule.remove(prediction.id)
            byPrediction[prediction.id] = nil
        }
        run.stage = .unclear
        run.prediction = nil
        run.cost = nil
        run.finishedAt = nil
        run.outputs = []
        untold.remove(run.id)
        // It may have been written as an end.
        unwritten[run.id] = false
        save(run)
        work { await self.reconcile(owned.id) }
    }

    /// One transaction, and what follows from it.
    private func commit(_ changed: [RunRecord], _ ready: [ReadyRun], _ submissions: [RunSubmission]) throws {
        let serverTime = client.clock.now()
        // Before the transaction, because it reads; within it, nothing else may.
        let entering = submissions.map { records(of: $0.drafts, now: serverTime) }
        var results: [Result<[RunRecord], any Error>] = []
        var going: [String: String] = [:]
        let step = try store.write(changed, beginning: ready.map(\.id), at: serverTime) { reader in
            guard !submissions.isEmpty else { return [] }
            var gate = try spending.gate(reader, clock: client.clock)
            for (submission, entering) in zip(submissions, entering) {
                results.append(
                    Result {
                        try gate.admit(submission.drafts.map(\.estimate))
                        return entering.map { sendable($0, serverTime: serverTime, &going) }
                    }
                )
            }
            return results.flatMap { (try? $0.get()) ?? [] }
        }
        lose(step.lost)
        written(changed.filter { !step.lost.contains($0.id) })
        for run in ready { go(run, begun: step.begun.contains(run.id), at: serverTime) }
        for ((submission, entered), result) in zip(zip(submissions, entering), results) {
            if case .success = result { for run in entered { secrets.keep(run.secret, of: run.record.id) } }
            enter(submission, result, going)
        }
        if !submissions.isEmpty { pump() }
    }

    /// A record that is not journaled yet, and what its request will name where that is known without asking anybody.
    private typealias EnteringRun = (record: RunRecord, version: String?, secret: JSONObject)

    private func records(of drafts: [RunDraft], now: Date) -> [EnteringRun] {
        // The time of sending must be the server's.
        let isSkewKnown = client.clock.skew != nil
        return drafts.enumerated().map { index, draft in
            let names = draft.secretInputs.union(
                ModelReference(draft.model).flatMap { known($0.path)?.schema?.secrets } ?? []
            )
            let (input, secret) = RunSecrets.split(draft.input, names: names)
            var record = RunRecord(
                id: draft.id ?? UUID().uuidString.lowercased(),
                model: draft.model,
                input: seeded(input, model: draft.model),
                prompt: draft.prompt,
                origin: draft.origin,
                // Keeps the order of one submission.
                createdAt: now.addingTimeInterval(Double(index) / 10_000),
                estimate: draft.estimate
            )
            record.secretInputs = secret.keys.sorted()
            record.savesOutputs = draft.savesOutputs
            record.outputFolder = saver.folder.absoluteURL.path
            return (record, isSkewKnown ? knownVersion(of: draft.model) : nil, secret)
        }
    }

    /// The record as it is to be journaled: as being sent if it may be at once, so that nothing needs to be written between
    /// that and the request. Then its version goes into `going`.
    private func sendable(
        _ entering: EnteringRun,
        serverTime: Date,
        _ going: inout [String: String]
    ) -> RunRecord {
        var run = entering.record
        guard let version = entering.version, !isStopped, queue.isEmpty, sending + going.count < mostCreations,
            budget.take(now: serverTime) == nil
        else { return run }
        going[run.id] = version
        run.stage = .sending
        run.sentAt = serverTime
        return run
    }

    private func written(_ changed: [RunRecord]) {
        for run in changed {
            let isEnd = unwritten.removeValue(forKey: run.id) == true
            if untold.remove(run.id) != nil { onUpdate(.run(run)) }
            if isEnd { forget(run) }
        }
        if hasWriteFailed, unwritten.isEmpty {
            hasWriteFailed = false
            onUpdate(outage.map { .offline($0) } ?? .online)
        }
    }

    private func go(_ ready: ReadyRun, begun: Bool, at serverTime: Date) {
        guard begun, var run = active[ready.id] else { return sent() }
        run.stage = .sending
        run.sentAt = serverTime
        active[run.id] = run
        onUpdate(.run(run))
        create(run, version: ready.version)
    }

    private func enter(
        _ submission: RunSubmission,
        _ result: Result<[RunRecord], any Error>,
        _ going: [String: String]
    ) {
        if case .success(let runs) = result {
            for run in runs {
                adopt(run)
                onUpdate(.run(run))
                guard let version = going[run.id] else { continue }
                sending += 1
                create(run, version: version)
            }
        }
        submission.continuation.resume(with: result)
    }

    private func notWritten(
        _ changed: [RunRecord],
        _ ready: [ReadyRun],
        _ submissions: [RunSubmission],
        _ error: any Error
    ) {
        for submission in submissions { submission.continuation.resume(throwing: error) }
        for run in ready {
            logger.error("the journal cannot be written; nothing was sent", metadata: ["run": "\(run.id)"])
            onUpdate(.offline("The journal cannot be written, so nothing was sent: check the disk's space and rights"))
            budget.pause(5, now: client.clock.now())
            queueAgain(run.id)
            sent()
        }
        guard !changed.isEmpty else { return }
        // What the server has said is true whether or not it can be written down.
        for run in changed where untold.remove(run.id) != nil { onUpdate(.run(run)) }
        logger.error("the history cannot be written", metadata: ["error": "\(error)"])
        guard !hasWriteFailed else { return }
        hasWriteFailed = true
        onUpdate(.offline("The history cannot be written: check the disk's space and rights. Nothing is lost yet."))
        work { await self.writeAgain() }
    }

    /// Others work on these runs by now, because this process was taken for dead: nothing of them is touched here any more.
    /// What this process has learnt of them, the server knows too.
    func lose(_ ids: Set<String>) {
        for id in ids {
            logger.warning(
                "another process has taken the run over",
                metadata: ["run": "\(id)", "prediction": "\(active[id]?.prediction?.id.rawValue ?? "none")"]
            )
            unwritten[id] = nil
            untold.remove(id)
            drop(id, nil)
            onUpdate(.takenOver(id))
        }
    }

    private func writeAgain() async {
        while hasWriteFailed, await rest(2) { write() }
    }

    /// The record has been written as ended: nothing of it is kept in memory.
    private func forget(_ run: RunRecord) { drop(run.id, run) }

    /// - Parameter end: what those who wait for it get; nil: they get to know that it is not watched here any more.
    private func drop(_ id: String, _ end: RunRecord?) {
        // One that may be sent again needs them then.
        if end?.stage != .resendable { secrets.forget(id) }
        let run = active.removeValue(forKey: id)
        askedAnew.remove(id)
        if let prediction = run?.prediction {
            schedule.remove(prediction.id)
            byPrediction[prediction.id] = nil
        }
        for waiter in (waiters.removeValue(forKey: id) ?? [:]).values { waiter.resume(returning: end) }
        pump()
    }
}
