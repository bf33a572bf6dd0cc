import HTTPTypes
import Hummingbird
import NIOCore

/// Counts requests and reports them to the log.
struct CountingMiddleware: RouterMiddleware {
    let world: World

    func handle(
        _ request: Request,
        context: SandboxContext,
        next: @concurrent (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        world.track(context.channel)
        var context = context
        context.kind = RequestKind(method: request.method, path: request.uri.path)
        var status: Int?
        defer {
            world.count(route: "\(request.method.rawValue) \(context.endpointPath ?? request.uri.path)")
            world.configuration.requestLog?(
                RequestRecord(method: request.method.rawValue, path: request.uri.path, status: status)
            )
        }
        do {
            let response = try await next(request, context)
            if context.channel.isActive { status = response.status.code }
            return response
        } catch let error as any HTTPResponseError {
            status = error.status.code
            throw error
        }
    }
}

/// Asks for a token everywhere under /v1, and counts tokens where none belongs.
struct AuthenticationMiddleware: RouterMiddleware {
    let world: World

    func handle(
        _ request: Request,
        context: SandboxContext,
        next: @concurrent (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        let header = request.headers[.authorization]
        switch context.kind {
        case .delivery:
            if header != nil { world.countLeak() }
        case .stream: break
        default:
            // Search is the one operation that the OpenAPI document leaves open.
            guard request.uri.path == "/v1/search" || isValid(header) else { throw SandboxProblem.unauthenticated }
        }
        return try await next(request, context)
    }

    private func isValid(_ header: String?) -> Bool {
        let parts = (header ?? "").split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2, ["bearer", "token"].contains(parts[0].lowercased()) else { return false }
        return world.configuration.token.map { $0 == parts[1] } ?? !parts[1].isEmpty
    }
}

/// Holds requests to the documented limits and says in headers what is left.
struct RateLimitMiddleware: RouterMiddleware {
    let world: World

    func handle(
        _ request: Request,
        context: SandboxContext,
        next: @concurrent (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        if context.kind == .delivery || context.kind == .stream { return try await next(request, context) }
        let allowance = try world.admit(context.kind)
        var response = try await next(request, context)
        response.headers[.rateLimitRemaining] = String(allowance.remaining)
        response.headers[.rateLimitReset] = String(allowance.reset)
        return response
    }
}

extension HTTPField.Name {
    static let rateLimitRemaining = HTTPField.Name("ratelimit-remaining")!
    static let rateLimitReset = HTTPField.Name("ratelimit-reset")!
    static let prefer = HTTPField.Name("prefer")!
    static let cancelAfter = HTTPField.Name("cancel-after")!
    static let lastEventID = HTTPField.Name("last-event-id")!
}
