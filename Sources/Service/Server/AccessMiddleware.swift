import HTTPTypes
import Hummingbird

/// Checks the key of a request, or its host where there are no keys, and names the client.
struct AccessMiddleware: RouterMiddleware {
    let live: LiveConfiguration
    let guesses: SharedGuessLimiter
    let metrics: ServiceMetrics

    /// Routes that need no key: their answers hold nothing about runs.
    static let open: Set<String> = ["/", "/health", "/openapi.json"]

    func handle(
        _ request: Request,
        context: ServiceContext,
        next: @concurrent (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        let configuration = live.current
        // The first Host header became the authority; a proxy on the way may have used another one.
        guard request.headers[values: .host].isEmpty else { throw HTTPProblem.severalHosts }
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
            // A web page can let its own host name resolve to this address (DNS rebinding); that name stands here then.
            throw HTTPProblem.invalidHost
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

    /// Throws ``HTTPProblem`` when the request has no key or a wrong one, and when this network has sent too many wrong keys.
    private func key(
        of request: Request,
        from network: String,
        _ configuration: ServiceConfiguration
    ) throws(HTTPProblem) -> AccessKey {
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

/// Limits the requests of each client per minute.
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
        // The limit goes by the matched route, because a path can be written in many ways.
        if limit > 0, context.endpointPath?.hasPrefix("/api/generate/") ?? false {
            if let seconds = limiter.take(client: context.client, perMinute: limit) {
                metrics.rateLimited()
                throw HTTPProblem.tooMany(perMinute: limit, retryAfter: seconds)
            }
        }
        return try await next(request, context)
    }
}

extension HTTPField.Name {
    fileprivate static let host = HTTPField.Name("Host")!
}
