import Foundation
import History
import Logging
package import ReplicateAPI
import ReplicateClient

extension PredictionRunner {
    /// Brings one queued run to the server: at most one request that creates, ever, without a person's word.
    func send(_ queued: RunRecord) async {
        let version: String
        do {
            // The time of sending must be the server's, or a lost answer would be looked for at the wrong time.
            version = try await resolvedVersion(of: queued.model, asking: client.clock.skew == nil)
        } catch {
            if error.isTransient {
                // Nothing was sent: it stays queued until the API can be asked again.
                failed(error)
                queueAgain(queued.id, after: max(2, error.wait ?? 0))
            } else if error.code != .canceled {
                refuse(queued, error)
            }
            return
        }
        // It may have been canceled while the model was looked up.
        guard var run = active[queued.id], run.stage == .queued else { return }
        let sentAt = client.clock.now()
        do {
            guard try store.beginSending(run.id, at: sentAt, owner: owner) else {
                active[run.id] = nil
                return
            }
        } catch {
            logger.error("the journal cannot be written; nothing was sent", metadata: ["run": "\(run.id)"])
            onUpdate(.offline("The journal cannot be written, so nothing was sent: check the disk's space and rights"))
            return queueAgain(run.id, after: 5)
        }
        run.stage = .sending
        run.sentAt = sentAt
        active[run.id] = run
        onUpdate(.run(run))
        do {
            let isQuick = waitsForQuickRuns && typical(of: run.model).map { $0 < 1 } ?? false
            let prediction = try await client.createPrediction(
                version: version,
                input: run.input,
                wait: isQuick ? .seconds(1) : nil,
                cancelAfter: deadline(of: run)
            )
            heard()
            budget.accepted()
            run.stage = .accepted
            run.prediction = prediction
            run.logs = prediction.logs ?? ""
            run.cancelRequestedAt = active[run.id]?.cancelRequestedAt
            saveNow(run)
            adopt(run)
        } catch {
            run.cancelRequestedAt = active[run.id]?.cancelRequestedAt
            unsent(run, error)
        }
    }

    private func unsent(_ sent: RunRecord, _ error: APIError) {
        var run = sent
        if error.code == .rateLimited || error.code == .unreachable {
            if run.cancelRequestedAt != nil { return withdraw(run) }
            run.stage = .queued
            save(run)
            if error.code == .unreachable { failed(error) }
            queueAgain(run.id, after: max(1, error.wait ?? 5))
        } else if error.isDefiniteRefusal {
            refuse(run, error)
        } else {
            run.stage = .unclear
            logger.warning("the answer to a creation was lost", metadata: ["run": "\(run.id)"])
            save(run)
            work { await self.reconcile(sent.id) }
        }
    }

    /// To the front, because it was there first.
    private func queueAgain(_ id: String, after seconds: Double) {
        budget.refused(retryAfter: seconds, now: client.clock.now())
        queue.insert(id, at: 0)
    }

    private func refuse(_ refused: RunRecord, _ error: APIError) {
        var run = active[refused.id] ?? refused
        run.stage = .refused
        run.failure = error.explanation
        run.finishedAt = Date()
        run.cost = RunRecord.Cost(kind: "free", amount: "0", because: "it was never created")
        finish(run)
        if !error.invalidFields.isEmpty { onUpdate(.refused(run.id, error.invalidFields)) }
    }

    /// `owner/name` for official models, `owner/name:version` for others: what the creating request wants.
    ///
    /// - Parameter asking: asks the server even where the history knows.
    private func resolvedVersion(of text: String, asking: Bool) async throws(APIError) -> String {
        guard let reference = ModelReference(text) else {
            throw APIError(.invalidInput, "\(text) is no model: owner/name or owner/name:version")
        }
        if reference.version != nil, !asking { return reference.description }
        let model = try await model(reference, asking: asking)
        if reference.version != nil { return reference.description }
        if model.isOfficial { return reference.path }
        guard let version = model.latestVersion?.id, ModelReference.isVersion(version) else { return reference.path }
        return "\(reference.path):\(version)"
    }

    /// A model from the history if it was seen within the hour, else from the API.
    package func model(_ reference: ModelReference, asking: Bool = false) async throws(APIError) -> Model {
        if !asking, let known = try? store.model(reference.path), known.fetchedAt.timeIntervalSinceNow > -3_600 {
            return known.model
        }
        let model = try await client.model(reference)
        heard()
        try? store.saveModel(model, at: Date())
        return model
    }
}
