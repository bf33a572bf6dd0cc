import Foundation
package import History
import Logging
package import ReplicateAPI
import ReplicateClient

extension PredictionRunner {
    /// Looks for a creation whose answer was lost, until it is found or certainly is not there.
    func reconcile(_ id: String) async {
        guard let lost = active[id], lost.stage == .unclear, reconciling.insert(id).inserted else { return }
        defer { reconciling.remove(id) }
        let schema = ModelReference(lost.model).flatMap { known($0.path)?.schema }
        var search = Reconciliation(
            SentCreation(model: lost.model, input: lost.input, unrepeated: schema?.secrets ?? []),
            sentAt: lost.sentAt ?? lost.createdAt,
            answerTimeout: client.configuration.answerTimeout
        )
        var taken: Set<Prediction.ID> = []
        var wait = search.firstWait
        while await rest(wait), active[id]?.stage == .unclear {
            let listing: Reconciliation.Listing
            do {
                listing = try await list(from: search.createdAfter, to: search.createdBefore)
                heard()
            } catch {
                // Not having been able to look is no look.
                failed(error)
                wait = max(5, error.wait ?? 0)
                continue
            }
            // While the list was read, the run may have been found by another way.
            guard let run = active[id], run.stage == .unclear else { return }
            switch search.judge(listing, owned: taken.union(owned(by: id, among: listing.predictions))) {
            case .adopt(let prediction):
                if claim(prediction, for: run) { return }
                // Another record has it, be it one that was deleted.
                taken.insert(prediction.id)
                wait = search.firstWait
            case .lookAgain(let seconds): wait = seconds
            case .ambiguous(let candidates):
                let count = candidates.count == 1 ? "one prediction" : "\(candidates.count) predictions"
                return needPerson(run, "\(count) on the server could be this run", candidates.map(\.id.rawValue))
            case .absent: return needPerson(run, "the server does not know it; nothing was paid")
            case .untold:
                return needPerson(
                    run,
                    "whether it was created could not be told: the server's list could not be read completely"
                )
            }
        }
    }

    /// Takes one of the predictions that a lost run could be, on a person's word; nil when no lost run could be it.
    func take(_ prediction: Prediction) throws -> RunRecord? {
        guard let run = try store.resendable().first(where: { $0.candidates.contains(prediction.id.rawValue) })
        else { return nil }
        return try follow(prediction, as: run.id)
    }

    /// Takes a prediction for that lost run, on a person's word; nil when it is another run's by now, or the run is no
    /// longer lost.
    package func follow(_ prediction: Prediction, as id: String) throws -> RunRecord? {
        do {
            let claimed = try store.claim(id) { run, _ in
                guard run.stage == .resendable else { return false }
                run.become(run.withoutSecrets(prediction))
                return true
            }
            guard let run = claimed else { return nil }
            found(run)
            return active[id]
        } catch HistoryError.ownedByAnother {
            return nil
        }
    }

    /// Makes the prediction this run's; false when another record has it.
    private func claim(_ prediction: Prediction, for unclear: RunRecord) -> Bool {
        var run = unclear
        run.become(secrets.cleaned(prediction, of: run))
        do {
            try store.update(run)
        } catch HistoryError.ownedByAnother {
            return false
        } catch HistoryError.takenOver {
            lose([run.id])
            return true
        } catch {
            // Unwritten, it is still unclear after a crash, and found again.
            logger.error("the history cannot be written", metadata: ["error": "\(error)"])
        }
        found(run)
        return true
    }

    private func found(_ run: RunRecord) {
        save(run)
        adopt(run)
        pump()
    }

    private func needPerson(_ unclear: RunRecord, _ why: String, _ candidates: [String] = []) {
        var run = unclear
        run.stage = .resendable
        run.failure = why
        run.candidates = candidates
        finish(run)
    }

    private func list(from start: Date, to end: Date) async throws(APIError) -> Reconciliation.Listing {
        var page = try await client.predictions(createdAfter: start, createdBefore: end)
        var listing = Reconciliation.Listing(page.results, isComplete: page.unreadable == 0)
        var followed: Set<String> = []
        // A window of minutes holds a few pages at the most; a list without an end must not hold us.
        while let link = page.next {
            guard followed.count < 200, followed.insert(link).inserted,
                let next = try await client.predictions(after: page)
            else {
                listing.isComplete = false
                break
            }
            listing.predictions += next.results
            if next.unreadable > 0 { listing.isComplete = false }
            page = next
        }
        return listing
    }

    /// Those that belong to another record than this run's.
    private func owned(by id: String, among listed: [Prediction]) -> Set<Prediction.ID> {
        Set(
            listed.map(\.id).filter { prediction in
                ((try? store.run(predictionID: prediction.rawValue)) ?? nil).map { $0.id != id } ?? false
            }
        )
    }
}

extension RunRecord {
    fileprivate mutating func become(_ found: Prediction) {
        stage = .accepted
        prediction = found
        candidates = []
        failure = nil
    }
}
