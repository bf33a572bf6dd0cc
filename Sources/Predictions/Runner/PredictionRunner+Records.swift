import Foundation
import History
import ReplicateAPI

extension PredictionRunner {
    /// Takes a record into memory and does what its stage asks for.
    func adopt(_ run: RunRecord) {
        active[run.id] = run
        if let prediction = run.prediction { byPrediction[prediction.id] = run.id }
        switch run.stage {
        case .accepted:
            guard let prediction = run.prediction else { break }
            if prediction.isFinished { return settle(run.id) }
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

    func typical(of model: String) -> Double? {
        if let known = typicals[model] { return known }
        guard let past = try? store.durations(of: model), past.count >= 2 else { return nil }
        let median = past.sorted()[past.count / 2]
        typicals[model] = median
        return median
    }
}
