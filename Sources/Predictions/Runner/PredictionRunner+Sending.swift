import Foundation
import History
import Logging
import Money
package import ReplicateAPI
import ReplicateClient

extension PredictionRunner {
    /// Seconds until the API is tried again where it could not be asked.
    private static let outagePause = 2.0

    /// Finds out what a queued run's request has to name, and has it sent as soon as the journal says so.
    func prepare(_ queued: RunRecord) async {
        do {
            // The time of sending must be the server's, or a lost answer would be looked for at the wrong time.
            let version = try await resolvedVersion(of: queued.model, asking: client.clock.skew == nil)
            // It may have been canceled while the model was looked up.
            if active[queued.id]?.stage == .queued {
                ready.append(ReadyRun(id: queued.id, version: version))
                return writeSoon()
            }
        } catch {
            if error.isTransient {
                // Nothing was sent: it stays queued until the API can be asked again.
                failed(error)
                budget.pause(max(Self.outagePause, error.wait ?? 0), now: client.clock.now())
                queueAgain(queued.id)
            } else if error.code != .canceled {
                refuse(queued, error)
            }
        }
        sent()
    }

    /// Brings a run to the server of which the journal says that it is being sent: one request that creates, and never
    /// another without a person's word. Takes a place of ``sending`` and frees it in the end.
    func create(_ run: RunRecord, version: String) {
        work {
            await self.post(run, version)
            await self.sent()
        }
    }

    private func post(_ journaled: RunRecord, _ version: String) async {
        var run = journaled
        guard let input = secrets.input(of: run) else {
            return refuse(run, "its secret inputs are not kept, and this is another process: run it again")
        }
        do {
            let isQuick = waitsForQuickRuns && typical(of: run.model).map { $0 < 1 } ?? false
            let prediction = try await client.createPrediction(
                version: version,
                input: input,
                wait: isQuick ? .seconds(1) : nil,
                cancelAfter: deadline(of: run)
            )
            heard()
            budget.accepted()
            run.stage = .accepted
            run.prediction = secrets.cleaned(prediction, of: run)
            run.logs = run.prediction?.logs ?? ""
            run.cancelRequestedAt = active[run.id]?.cancelRequestedAt
            saveBeforeTelling(run)
            adopt(run)
        } catch {
            run.cancelRequestedAt = active[run.id]?.cancelRequestedAt
            await unsent(run, version, secrets.cleaned(error, of: run))
        }
    }

    private func unsent(_ sent: RunRecord, _ version: String, _ error: APIError) async {
        var run = sent
        switch error.effect {
        case .notSent where error.isTransient, .refused where error.code == .rateLimited:
            if run.cancelRequestedAt != nil { return withdraw(run) }
            run.stage = .queued
            save(run)
            if error.code == .rateLimited {
                // The server's own word, and the only one that says anything about how much may be created.
                budget.refused(retryAfter: max(1, error.wait ?? 5), now: client.clock.now())
            } else {
                failed(error)
                budget.pause(Self.outagePause, now: client.clock.now())
            }
            queueAgain(run.id)
        case .refused where error.saysGone:
            guard let reason = await reasonAfterAskingAnew(run, version, error) else { break }
            refuse(run, reason)
        case .notSent, .refused: refuse(run, error)
        case .unclear:
            run.stage = .unclear
            logger.warning("the answer to a creation was lost", metadata: ["run": "\(run.id)"])
            save(run)
            work { await self.reconcile(sent.id) }
        }
    }

    /// In the order in which the runs were asked for.
    func queueAgain(_ id: String) {
        guard let date = active[id]?.createdAt else { return }
        let place = queue.firstIndex { active[$0].map { $0.createdAt > date } ?? false } ?? queue.endIndex
        queue.insert(id, at: place)
    }

    private func refuse(_ refused: RunRecord, _ error: APIError) {
        refuse(refused, error.explanation, error.code)
        if !error.invalidFields.isEmpty { onUpdate(.refused(refused.id, error.invalidFields)) }
    }

    private func refuse(_ refused: RunRecord, _ why: String, _ code: APIError.Code? = nil) {
        var run = active[refused.id] ?? refused
        run.stage = .refused
        run.failure = why
        run.refusal = code
        run.finishedAt = client.clock.now()
        run.cost = .free(reason: "it was never created")
        finish(run)
    }

    /// `owner/name` for official models, `owner/name:version` for others: what the creating request wants.
    ///
    /// - Parameter asking: asks the server even where the history knows.
    private func resolvedVersion(of text: String, asking: Bool) async throws(APIError) -> String {
        guard let reference = ModelReference(text) else {
            throw APIError(.invalidInput, "\(text) \(ModelReference.issue(with: text))")
        }
        if reference.version != nil, !asking { return reference.description }
        let model = try await model(reference, asking: asking)
        return reference.version != nil ? reference.description : Self.version(of: model, reference)
    }

    /// What ``resolvedVersion(of:asking:)`` gives, where that is known without asking anybody.
    func knownVersion(of text: String) -> String? {
        guard let reference = ModelReference(text) else { return nil }
        if reference.version != nil { return reference.description }
        guard let known = known(reference.path), known.isFresh else { return nil }
        return Self.version(of: known.model, reference)
    }

    static func version(of model: Model, _ reference: ModelReference) -> String {
        if model.isOfficial { return reference.path }
        guard let version = model.latestVersion?.id, ModelReference.isVersion(version) else { return reference.path }
        return "\(reference.path):\(version)"
    }

    /// A model from the history if it was seen within the hour, else from the API.
    package func model(_ reference: ModelReference, asking: Bool = false) async throws(APIError) -> Model {
        if !asking, let known = known(reference.path), known.isFresh { return known.model }
        let model = try await client.model(reference)
        heard()
        let now = Date()
        keep(KnownModel(model, fetchedAt: now))
        try? store.saveModel(model, at: now)
        return model
    }

    /// A model as it was last seen, however long ago; nil when it never was.
    func known(_ path: String) -> KnownModel? {
        if let known = models[path], known.isFresh { return known }
        // Another process may have seen it since.
        guard let stored = (try? store.model(path)) ?? nil else { return nil }
        let known = KnownModel(stored.model, fetchedAt: stored.fetchedAt)
        keep(known)
        return known
    }

    private func keep(_ known: KnownModel) {
        // Anybody may name any model.
        if models.count >= 256 { models = [:] }
        models[known.model.path] = known
    }
}

/// A model that was looked up, with what would be read from it for every run.
struct KnownModel {
    let model: Model
    let schema: InputSchema?
    /// Of the latest version.
    let output: OutputSchema
    let fetchedAt: Date

    init(_ model: Model, fetchedAt: Date) {
        self.model = model
        self.fetchedAt = fetchedAt
        schema = model.latestVersion?.inputSchema
        output = model.latestVersion?.outputSchema ?? .anything
    }

    var isFresh: Bool { fetchedAt.timeIntervalSinceNow > -3_600 }
}
