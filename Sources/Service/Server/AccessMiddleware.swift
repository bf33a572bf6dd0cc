import HTTPTypes
import Hummingbird

/// Lets in who may ask, and says who it is.
struct AccessMiddleware: RouterMiddleware {
    let live: LiveConfiguration
    let guesses: SharedGuessLimiter
    let metrics: ServiceMetrics

    /// Routes that are told to everybody: they say nothing about anybody's runs.
    static let open: Set<String> = ["/", "/health", "/openapi.json"]

    func handle(
        _ request: Request,
        context: ServiceContext,
        next: @concurrent (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        let configuration = live.current
        // The first one became the authority; a proxy on the way may have believed another.
        guard request.headers[values: .host].isEmpty else { throw Problem.severalHosts }
        let forwarded = HTTPField.Name(configuration.proxies.header).map { request.headers[values: $0] } ?? []
        var key: AccessKey?
        if !configuration.keys.isEmpty {
            let network = ClientIdentity.network(
                peer: context.peer,
                forwarded: forwarded,
                proxies: configuration.proxies
            )
            do { key = try self.key(of: request, from: network, configuration) } catch {
                guard Self.open.contains(context.endpointPath ?? "") else { throw error }
            }
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
            forwarded: forwarded,
            proxies: configuration.proxies
        )
        return try await next(request, context)
    }

    /// Throws ``Problem`` when there is none, when it is wrong, and when too many were wrong.
    private func key(
        of request: Request,
        from network: String,
        _ configuration: ServiceConfiguration
    ) throws(Problem) -> AccessKey {
        guard let sent = bearer(request) else { throw .unauthenticated }
        let key = configuration.keys.key(for: sent)
        switch guesses.judge(key, from: network) {
        case .allowed:
            if let key { return key }
        case .wrong: metrics.wrongKey()
        case .wait(let seconds):
            metrics.wrongKey()
            throw .tooManyKeys(retryAfter: seconds)
        }
        throw .unauthenticated
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
        // By the route that was found: a path can be written in many ways.
        if limit > 0, context.endpointPath?.hasPrefix("/api/generate/") ?? false {
            if let seconds = limiter.take(client: context.client, perMinute: limit) {
                metrics.rateLimited()
                throw Problem.tooMany(perMinute: limit, retryAfter: seconds)
            }
        }
        return try await next(request, context)
    }
}

extension HTTPField.Name {
    fileprivate static let host = HTTPField.Name("Host")!
}
