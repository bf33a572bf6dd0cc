import Hummingbird
import ReplicateAPI
import ReplicateClient

/// All routes of the service, with what they share.
struct ServiceRoutes: Sendable {
    let live: LiveConfiguration
    let generations: GenerationPipeline
    let jobs: JobRunner
    let client: APIClient
    let metrics: ServiceMetrics
    let deadlines: RequestDeadlines
    /// Why the API cannot be reached; nil while it answers, and before anything was asked.
    let outage: @Sendable () -> APIError?
    let sleep: @Sendable (Duration) async throws -> Void

    var token: TokenCheck { TokenCheck(isThere: client.configuration.token != nil) }

    func router(logger: ServiceLog) -> Router<ServiceContext> {
        let router = Router(context: ServiceContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: AnswerMiddleware(live: live, metrics: metrics, log: logger))
        router.add(middleware: AccessMiddleware(live: live, guesses: SharedGuessLimiter(), metrics: metrics))
        router.add(middleware: RateLimitMiddleware(live: live, limiter: RateLimiter(), metrics: metrics))
        GenerationRoutes(
            live: live,
            generations: generations,
            jobs: jobs,
            metrics: metrics,
            deadlines: deadlines,
            token: token
        ).add(to: router)
        StatusRoutes(
            live: live,
            history: jobs.history,
            watch: generations.watch,
            client: client,
            token: token,
            deadlines: deadlines,
            sleep: sleep
        ).add(to: router)
        OperationRoutes(
            live: live,
            history: jobs.history,
            dispatcher: generations.dispatcher,
            watch: generations.watch,
            metrics: metrics,
            hasToken: token.isThere,
            outage: outage
        ).add(to: router)
        return router
    }
}
