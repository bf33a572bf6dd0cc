import Foundation
import HTTPTypes
import Hummingbird

/// A refused request: a status and a body in one of the shapes that the API really sends.
struct SandboxProblem: Error {
    var status: HTTPResponse.Status
    var body: JSON
    var headers: HTTPFields = [:]
    var contentType = "application/json"

    static func detail(_ status: HTTPResponse.Status, _ detail: String) -> SandboxProblem {
        SandboxProblem(status: status, body: ["detail": .string(detail)])
    }

    static func titled(_ status: HTTPResponse.Status, _ title: String, _ detail: String) -> SandboxProblem {
        SandboxProblem(
            status: status,
            body: ["title": .string(title), "detail": .string(detail), "status": .integer(status.code)],
            contentType: "application/problem+json"
        )
    }

    static let notFound = detail(.notFound, "The requested resource could not be found.")
    static let unauthenticated = titled(
        .unauthorized,
        "Unauthenticated",
        "You did not pass a valid authentication token"
    )
    static let insufficientCredit = titled(
        HTTPResponse.Status(code: 402, reasonPhrase: "Payment Required"),
        "Insufficient credit",
        "This account has no credit left to run the model. Buy credit under billing, wait a few minutes, then try again."
    )
    static let badVersion = titled(
        .unprocessableContent,
        "Invalid version or not permitted",
        "The specified version does not exist (or perhaps you don't have permission to use it?)"
    )
    static let fileTooLarge = SandboxProblem(
        status: .contentTooLarge,
        body: ["detail": "Files must be less than 100MB in size"],
        contentType: "application/problem+json"
    )

    static func invalid(_ fields: [InvalidField]) -> SandboxProblem {
        var problem = titled(
            .unprocessableContent,
            "Input validation failed",
            fields.map { "- \($0.field.isEmpty ? "" : "\($0.field): ")\($0.description)\n" }.joined()
        )
        guard case .object(var body) = problem.body else { return problem }
        body["invalid_fields"] = .array(
            fields.map {
                [
                    "type": .string($0.type), "field": .string($0.field),
                    "description": .string($0.description),
                ]
            }
        )
        problem.body = .object(body)
        return problem
    }

    /// `limit` a minute with `burst` at once; `wait` in whole seconds goes into body and header.
    static func throttled(limit: Int, burst: Int, wait: Int) -> SandboxProblem {
        let unit = wait == 1 ? "second" : "seconds"
        var problem = detail(
            .tooManyRequests,
            "Request was throttled. Your rate limit is \(limit) requests per minute with a burst of \(burst) requests."
                + " Expected available in \(wait) \(unit)."
        )
        problem.body = [
            "detail": problem.body["detail"] ?? nil, "status": 429, "retry_after": .integer(wait),
        ]
        problem.headers[.retryAfter] = String(wait)
        return problem
    }
}

extension SandboxProblem {
    /// The other form of `Retry-After`: a date, and nothing in the body.
    static func throttled(until date: Date) -> SandboxProblem {
        var problem = detail(.tooManyRequests, "Request was throttled.")
        problem.headers[.retryAfter] = date.httpDate
        return problem
    }
}

/// One complaint; `field` is dotted, as in `input.prompt`, and empty where the whole body is meant.
struct InvalidField: Equatable {
    var type: String
    var field: String
    var description: String
}

extension SandboxProblem: HTTPResponseError {
    /// The framework's own refusals (no such route) get the API's shape.
    init(_ error: any HTTPResponseError) {
        self = error as? SandboxProblem ?? .detail(error.status, "The requested resource could not be found.")
    }

    func response(from request: Request, context: some RequestContext) -> Response {
        var response = Response.json(body, status: status)
        response.headers[.contentType] = contentType
        response.headers.append(contentsOf: headers)
        return response
    }
}

extension Response {
    static func json(_ value: JSON, status: HTTPResponse.Status = .ok) -> Response {
        let data = value.encoded()
        return Response(
            status: status,
            headers: [.contentType: "application/json", .contentLength: String(data.count)],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: data))
        )
    }
}
