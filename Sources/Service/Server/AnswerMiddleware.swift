import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// The log of request events.
struct ServiceLog: Sendable {
    let logger: Logger

    /// The logger of one request; its lines carry the request's id.
    func logger(for id: String) -> Logger {
        var logger = logger
        logger[metadataKey: "request_id"] = "\(id)"
        return logger
    }
}

/// The outermost middleware: gives every request its id, turns thrown errors into answers, counts and logs.
struct AnswerMiddleware: RouterMiddleware {
    let live: LiveConfiguration
    let metrics: ServiceMetrics
    let log: ServiceLog

    func handle(
        _ request: Request,
        context: ServiceContext,
        next: @concurrent (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var context = context
        context.requestID = Self.id(request.headers[.xRequestID])
        context.logger = log.logger(for: context.requestID)
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = answer(to: error, request, context).response
        }
        response.headers[.xRequestID] = context.requestID
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let route = context.endpointPath ?? "none"
        metrics.request(route: route, method: request.method.name, status: response.status.code, seconds: seconds)
        // Health probes come every few seconds; their lines would hide the others.
        let isProbe = route == "/health" || route == "/metrics"
        context.logger.log(
            level: isProbe ? .debug : .info,
            "request",
            metadata: [
                "method": "\(request.method.rawValue)", "path": "\(request.uri.path)",
                "status": .stringConvertible(response.status.code),
                "duration_ms": .stringConvertible((seconds * 100_000).rounded() / 100),
            ]
        )
        return response
    }

    private func answer(to error: any Error, _ request: Request, _ context: ServiceContext) -> HTTPProblem {
        if let problem = error as? HTTPProblem { return problem }
        if let refused = error as? any HTTPResponseError {
            guard refused.status == .notFound else {
                return .detail(refused.status, refused.status.reasonPhrase)
            }
            let methods = RouteTable.methods(at: request.uri.path)
            return methods.isEmpty ? .notFound : .notAllowed(methods)
        }
        context.logger.error("request_failed", metadata: ["error": "\(type(of: error))", "reason": "\(error)"])
        return .unforeseen(error, isDebugging: live.current.isDebugging)
    }

    /// The client's own id when it is well formed, else a new one.
    static func id(_ sent: String?) -> String {
        if let sent, (1...64).contains(sent.utf8.count),
            sent.utf8.allSatisfy({ byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains(byte)
            })
        {
            return sent
        }
        return UUID().uuidString.lowercased()
    }
}

extension HTTPRequest.Method {
    /// One of the usual methods, or `other`: a client may send any word as a method, and each would be a new time series.
    fileprivate var name: String {
        [.get, .head, .post, .put, .patch, .delete, .options].contains(self) ? rawValue : "other"
    }
}
