import Foundation
import History
import ReplicateAPI
import ReplicateClient

/// Looks for a creation whose answer was lost, until it is found or certainly is not there.
struct LostRunSearch: Sendable {
    let client: APIClient
    let journal: JournalWriter
    let models: ModelCatalogue

    /// Tells ``RunEvent/found(_:)`` or ``RunEvent/notFound(reason:candidates:)``, unless the run is found by another way
    /// or the runner is stopped meanwhile. Returns whether another process has taken the run over.
    func run(for id: RunRecord.ID, _ work: RunWork) async -> Bool {
        guard let lost = await work.record(), lost.stage == .unclear else { return false }
        var search = Reconciliation(
            SentCreation(
                model: lost.model,
                input: lost.input,
                unrepeated: models.schema(of: lost.model)?.secrets ?? []
            ),
            within: CreationWindow(
                sentAt: lost.sentAt ?? lost.createdAt,
                sentSkew: lost.sentSkew,
                noticedAt: client.clock.uncorrectedNow,
                skew: client.clock.skew,
                answerTimeout: client.configuration.answerTimeout
            )
        )
        var taken: Set<Prediction.ID> = []
        var wait = search.firstWait
        while await work.rest(wait), await work.record()?.stage == .unclear {
            let listing: Reconciliation.Listing
            do throws(APIError) {
                listing = try await list(from: search.window.start, to: search.window.end)
                search.window.learn(client.clock.skew)
                await work.answered()
            } catch {
                // Not having been able to look is no look.
                await work.failed(error)
                wait = max(5, error.wait ?? 0)
                continue
            }
            let owned = await journal.owned(listing.predictions.map(\.id), byOtherThan: id)
            // While the list was read, the run may have been found by another way.
            guard let run = await work.record(), run.stage == .unclear else { return false }
            switch search.judge(listing, owned: taken.union(owned)) {
            case .adopt(let prediction):
                switch await claim(await work.cleaned(prediction), for: run) {
                case .ours:
                    await work.happened(.found(prediction))
                    return false
                case .lost: return true
                case .anothers:
                    taken.insert(prediction.id)
                    wait = search.firstWait
                }
            case .lookAgain(let seconds): wait = seconds
            case .ambiguous(let candidates):
                let count = candidates.count == 1 ? "one prediction" : "\(candidates.count) predictions"
                let reason = "\(count) on the server could be this run"
                await work.happened(.notFound(reason: reason, candidates: candidates.map(\.id.rawValue)))
                return false
            case .absent:
                await work.happened(.notFound(reason: RunRecord.absent, candidates: []))
                return false
            case .untold:
                let why =
                    search.window.isCertain
                    ? "the server's list could not be read completely" : "the server's clock has changed since"
                let reason = "whether it was created could not be told: \(why)"
                await work.happened(.notFound(reason: reason, candidates: []))
                return false
            }
        }
        return false
    }

    private enum Claim { case ours, anothers, lost }

    /// Makes the prediction, which must hold no secrets, this run's in the journal, unless another record has it, be it one that was deleted.
    private func claim(_ prediction: Prediction, for unclear: RunRecord) async -> Claim {
        var run = unclear
        run.become(prediction)
        do {
            try await journal.update(run)
        } catch HistoryError.ownedByAnother {
            return .anothers
        } catch HistoryError.takenOver {
            return .lost
        } catch {
            // Unwritten, it is still unclear after a crash, and found again.
        }
        return .ours
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
}
