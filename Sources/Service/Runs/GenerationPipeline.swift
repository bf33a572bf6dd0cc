import Composing
import Foundation
import HTTPTypes
import History
import Predictions
import Pricing
import ReplicateAPI

/// From a valid request to the end of its run.
struct GenerationPipeline: Sendable {
    let live: LiveConfiguration
    let composer: RunComposer
    let models: ModelCache
    let dispatcher: Dispatcher
    let watch: RunWatch
    let history: AsyncHistory
    let metrics: ServiceMetrics
    /// Whether a run is in flight with another token or at another address.
    let isElsewhere: @Sendable (RunRecord) -> Bool
    /// Goes on with a run of a process that has ended; nothing where another one lives.
    let goOn: @Sendable (String) async -> Void
    /// Waits; throws when the task was canceled.
    let sleep: @Sendable (Duration) async throws -> Void

    enum End: Sendable {
        case ended(EndedRun, isHit: Bool)
        case problem(HTTPProblem)
    }

    // MARK: Checking

    /// Checks the model and its inputs against the API's schema and prices the run. It spends nothing.
    func order(_ request: ImageRequest) async throws -> GenerationOrder {
        try await order(.image, request.model, request.ownFields, request.order)
    }

    func order(_ request: VideoRequest) async throws -> GenerationOrder {
        try await order(.video, request.model, request.ownFields, request.order)
    }

    private func order(
        _ kind: GenerationResult.Kind,
        _ asked: ModelReference?,
        _ ownFields: Set<String>,
        _ order: (ModelCache.Answer) -> GivenRun
    ) async throws -> GenerationOrder {
        let configuration = live.current
        let reference = try asked ?? standard(kind, configuration)
        let composed = composer.compose(order(try await answer(reference, isAsked: asked != nil)))
        guard let request = composed.requests.first else {
            throw HTTPProblem.invalid(composed.issues.map { FieldIssue($0, ownFields: ownFields) })
        }
        let isRepeatable =
            configuration.cache.lifetime > .zero
            && (kind == .video || request.input["seed"] != nil || configuration.cache.unseededImages)
        return GenerationOrder(
            kind: kind,
            request: request,
            key: isRepeatable ? RunKey(model: request.model, input: request.input) : nil
        )
    }

    private func standard(_ kind: GenerationResult.Kind, _ configuration: ServiceConfiguration) throws -> ModelReference
    {
        let text = kind == .image ? configuration.models.image : configuration.models.video
        guard let reference = ModelReference(text) else {
            throw HTTPProblem.detail(.internalServerError, "\(text), which the config file names, is no model")
        }
        return reference
    }

    /// - Parameter isAsked: whether the client has named the model; a model that does not exist is the client's mistake then.
    private func answer(_ reference: ModelReference, isAsked: Bool) async throws -> ModelCache.Answer {
        do {
            return try await models.answer(for: reference)
        } catch {
            if error.code == .notFound {
                let words = error.message.prefix(1).lowercased() + error.message.dropFirst()
                guard isAsked else { throw HTTPProblem.detail(.internalServerError, words) }
                throw HTTPProblem.invalid([.value(["model"], words, .string(reference.description))])
            }
            guard error.isTransient else { throw HTTPProblem.detail(.internalServerError, error.explanation) }
            let seconds = error.retryAfter.map { max(1, Int($0 / .seconds(1))) } ?? 10
            throw HTTPProblem.busy("The API cannot be asked: \(error.explanation)", retryAfter: seconds)
        }
    }

    // MARK: Running

    /// Waits for a turn and for the end of the run. A cancellation removes the order from the queue; a started run continues.
    func run(_ order: GenerationOrder, client: String) async -> End {
        let draft = order.draft(id: UUID().uuidString.lowercased(), savesOutputs: live.current.savesOutputs)
        let outcome = await dispatcher.start(draft, client: client, key: order.key)
        guard case .started(let runID, let isHit) = outcome else { return .problem(problem(outcome)) }
        if order.key != nil { metrics.cache(isHit: isHit) }
        var run = await watch.end(of: runID)
        if run == nil, isHit, order.idempotencyKey != nil {
            if let known = (try? await history.read { try $0.run(runID) }) ?? nil, isElsewhere(known) {
                return .problem(.detail(.conflict, "the key stands for a run that was \(RunRecord.elsewhere)"))
            }
            run = await endElsewhere(of: runID)
        }
        guard let run else { return .problem(.stopping) }
        return .ended(run, isHit: isHit)
    }

    /// The end of a run that another process has started; should that one have died, this one goes on with it. nil when the
    /// task is canceled.
    private func endElsewhere(of id: String) async -> EndedRun? {
        while true {
            await goOn(id)
            if let run = await watch.end(of: id) { return run }
            let known = (try? await history.read { try $0.run(id) }) ?? nil
            guard known?.isInFlight == true, (try? await sleep(.milliseconds(500))) != nil else { return nil }
        }
    }

    /// The job's result after the end of its run; nil when the service stops first.
    ///
    /// - Parameters:
    ///   - secret: the values of its secret inputs; without them, as after a restart, its run is not started any more.
    ///   - save: writes the job to the database; called when the job is answered by another run than its own.
    func result(
        of job: inout ServiceJob,
        secret: JSONObject,
        save: (ServiceJob) async throws -> Void
    ) async -> JSONValue? {
        let known = (try? await history.read { [id = job.runID] in try $0.run(id) }) ?? nil
        if known == nil {
            guard job.secretInputs.allSatisfy({ secret[$0] != nil }) else {
                return Self.failure("its secret inputs are not kept, and the service was restarted", of: job)
            }
            switch await start(job, job.input.merging(secret) { $1 }) {
            case .started(let runID, _):
                if runID != job.runID {
                    job.runID = runID
                    guard (try? await save(job)) != nil else { return nil }
                }
            case .overBudget(let reason), .conflict(let reason): return Self.failure(reason, of: job)
            case .unwritable, .full, .dropped: return nil
            }
        }
        guard let run = await watch.end(of: job.runID),
            var result = GenerationResult(run.record, kind: .video).json.object
        else { return nil }
        result["job_id"] = .string(job.id)
        return .object(result)
    }

    private func start(_ job: ServiceJob, _ input: JSONObject) async -> Dispatcher.Outcome {
        guard let reference = ModelReference(job.model) else { return .overBudget("\(job.model) is no model") }
        // An accepted job has valid inputs. It is priced again when the API can be asked.
        let answer = try? await models.answer(for: reference)
        let composed = composer.compose(
            GivenRun(
                model: job.model,
                details: answer?.details,
                inputs: GivenInput.values(input),
                history: answer?.history
            )
        )
        guard let request = composed.requests.first else {
            return .overBudget(composed.issues.map(\.sentence).joined(separator: "; "))
        }
        let order = GenerationOrder(
            kind: .video,
            request: request,
            key: live.current.cache.lifetime > .zero ? RunKey(model: job.model, input: input) : nil
        )
        var draft = order.draft(id: job.runID, savesOutputs: live.current.savesOutputs)
        // Where the model cannot be asked just now, its schema does not say which are secret.
        draft.secretInputs.formUnion(job.secretInputs)
        let outcome = await dispatcher.start(draft, client: job.client, key: order.key, isPinned: true)
        if order.key != nil, case .started(_, let isHit) = outcome { metrics.cache(isHit: isHit) }
        return outcome
    }

    private static func failure(_ reason: String, of job: ServiceJob) -> JSONValue {
        [
            "success": false, "video_url": .null, "error": .string(reason), "prediction_id": .null,
            "duration_seconds": .null, "job_id": .string(job.id),
        ]
    }

    private func problem(_ outcome: Dispatcher.Outcome) -> HTTPProblem {
        switch outcome {
        case .full:
            metrics.turnedAway()
            return .busy("The queue is full")
        case .overBudget(let reason): return .detail(.init(code: 402, reasonPhrase: "Payment Required"), reason)
        case .conflict(let reason): return .detail(.conflict, reason)
        case .unwritable(let reason):
            return .busy("\(reason); nothing was started", retryAfter: 60)
        case .dropped, .started: return .stopping
        }
    }
}
