import HTTPTypes
import Hummingbird

/// Lets in who may ask, and says who it is.
struct AccessMiddleware: RouterMiddleware {
    let live: LiveConfiguration

    /// Told to everybody: they say nothing about anybody's runs.
    static let open: Set<String> = ["/", "/health", "/openapi.json"]

    func handle(
        _ request: Request,
        context: ServiceContext,
        next: @concurrent (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        let configuration = live.current
        var key: AccessKey?
        if !configuration.keys.isEmpty {
            key = bearer(request).flatMap { configuration.keys.key(for: $0) }
            guard key != nil || Self.open.contains(request.uri.path) else { throw Problem.unauthenticated }
        } else if ListeningAddress.isLoopback(configuration.host),
            !Self.isOwnName(request.head.authority, configuration)
        {
            // A page in somebody's browser can give this address a name of its own; then its name stands here.
            throw Problem.invalidHost
        }
        var context = context
        context.client = ClientIdentity.name(
            key: key,
            peer: context.peer,
            forwarded: HTTPField.Name(configuration.proxies.header).map { request.headers[values: $0] } ?? [],
            proxies: configuration.proxies
        )
        return try await next(request, context)
    }

    private func bearer(_ request: Request) -> String? {
        let parts = (request.headers[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }

    private static func isOwnName(_ authority: String?, _ configuration: ServiceConfiguration) -> Bool {
        guard let authority else { return true }
        var host = authority[...]
        if let colon = host.lastIndex(of: ":"), host[host.index(after: colon)...].allSatisfy(\.isNumber) {
            host = host[..<colon]
        }
        return ListeningAddress.isLoopback(String(host))
    }
}

/// Holds each client to its requests a minute.
struct RateLimitMiddleware: RouterMiddleware {
    let live: LiveConfiguration
    let limiter: RateLimiter
    let metrics: ServiceMetrics

    func handle(
        _ request: Request,
        context: ServiceContext,
        next: @concurrent (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        let limit = live.current.rateLimit
        if limit > 0, request.uri.path.hasPrefix("/api/generate/") {
            if let seconds = limiter.take(client: context.client, perMinute: limit) {
                metrics.rateLimited()
                throw Problem.tooMany(perMinute: limit, retryAfter: seconds)
            }
        }
        return try await next(request, context)
    }
}
