import Foundation
import History
import Logging
package import Pricing
import ReplicateAPI

extension PredictionRunner {
    /// Takes a record into memory and does what its stage asks for.
    func adopt(_ run: RunRecord) {
        active[run.id] = run
        if let prediction = run.prediction { byPrediction[prediction.id] = run.id }
        switch run.stage {
        case .accepted:
            guard let prediction = run.prediction else { break }
            if prediction.isFinished { return settleLater(run.id) }
            schedule.add(
                prediction.id,
                createdAt: prediction.createdAt ?? run.sentAt ?? run.createdAt,
                typical: typical(of: run.model)
            )
            if run.cancelRequestedAt != nil { work { await self.confirmCancel(run.id) } }
        case .unclear: work { await self.reconcile(run.id) }
        case .queued: queue.append(run.id)
        case .sending, .resendable, .settled, .refused: break
        }
    }

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

    /// As ``save(_:)-(RunRecord)``, but on the disk before this returns, if the disk lets it.
    func saveNow(_ run: RunRecord) {
        active[run.id] = run
        unwritten[run.id] = unwritten[run.id] ?? false
        write()
        onUpdate(.run(run))
    }

    /// The record has reached its end, or needs a person. Who waits for it hears once it is written.
    func finish(_ run: RunRecord) {
        active[run.id] = run
        unwritten[run.id] = true
        onUpdate(.run(run))
        writeSoon()
    }

    /// One write takes a few milliseconds, for one record or a hundred: what comes meanwhile shares the next.
    private func writeSoon() {
        guard !isWriting, !hasWriteFailed else { return }
        isWriting = true
        Task { self.writeInTurn() }
    }

    private func writeInTurn() {
        isWriting = false
        write()
    }

    /// Returns when everything that was told is on the disk, if the disk lets it.
    package func makeDurable() { write() }

    /// Writes every record that is not on the disk as it is in memory.
    func write() {
        guard !unwritten.isEmpty else { return }
        let runs = unwritten.keys.compactMap { active[$0] }
        do {
            try store.update(runs)
        } catch {
            logger.error("the history cannot be written", metadata: ["error": "\(error)"])
            guard !hasWriteFailed else { return }
            hasWriteFailed = true
            onUpdate(.offline("The history cannot be written: check the disk's space and rights. Nothing is lost yet."))
            return work { await self.writeAgain() }
        }
        let ended = runs.filter { unwritten[$0.id] == true }
        unwritten = [:]
        for run in ended { forget(run) }
        if hasWriteFailed {
            hasWriteFailed = false
            onUpdate(outage.map { .offline($0) } ?? .online)
        }
    }

    private func writeAgain() async {
        while hasWriteFailed, await rest(2) { write() }
    }

    /// The record has been written as ended: nothing of it is kept in memory.
    private func forget(_ run: RunRecord) {
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
}

extension RunRecord.Price {
    package init(_ estimate: Estimate) {
        self.init(
            low: estimate.low.map { "\($0.amount)" },
            high: estimate.high.map { "\($0.amount)" },
            because: estimate.explanation,
            isRange: estimate.isRange
        )
    }
}
