import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Makes the faults that were drawn for a request happen.
struct FaultMiddleware: RouterMiddleware {
    let world: World

    func handle(
        _ request: Request,
        context: SandboxContext,
        next: @concurrent (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.faults = world.roll(for: context.kind)
        if context.faults.contains(.refuse) { return try await hangUp(context) }
        if context.faults.contains(.stall) { try await world.time.sleep(.seconds(60)) }
        try refuse(context.faults)
        if let page = page(context.faults) { return page }
        let response = try await answer(request, context, next)
        if context.faults.contains(.dropCreate), response.status.kind == .successful {
            return try await hangUp(context)
        }
        return try await Distortion(faults: context.faults, channel: context.channel, time: world.time).of(response)
    }

    /// Refusals are answers too, for the faults that concern how an answer travels.
    private func answer(
        _ request: Request,
        _ context: SandboxContext,
        _ next: @concurrent (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError {
            return SandboxProblem(error).response(from: request, context: context)
        }
    }

    private func refuse(_ faults: Set<SandboxFault>) throws(SandboxProblem) {
        if faults.contains(.revoked) { throw .unauthenticated }
        if faults.contains(.rateLimit) { throw .throttled(limit: 6, burst: 1, wait: 1) }
        if faults.contains(.rateLimitDate) { throw .throttled(until: world.time.now().addingTimeInterval(2)) }
        if faults.contains(.rateLimitBare) { throw .detail(.tooManyRequests, "Request was throttled.") }
        if faults.contains(.timeout) { throw .detail(.requestTimeout, "The request took too long.") }
        if faults.contains(.unavailable) {
            var problem = SandboxProblem.titled(
                .serviceUnavailable,
                "Service unavailable",
                "Please come back in a second."
            )
            problem.headers[.retryAfter] = "1"
            throw problem
        }
        if faults.contains(.serverError) {
            throw .titled(.internalServerError, "Internal server error", "Something went wrong on our side.")
        }
        if faults.contains(.credit) { throw .insufficientCredit }
        if faults.contains(.expired) { throw .notFound }
        if faults.contains(.forbidden) { throw .detail(.forbidden, "Access denied") }
    }

    private func page(_ faults: Set<SandboxFault>) -> Response? {
        let status: HTTPResponse.Status
        if faults.contains(.badGateway) {
            status = .badGateway
        } else if faults.contains(.html) {
            status = .ok
        } else {
            return nil
        }
        let text = """
            <!DOCTYPE html><html><head><title>\(status.code)</title></head>
            <body><h1>A gateway speaking</h1><p>Please stand by.</p></body></html>
            """
        return Response(
            status: status,
            headers: [.contentType: "text/html; charset=UTF-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    /// Closes the connection. What is returned never leaves.
    private func hangUp(_ context: SandboxContext) async throws -> Response {
        try? await context.channel.close(mode: .all).get()
        return Response(status: .internalServerError)
    }
}

extension ResponseBody {
    /// The whole body in memory.
    func collected() async throws -> [UInt8] {
        let collector = BodyCollector()
        try await write(collector)
        return collector.bytes.withLock { $0 }
    }
}
