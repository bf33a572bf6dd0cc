import Foundation
import History
import Money
import ReplicateAPI
import ReplicateClient

extension PredictionRunner {
    /// Cancels. The run stays what it is until the server confirms; one that succeeded anyway is saved.
    package func cancel(_ id: String) throws {
        guard var run = active[id], run.isInFlight else { return }
        run.cancelRequestedAt = client.clock.now()
        if run.stage == .queued { return withdraw(run) }
        save(run)
        // Without an id there is nothing to cancel yet: it is done as soon as there is one.
        if run.stage == .accepted { work { await self.confirmCancel(id) } }
    }

    /// Cancels a run of this history wherever it stands, also one that no process works on.
    ///
    /// Returns false when another living process works on it, or when it is not in flight: nothing is changed then.
    package func cancelRecorded(_ id: String) throws -> Bool {
        if active[id] == nil {
            guard let claimed = try store.claim(id, changing: { run, _ in run.isInFlight }) else { return false }
            // In memory but not in line: it is taken back before anything could be sent.
            if claimed.stage == .queued { active[id] = claimed } else { try goOn(with: claimed) }
        }
        try cancel(id)
        pump()
        return true
    }

    /// Takes back a run that was never sent.
    func withdraw(_ queued: RunRecord) {
        var run = queued
        run.stage = .refused
        run.failure = "canceled before it was sent: free"
        run.finishedAt = client.clock.now()
        run.cost = .free(reason: "it was never sent")
        finish(run)
    }

    /// Asks for the end of a run until the server says that it has ended, however long that takes.
    func confirmCancel(_ id: String) async {
        var pause = 0.5
        while let prediction = active[id]?.prediction, !prediction.isFinished {
            do throws(APIError) {
                take([try await client.cancel(prediction.id)])
                heard()
            } catch {
                // It may just have ended by itself: the next look tells.
                if !error.isTransient { return }
                failed(error)
            }
            guard active[id]?.prediction?.isFinished == false, await rest(pause) else { return }
            pause = min(pause * 1.5, 10)
        }
    }
}
