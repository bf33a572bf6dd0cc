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

    /// The record has changed: written, then told about. What cannot be written is tried again until it can, and the
    /// run goes on meanwhile.
    func save(_ run: RunRecord) { save([run]) }

    /// The same for several, in one transaction.
    func save(_ runs: [RunRecord]) {
        for run in runs { active[run.id] = run }
        write(runs, areEnding: false)
        for run in runs { onUpdate(.run(run)) }
    }

    /// The record has reached its end, or needs a person.
    func finish(_ run: RunRecord) {
        active[run.id] = run
        if write([run], areEnding: true) { forget(run) }
        onUpdate(.run(run))
    }

    @discardableResult
    private func write(_ runs: [RunRecord], areEnding: Bool) -> Bool {
        do {
            try store.update(runs)
            for run in runs { unwritten[run.id] = nil }
            return true
        } catch {
            logger.error("the history cannot be written", metadata: ["error": "\(error)"])
            let isFirst = unwritten.isEmpty
            for run in runs { unwritten[run.id] = areEnding || unwritten[run.id] == true }
            onUpdate(.offline("The history cannot be written: check the disk's space and rights. Nothing is lost yet."))
            if isFirst { work { await self.writeAgain() } }
            return false
        }
    }

    private func writeAgain() async {
        while !unwritten.isEmpty, await rest(2) {
            for (id, isEnding) in unwritten {
                guard let run = active[id] else { unwritten[id] = nil; continue }
                guard (try? store.update([run])) != nil else { break }
                unwritten[id] = nil
                if isEnding { forget(run) }
            }
        }
        if unwritten.isEmpty { onUpdate(outage.map { .offline($0) } ?? .online) }
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
            because: estimate.explanation
        )
    }
}
