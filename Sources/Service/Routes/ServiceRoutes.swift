import HTTPTypes
import Hummingbird
import ReplicateAPI
import ReplicateClient

/// Every route of the service.
struct ServiceRoutes: Sendable {
    let live: LiveConfiguration
    let generations: GenerationDesk
    let jobs: JobDesk
    let client: APIClient
    let metrics: ServiceMetrics
    let limiter = RateLimiter()
    let guesses = SharedGuessLimiter()
    let departures: Departures
    let timeouts: Timeouts
    /// Why the API cannot be reached; nil while it answers, and before anything was asked.
    let outage: @Sendable () -> String?
    let sleep: @Sendable (Duration) async throws -> Void

    /// Methods by path, for those who knock with another one. `{…}` stands for any one part.
    static let methods: [(path: String, method: HTTPRequest.Method)] = [
        ("/", .get), ("/health", .get), ("/metrics", .get), ("/openapi.json", .get), ("/api/jobs/{id}", .get),
        ("/api/generate/image", .post), ("/api/generate/video", .post), ("/api/generate/video/async", .post),
        ("/api/generate/poll", .post), ("/api/generate/estimate-cost", .post),
    ]

    func router(logger: ServiceLog) -> Router<ServiceContext> {
        let router = Router(context: ServiceContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: AnswerMiddleware(live: live, metrics: metrics, log: logger))
        router.add(middleware: AccessMiddleware(live: live, guesses: guesses, metrics: metrics))
        router.add(middleware: RateLimitMiddleware(live: live, limiter: limiter, metrics: metrics))
        addGeneration(to: router)
        addOperation(to: router)
        return router
    }

    /// The token is looked for before anything is asked of the API, and after the form was checked.
    func requireToken() throws(Problem) {
        guard hasToken else { throw .noToken }
    }

    var hasToken: Bool { client.configuration.token != nil }
}
