import Foundation
import HTTPTypes
import History
import Hummingbird
import Logging
import Money
import NIOCore
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient

/// The routes that start runs.
struct GenerationRoutes: Sendable {
    let live: LiveConfiguration
    let generations: GenerationPipeline
    let jobs: JobRunner
    let metrics: ServiceMetrics
    let deadlines: RequestDeadlines
    let token: TokenCheck

    func add(to router: Router<ServiceContext>) {
        router.post("/api/generate/image") { request, context in
            let body = try await request.decoded(limit: live.current.bodyLimit) { ImageRequest(&$0) }
            try token.require()
            return try await generate(try keyed(try await generations.order(body), request, context), context)
        }
        router.post("/api/generate/video") { request, context in
            let body = try await video(request, takesCallback: false)
            return try await generate(try keyed(try await generations.order(body), request, context), context)
        }
        router.post("/api/generate/video/async") { request, context in try await accept(request, context) }
        router.post("/api/generate/estimate-cost") { request, _ in
            let body = try await request.decoded(limit: live.current.bodyLimit) { CostRequest(&$0) }
            return Self.cost(body)
        }
    }

    /// Writes the JSON as text, so that the sums stay decimal: 3.03, not 3.0300000000000002.
    private static func cost(_ request: CostRequest) -> Response {
        let estimate = ReferenceEstimate(images: Int(request.images), videoSeconds: request.videoSeconds)
        let json = """
            {"estimated_cost":\(estimate.total.amount),\
            "breakdown":{"images":\(estimate.images.amount),"video":\(estimate.video.amount)}}
            """
        return Response.text(json.utf8, type: "application/json")
    }

    private func video(_ request: Request, takesCallback: Bool) async throws -> VideoRequest {
        let query = takesCallback ? ["callback_url"] : []
        let body = try await request.decoded(limit: live.current.bodyLimit, query: query) {
            VideoRequest(&$0, takesCallback: takesCallback)
        }
        if let address = body.callbackURL, !live.current.callbacks.allowsPrivate, CallbackAddress.isPrivate(address) {
            let words = "must not be a loopback, link-local or private address"
            throw HTTPProblem.invalid([.value(["callback_url"], words, .string(address))])
        }
        guard !body.imageURLs.isEmpty else { throw HTTPProblem.noImages }
        try token.require()
        return body
    }

    // MARK: The client's own names

    /// The order under the request's `Idempotency-Key`, which is the client's own: nobody gets a run by another's key.
    private func keyed(
        _ order: GenerationOrder,
        _ request: Request,
        _ context: ServiceContext
    ) throws(HTTPProblem) -> GenerationOrder {
        let keys = request.headers[values: .idempotencyKey]
        guard let text = keys.first else { return order }
        guard keys.count == 1 else { throw .detail(.badRequest, "Idempotency-Key is given more than once") }
        let name = "\(context.client)/\(text)"
        if let issue = Self.issue(withKey: text) ?? OrderKey.issue(with: name) {
            throw .detail(.badRequest, "Idempotency-Key \(issue)")
        }
        var keyed = order
        keyed.idempotencyKey = OrderKey(name, input: order.input)
        // A named order is compared by its name alone.
        keyed.key = nil
        return keyed
    }

    /// Bytes of a client's own name for an order; the rest of a key says which client it is.
    private static let longestKey = 150

    private static func issue(withKey text: String) -> String? {
        if text.isEmpty { return "must not be empty" }
        // Of other bytes several would become one and the same character.
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return "must be printable ASCII" }
        return text.utf8.count > longestKey ? "is longer than \(longestKey) bytes" : nil
    }

    // MARK: Waiting for the result

    private func generate(_ order: GenerationOrder, _ context: ServiceContext) async throws(HTTPProblem) -> Response {
        let start = ContinuousClock.now
        context.logger.info("\(order.kind.rawValue)_generation_started", metadata: facts(order, context))
        let client = context.client
        let end = await deadlines.run(for: context) { await generations.run(order, client: client) }
        return try completed(order, end, start, context)
    }

    private func facts(_ order: GenerationOrder, _ context: ServiceContext) -> Logger.Metadata {
        ["model": "\(order.model)", "client": "\(context.client)"]
    }

    private func completed(
        _ order: GenerationOrder,
        _ end: DeadlineResult<GenerationPipeline.End>,
        _ start: ContinuousClock.Instant,
        _ context: ServiceContext
    ) throws(HTTPProblem) -> Response {
        var outcome = "error"
        var details = facts(order, context)
        defer {
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            metrics.generation(order.kind, outcome: outcome, seconds: seconds)
            details["outcome"] = "\(outcome)"
            details["duration_seconds"] = .stringConvertible((seconds * 1_000).rounded() / 1_000)
            context.logger.info("\(order.kind.rawValue)_generation_completed", metadata: details)
        }
        switch end {
        case .timedOut:
            outcome = "timeout"
            throw .timeout
        case .disconnected:
            outcome = "abandoned"
            throw .stopping
        case .completed(.problem(let problem)):
            outcome = problem.status == .serviceUnavailable ? "rejected" : "error"
            throw problem
        case .completed(.ended(let run, let isHit)):
            let result = GenerationResult(run.record, kind: order.kind)
            if let id = run.record.prediction?.id { details["prediction_id"] = "\(id)" }
            outcome = result.succeeded ? "success" : "error"
            if let error = result.error { throw .detail(.internalServerError, error) }
            var response = Response.json(result.json)
            if order.key != nil || order.idempotencyKey != nil { response.headers[.xCache] = isHit ? "hit" : "miss" }
            return response
        }
    }

    // MARK: Answering later

    private func accept(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let body = try await video(request, takesCallback: true)
        let order = try keyed(try await generations.order(body), request, context)
        let (input, secret) = order.parts
        // The same order under the same key is the same job; a secret may have been replaced.
        let id = order.idempotencyKey.map { Digest.hex(Digest.sha256(Data($0.text.utf8)).prefix(16)) }
        if let id, let known = try? await jobs.history.read({ try $0.jobs.job(id) }) {
            return try Self.accepted(known, as: order, input: input, callbackURL: body.callbackURL)
        }
        guard !generations.dispatcher.isFull(for: context.client) else {
            metrics.turnedAway()
            throw HTTPProblem.busy("The queue is full")
        }
        var job = ServiceJob(
            id: id ?? UUID().uuidString.lowercased(),
            client: context.client,
            model: order.model,
            input: input,
            callbackURL: body.callbackURL,
            createdAt: Date()
        )
        job.secretInputs = secret.keys.sorted()
        do { try await jobs.accept(job, secret: secret) } catch {
            // Another request with the same key may have come in between.
            if let id, let known = try? await jobs.history.read({ try $0.jobs.job(id) }) {
                return try Self.accepted(known, as: order, input: input, callbackURL: body.callbackURL)
            }
            throw HTTPProblem.busy("The journal could not be written, so nothing was accepted", retryAfter: 60)
        }
        context.logger.info("video_job_accepted", metadata: ["job_id": "\(job.id)", "model": "\(job.model)"])
        return Self.accepted(job.id)
    }

    /// The answer for a job that was accepted before under the request's key. Throws a conflict where the key stands for
    /// another order.
    private static func accepted(
        _ known: ServiceJob,
        as order: GenerationOrder,
        input: JSONObject,
        callbackURL: String?
    ) throws -> Response {
        guard known.model == order.model, known.input == input, known.callbackURL == callbackURL else {
            throw HTTPProblem.detail(.conflict, "the key stands for another job (\(known.id))")
        }
        return accepted(known.id)
    }

    private static func accepted(_ id: String) -> Response {
        Response.json(
            ["status": "accepted", "message": "Video generation started in background", "job_id": .string(id)],
            status: .accepted
        )
    }
}

extension HTTPField.Name {
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
    static let xCache = HTTPField.Name("X-Cache")!
    static let xRequestID = HTTPField.Name("X-Request-ID")!
}
