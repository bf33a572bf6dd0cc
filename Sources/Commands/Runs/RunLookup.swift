import Foundation
import History
import Predictions

/// Waits until it is known whether a run of this history was created.
struct RunLookup {
    let composition: Composition
    /// When to stop waiting.
    let until: ContinuousClock.Instant

    /// The run as it stands when that is known, or when the time is up. One that was never sent is not sent, and not
    /// waited for unless another process may send it.
    func found(_ run: RunRecord) async throws -> RunRecord {
        let clock = ContinuousClock()
        var latest = run
        while latest.prediction == nil, latest.isInFlight, !composition.runner.isOfAnotherAccount(latest) {
            if latest.stage == .queued,
                try !composition.store.isOwnedByAnother(latest.id)
            {
                return latest
            }
            // Should the process that looks for it die, this one takes over.
            try await composition.runner.goOn(with: latest.id)
            guard clock.now < until else { return latest }
            try await clock.sleep(for: .milliseconds(100))
            latest = try composition.store.run(run.id) ?? latest
        }
        return latest
    }
}
