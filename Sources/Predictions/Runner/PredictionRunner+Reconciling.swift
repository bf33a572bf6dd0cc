import Foundation
package import History
import Logging
package import ReplicateAPI
import ReplicateClient

extension PredictionRunner {
    /// Looks for a creation whose answer was lost, until it is found or certainly is not there.
    func reconcile(_ id: String) async {
        guard let lost = active[id], lost.stage == .unclear else { return }
        var search = Reconciliation(
            model: ModelReference(lost.model)?.path ?? lost.model,
            input: lost.input,
            sentAt: lost.sentAt ?? lost.createdAt,
            answerTimeout: client.configuration.answerTimeout
        )
        var wait = search.firstWait
        while await rest(wait), let run = active[id], run.stage == .unclear {
            let listed: [Prediction]
            do {
                listed = try await predictions(from: search.createdAfter, to: search.createdBefore)
                heard()
            } catch {
                // Not having been able to look is no look.
                failed(error)
                wait = max(5, error.wait ?? 0)
                continue
            }
            switch search.judge(listed, owned: owned(among: listed)) {
            case .adopt(let prediction):
                if claim(prediction, for: run) { return }
                // Another process's record was quicker: it was that one's.
                wait = search.firstWait
            case .lookAgain(let seconds): wait = seconds
            case .ambiguous(let candidates):
                return needPerson(
                    run,
                    "\(candidates.count) predictions on the server could be this one",
                    candidates.map(\.id.rawValue)
                )
            case .absent: return needPerson(run, "the server does not know it; nothing was paid")
            }
        }
    }

    /// Takes one of the predictions that a lost run could be, on a person's word; nil when no lost run could be it.
    func take(_ prediction: Prediction) throws -> RunRecord? {
        guard let run = try store.resendable().first(where: { $0.candidates.contains(prediction.id.rawValue) }),
            try store.claim(run.id, owner: owner), claim(prediction, for: run)
        else { return nil }
        return active[run.id]
    }

    /// Takes a prediction for that lost run, on a person's word; nil when it is another run's by now, or the run is no
    /// longer lost.
    package func follow(_ prediction: Prediction, as id: String) throws -> RunRecord? {
        guard let run = try store.run(id), run.stage == .resendable, try store.claim(id, owner: owner),
            claim(prediction, for: run)
        else { return nil }
        return active[id]
    }

    /// Makes the prediction this run's; false when another record has it.
    private func claim(_ prediction: Prediction, for run: RunRecord) -> Bool {
        var run = run
        run.stage = .accepted
        run.prediction = prediction
        run.candidates = []
        run.failure = nil
        do {
            try store.update([run])
        } catch let error as HistoryError where error == .ownedByAnother {
            return false
        } catch {
            // Unwritten, it is still unclear after a crash, and found again.
            logger.error("the history cannot be written", metadata: ["error": "\(error)"])
        }
        save(run)
        adopt(run)
        pump()
        return true
    }

    private func needPerson(_ unclear: RunRecord, _ why: String, _ candidates: [String] = []) {
        var run = unclear
        run.stage = .resendable
        run.failure = why
        run.candidates = candidates
        finish(run)
    }

    private func predictions(from start: Date, to end: Date) async throws(APIError) -> [Prediction] {
        var page = try await client.predictions(createdAfter: start, createdBefore: end)
        var all = page.results
        // A window of minutes holds a few pages at the most; a list without an end must not hold us.
        for _ in 0..<200 {
            guard let next = try await client.predictions(after: page) else { break }
            all += next.results
            page = next
        }
        return all
    }

    private func owned(among listed: [Prediction]) -> Set<Prediction.ID> {
        Set(listed.map(\.id).filter { ((try? store.run(predictionID: $0.rawValue)) ?? nil) != nil })
    }
}
