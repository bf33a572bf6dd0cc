import HTTPTypes
import Hummingbird
import ReplicateAPI

/// An answer other than the result: status and body as the reference words them. Thrown by routes and middlewares.
struct HTTPProblem: Error, Equatable {
    var status: HTTPResponse.Status
    var body: JSONValue
    var headers: HTTPFields = [:]

    static func detail(_ status: HTTPResponse.Status, _ detail: String) -> HTTPProblem {
        HTTPProblem(status: status, body: ["detail": .string(detail)])
    }

    static func invalid(_ issues: [FieldIssue]) -> HTTPProblem {
        HTTPProblem(status: .unprocessableContent, body: ["detail": issues.json])
    }

    static let unreadableBody = detail(.badRequest, "There was an error parsing the body")
    /// The body ended early or has malformed chunks. The connection is closed, because the start of the next request is not
    /// known.
    static let brokenBody: HTTPProblem = {
        var problem = unreadableBody
        problem.headers[.connection] = "close"
        return problem
    }()
    static let severalHosts = detail(.badRequest, "Several Host headers")
    static let noImages = detail(.badRequest, "At least one image URL is required")
    static let invalidHost = detail(.badRequest, "Invalid host header")
    static let notFound = detail(.notFound, "Not Found")
    static let noToken = detail(
        .internalServerError,
        "Replicate API not configured. Please set REPLICATE_API_KEY."
    )
    static let timeout = detail(.gatewayTimeout, "Request timeout")

    static func notAllowed(_ methods: [HTTPRequest.Method]) -> HTTPProblem {
        var problem = detail(.methodNotAllowed, "Method Not Allowed")
        problem.headers[.allow] = methods.map(\.rawValue).sorted().joined(separator: ", ")
        return problem
    }

    static func tooLarge(_ limit: Int) -> HTTPProblem {
        var problem = detail(.contentTooLarge, "Request body too large: at most \(limit) bytes are taken")
        // The rest of the body is not read.
        problem.headers[.connection] = "close"
        return problem
    }

    static let unauthenticated: HTTPProblem = {
        var problem = detail(.unauthorized, "Not authenticated")
        problem.headers[.wwwAuthenticate] = "Bearer"
        return problem
    }()

    static func tooMany(perMinute: Int, retryAfter seconds: Int) -> HTTPProblem {
        var problem = detail(.tooManyRequests, "Rate limit exceeded: \(perMinute) per 1 minute")
        problem.headers[.retryAfter] = String(seconds)
        return problem
    }

    static func tooManyKeys(retryAfter seconds: Int) -> HTTPProblem {
        var problem = detail(
            .tooManyRequests,
            "Too many wrong keys were sent from your address: this one was not looked at"
        )
        problem.headers[.retryAfter] = String(seconds)
        return problem
    }

    /// 503: nothing was started, and the same request may succeed later.
    ///
    /// - Parameter seconds: the value of `Retry-After`.
    static func busy(_ detail: String, retryAfter seconds: Int = 10) -> HTTPProblem {
        var problem = HTTPProblem.detail(.serviceUnavailable, detail)
        problem.headers[.retryAfter] = String(seconds)
        return problem
    }

    static let stopping = busy("The service is stopping; a run that was started goes on")

    /// An error without an answer of its own. Its text is in the answer only while debugging.
    static func unforeseen(_ error: any Error, isDebugging: Bool) -> HTTPProblem {
        HTTPProblem(
            status: .internalServerError,
            body: [
                "error": "Internal server error", "detail": isDebugging ? .string("\(error)") : .null,
            ]
        )
    }
}

extension HTTPProblem {
    var response: Response {
        var response = Response.json(body, status: status)
        response.headers.append(contentsOf: headers)
        return response
    }
}

extension Response {
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        text(value.serialized(), type: "application/json", status: status)
    }

    static func text(
        _ bytes: some Sequence<UInt8>,
        type: String,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let buffer = ByteBuffer(bytes: bytes)
        return Response(
            status: status,
            headers: [.contentType: type, .contentLength: String(buffer.readableBytes)],
            body: ResponseBody(byteBuffer: buffer)
        )
    }
}
