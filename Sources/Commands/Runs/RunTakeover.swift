import Foundation
import History
import Money
import Predictions
import ReplicateAPI

/// Waits for a run that is there already under its key, whichever process works on it: should that one die, this one takes
/// over, and goes on where it stands.
struct RunTakeover: Sendable {
    let composition: Composition

    /// The run when it has ended; nil when the time is up.
    ///
    /// One that the server certainly does not have is sent, because its order is given once more: nothing was paid for it.
    /// One in flight of another account is returned as it stands. Of one that ended before, outputs that are not on the disk are fetched while they are to be had.
    func end(of run: RunRecord, until end: ContinuousClock.Instant?) async throws -> RunRecord? {
        let clock = ContinuousClock()
        var isResent = false
        var isFetched = false
        let patience = clock.now + .seconds(15)
        var unsavedSince: ContinuousClock.Instant?
        while true {
            guard let current = try composition.store.run(run.id) else { return run }
            if composition.runner.isOfAnotherAccount(current) { return current }
            if current.isInFlight {
                try await composition.runner.goOn(with: current.id, sendsQueued: true)
            } else if current.isCertainlyAbsent, !isResent {
                isResent = true
                do { try await composition.runner.resend(current.id) } catch let refusal as BudgetRefusal {
                    throw CommandError(.overBudget, refusal.description)
                } catch let obstacle as OutputObstacle {
                    throw CommandError(obstacle)
                }
            } else if current.hasEndedWell, current.lacksFiles, !isFetched, let prediction = current.prediction {
                isFetched = true
                _ = try await composition.runner.follow(prediction, origin: current.origin)
            } else {
                return current
            }
            if let end, clock.now >= end { return nil }
            if current.stage == .queued, clock.now > patience, let outage = composition.runner.currentOutage {
                throw CommandError(.unreachable, "\(outage) The run is still queued, and nothing is owed for it.")
            }
            if clock.now > patience, composition.runner.currentFailure?.refusesToken == true { return nil }
            if current.isInFlight, current.outputs.contains(where: { $0.failure != nil }) {
                let since = unsavedSince ?? clock.now
                unsavedSince = since
                if clock.now - since > .seconds(20) { return nil }
            }
            let left = end.map { max(.zero, $0 - clock.now) } ?? .seconds(1)
            let last = await composition.runner.wait(for: run.id, timeout: min(left, .seconds(1)))
            if last == nil || last?.isInFlight == true { try await clock.sleep(for: .milliseconds(100)) }
        }
    }
}

extension RunRecord {
    /// Something that is to be saved is not on the disk.
    var lacksFiles: Bool {
        savesOutputs && (outputs.contains { $0.path == nil } || !missingFiles.isEmpty)
    }
}
