import Foundation
import History
import Money
import ReplicateAPI

/// What an earlier demo was working on when it was left: its server ended with it, and the new one knows nothing of it.
enum EndedDemo {
    static let sentence = "the demo that ran it has ended"

    /// Closes the records of runs that nobody works on any more; those of another demo that is still open stay, and so
    /// do those that were never sent.
    static func closeRuns(in store: HistoryStore, at now: Date) {
        guard let mine = try? store.claimInFlight(), let runs = try? store.inFlight() else { return }
        let lost = runs.filter { mine.contains($0.id) && $0.stage != .queued }
        // The new server has another address, and takes what the old one never got.
        let unsent = runs.filter { mine.contains($0.id) && $0.stage == .queued }
        try? store.update(
            unsent.map { run in
                var run = run
                run.account = nil
                return run
            }
        )
        // What cannot be written now is asked for as in any other start.
        try? store.update(lost.map { closed($0, at: now) })
    }

    private static func closed(_ run: RunRecord, at now: Date) -> RunRecord {
        var run = run
        run.stage = .settled
        run.finishedAt = run.prediction?.completedAt ?? now
        run.cost = .free(reason: "the demo bills nothing")
        guard let prediction = run.prediction, prediction.status == .succeeded else {
            run.failure = sentence
            return run
        }
        let known = run.outputs
        run.outputs = prediction.outputURLs.map { url in
            var output = known.first { $0.url == url } ?? RunRecord.Output(url: url)
            if output.path == nil { output.failure = "not saved: \(sentence)" }
            return output
        }
        return run
    }
}
