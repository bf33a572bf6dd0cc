import Foundation
import History
import Logging
package import ReplicateAPI
import ReplicateClient

extension PredictionRunner {
    /// Brings one queued run to the server: at most one request that creates, ever, without a person's word.
    func send(_ queued: RunRecord) async {
        var run = queued
        let version: String
        do {
            version = try await resolvedVersion(of: run.model)
        } catch {
            if error.isTransient {
                // Nothing was sent: it stays queued until the API can be asked again.
                failed(error)
                let wait = max(2, error.retryAfter.map { Double($0.components.seconds) } ?? 0)
                budget.refused(retryAfter: wait, now: Date())
            } else {
                refuse(&run, error)
            }
            return
        }
        do {
            guard try store.beginSending(run.id, at: client.clock.now(), owner: owner) else {
                active[run.id] = nil
                return
            }
            run.stage = .sending
            run.sentAt = client.clock.now()
            active[run.id] = run
            onUpdate(.run(run))
        } catch {
            return report("the journal could not be written; nothing was sent", run, error)
        }
        do {
            let prediction = try await client.createPrediction(version: version, input: run.input)
            heard()
            budget.accepted()
            run.stage = .accepted
            run.prediction = prediction
            run.logs = prediction.logs ?? ""
            run.cancelRequestedAt = active[run.id]?.cancelRequestedAt
            try? save(run)
            adopt(run)
        } catch {
            unsent(&run, error)
        }
    }

    private func unsent(_ run: inout RunRecord, _ error: APIError) {
        if error.code == .rateLimited || error.code == .unreachable {
            run.stage = .queued
            let seconds = error.retryAfter.map { Double($0.components.seconds) } ?? 5
            budget.refused(retryAfter: max(seconds, 1), now: Date())
            if error.code == .unreachable { failed(error) }
            try? save(run)
        } else if error.isDefiniteRefusal {
            refuse(&run, error)
        } else {
            run.stage = .unclear
            logger.warning("the answer to a creation was lost", metadata: ["run": "\(run.id)"])
            try? save(run)
            let id = run.id
            work { await self.reconcile(id) }
        }
    }

    private func refuse(_ run: inout RunRecord, _ error: APIError) {
        run.stage = .refused
        run.failure = [error.message, error.advice].compactMap { $0 }.joined(separator: ". ")
        run.finishedAt = Date()
        run.cost = RunRecord.Cost(kind: "free", amount: "0", because: "it was never created")
        try? finish(run)
    }

    private func report(_ what: String, _ run: RunRecord, _ error: any Error) {
        logger.error("\(what)", metadata: ["run": "\(run.id)"])
        active[run.id] = nil
        onUpdate(.offline("\(what.prefix(1).uppercased())\(what.dropFirst()): check the disk's space and rights"))
    }

    /// `owner/name` for official models, `owner/name:version` for others: what the creating request wants.
    func resolvedVersion(of text: String) async throws(APIError) -> String {
        guard let reference = ModelReference(text) else {
            throw APIError(.invalidInput, "\(text) is no model: owner/name or owner/name:version")
        }
        if reference.version != nil { return reference.description }
        let model = try await model(reference)
        if model.isOfficial { return reference.path }
        guard let version = model.latestVersion?.id, ModelReference.isVersion(version) else { return reference.path }
        return "\(reference.path):\(version)"
    }

    /// A model from the history if it was seen within the hour, else from the API.
    package func model(_ reference: ModelReference) async throws(APIError) -> Model {
        if let known = try? store.model(reference.path), known.fetchedAt.timeIntervalSinceNow > -3_600 {
            return known.model
        }
        let model = try await client.model(reference)
        heard()
        try? store.saveModel(model, at: Date())
        return model
    }

    // MARK: Lost answers

    /// Looks for a creation whose answer was lost, until it is found or certainly is not there.
    func reconcile(_ id: String) async {
        guard let run = active[id], run.stage == .unclear else { return }
        let path = ModelReference(run.model)?.path ?? run.model
        var search = Reconciliation(
            model: path,
            input: run.input,
            sentAt: run.sentAt ?? run.createdAt,
            lostAt: client.clock.now()
        )
        var wait = search.firstWait
        while await rest(wait), var run = active[id], run.stage == .unclear {
            let listed: [Prediction]
            do {
                listed = try await predictions(from: search.createdAfter, to: search.createdBefore)
                heard()
            } catch {
                // Not having been able to look is no look.
                failed(error)
                wait = 5
                continue
            }
            switch search.judge(listed, owned: owned(among: listed)) {
            case .adopt(let prediction):
                run.stage = .accepted
                run.prediction = prediction
                try? save(run)
                adopt(run)
                // The loop may have come to rest while nothing but this was in flight.
                return pump()
            case .lookAgain(let seconds): wait = seconds
            case .ambiguous(let candidates):
                run.failure =
                    "\(candidates.count) predictions on the server could be this one: compare them on replicate.com"
                run.stage = .resendable
                try? finish(run)
                return
            case .absent:
                run.stage = .resendable
                run.failure = "the server does not know it; nothing was paid"
                try? finish(run)
                return
            }
        }
    }

    private func predictions(from start: Date, to end: Date) async throws(APIError) -> [Prediction] {
        var page = try await client.predictions(createdAfter: start, createdBefore: end)
        var all = page.results
        // A window of two minutes holds a few pages at the most.
        for _ in 0..<20 {
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
