import Foundation
import HTTPTypes
import History
import Hummingbird
import Logging
import Money
import NIOCore
import Pricing
import ReplicateAPI

/// The routes that start runs.
struct GenerationRoutes: Sendable {
    let live: LiveConfiguration
    let generations: GenerationPipeline
    let jobs: JobRunner
    let metrics: ServiceMetrics
    let deadlines: RequestDeadlines
    /// Whether there is a token for the API.
    let hasToken: Bool

    func add(to router: Router<ServiceContext>) {
        router.post("/api/generate/image") { request, context in
            let body = try await request.decoded(limit: live.current.bodyLimit) { ImageRequest(&$0) }
            try requireToken()
            return try await generate(try await generations.order(body), context)
        }
        router.post("/api/generate/video") { request, context in
            let body = try await video(request, takesCallback: false)
            return try await generate(try await generations.order(body), context)
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
        try requireToken()
        return body
    }

    /// The token is checked after the body and before anything is asked of the API.
    private func requireToken() throws(HTTPProblem) {
        guard hasToken else { throw .noToken }
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
            if order.key != nil { response.headers[.xCache] = isHit ? "hit" : "miss" }
            return response
        }
    }

    // MARK: Answering later

    private func accept(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let body = try await video(request, takesCallback: true)
        let order = try await generations.order(body)
        guard !generations.dispatcher.isFull(for: context.client) else {
            metrics.turnedAway()
            throw HTTPProblem.busy("The queue is full")
        }
        let job = ServiceJob(
            client: context.client,
            model: order.model,
            input: order.input,
            callbackURL: body.callbackURL,
            createdAt: Date()
        )
        do { try await jobs.accept(job) } catch {
            throw HTTPProblem.busy("The journal could not be written, so nothing was accepted", retryAfter: 60)
        }
        context.logger.info("video_job_accepted", metadata: ["job_id": "\(job.id)", "model": "\(job.model)"])
        return Response.json(
            [
                "status": "accepted", "message": "Video generation started in background", "job_id": .string(job.id),
            ],
            status: .accepted
        )
    }
}

extension HTTPField.Name {
    static let xCache = HTTPField.Name("X-Cache")!
    static let xRequestID = HTTPField.Name("X-Request-ID")!
}
