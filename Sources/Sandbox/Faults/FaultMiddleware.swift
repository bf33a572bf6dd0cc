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
        var response = try await answer(request, context, next)
        if context.faults.contains(.dropCreate), response.status.kind == .successful {
            return try await hangUp(context)
        }
        if !context.faults.isDisjoint(with: [.truncatedJSON, .invalidUTF8]) {
            response = try await Self.garbled(response, context.faults)
        }
        if context.faults.contains(.truncatedDownload) { response = try await truncated(response, context) }
        if context.faults.contains(.drip) { response = try await dripping(response) }
        return response
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
            return try error.response(from: request, context: context)
        }
    }

    private func refuse(_ faults: Set<SandboxFault>) throws(Problem) {
        if faults.contains(.revoked) { throw .unauthenticated }
        if faults.contains(.rateLimit) { throw .throttled(limit: 6, burst: 1, wait: 1) }
        if faults.contains(.serverError) {
            throw .titled(.internalServerError, "Internal server error", "Something went wrong on our side.")
        }
        if faults.contains(.credit) { throw .insufficientCredit }
        if faults.contains(.expired) { throw .notFound }
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

    private static func garbled(_ response: Response, _ faults: Set<SandboxFault>) async throws -> Response {
        var bytes = try await response.body.collected()
        if faults.contains(.truncatedJSON) { bytes = Array(bytes.prefix(bytes.count / 2)) }
        if faults.contains(.invalidUTF8), let quote = bytes.firstIndex(of: UInt8(ascii: "\"")) {
            bytes.insert(contentsOf: [0xff, 0xc3], at: quote + 1)
        }
        var headers = response.headers
        headers[.contentLength] = String(bytes.count)
        return Response(
            status: response.status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    private func truncated(_ response: Response, _ context: SandboxContext) async throws -> Response {
        let bytes = try await response.body.collected()
        let channel = context.channel
        return Response(
            status: response.status,
            headers: response.headers,
            body: ResponseBody(contentLength: bytes.count) { writer in
                try await writer.write(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
                try await channel.close(mode: .all).get()
                try await writer.finish(nil)
            }
        )
    }

    private func dripping(_ response: Response) async throws -> Response {
        let bytes = try await response.body.collected()
        let time = world.time
        return Response(
            status: response.status,
            headers: response.headers,
            body: ResponseBody(contentLength: bytes.count) { writer in
                // At most some hundred drops, however long the answer.
                let size = max(8, bytes.count / 200)
                for start in stride(from: 0, to: bytes.count, by: size) {
                    try await writer.write(ByteBuffer(bytes: bytes[start..<min(bytes.count, start + size)]))
                    try await time.sleep(.milliseconds(20))
                }
                try await writer.finish(nil)
            }
        )
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
