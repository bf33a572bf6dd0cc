import Foundation
package import Logging
import ReplicateAPI

/// A client of Replicate's HTTP API. It has one method for each request, reads answers leniently, and throws
/// ``APIError``.
///
/// The token is sent only to the API's own scheme, host and port, below its base path. Reading requests are repeated as
/// ``RetryPolicy`` says. A creation is never repeated. The methods may be called from any task.
package struct APIClient: Sendable {
    /// The address, the token and the limits.
    package let configuration: ClientConfiguration
    /// The server's time, kept up to date by every answer of the API.
    package let clock: ServerClock
    let transport: any Transport
    let authorization: RequestAuthorization
    private let sleep: @Sendable (Duration) async throws -> Void
    private let logger: Logger

    /// - Parameters:
    ///   - transport: sends the requests; not closed by the client.
    ///   - logger: gets a line at level debug for each repeated request. It does not log by default.
    ///   - sleep: waits between tries; throws when the task was cancelled.
    package init(
        configuration: ClientConfiguration,
        transport: any Transport,
        logger: Logger = Logger(label: "api", factory: { _ in SwiftLogNoOpLogHandler() }),
        clock: ServerClock = ServerClock(),
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.configuration = configuration
        self.transport = transport
        authorization = RequestAuthorization(configuration: configuration)
        self.logger = logger
        self.clock = clock
        self.sleep = sleep
    }

    // MARK: Requests

    enum RetryMode {
        /// The request is sent again after a passing failure, as ``RetryPolicy`` says.
        case automatic
        /// The request is sent once; the caller may send it again.
        case byCaller
        /// A creation: neither this client nor the transport may send it again.
        case never
    }

    /// Requests JSON. `path` begins with a slash and follows the base URL.
    func json(
        _ method: String,
        _ path: String,
        body: HTTPRequest.Body = .none,
        headers: [(name: String, value: String)] = [],
        timeout: Duration? = nil,
        retry: RetryMode = .automatic
    ) async throws(APIError) -> JSONValue {
        try await json(
            Self.name(method, path),
            method,
            url: configuration.baseURL.absoluteString + path,
            body: body,
            headers: headers,
            timeout: timeout,
            retry: retry
        )
    }

    func json(
        _ name: String,
        _ method: String,
        url: String,
        body: HTTPRequest.Body = .none,
        headers: [(name: String, value: String)] = [],
        timeout: Duration? = nil,
        retry: RetryMode = .automatic
    ) async throws(APIError) -> JSONValue {
        var request = HTTPRequest(method: method, url: url, headers: headers, body: body)
        request.timeout = timeout ?? configuration.answerTimeout
        return try await ask(request, name: name, retry: retry) { try? JSONValue(parsing: $0) }
    }

    /// The name of a request for logs and errors, such as `GET /models/…`. Without the query, which may be long or
    /// private.
    static func name(_ method: String, _ path: String) -> String { "\(method) \(path.prefix { $0 != "?" })" }

    /// Sends a request, reads the answer, and repeats it where that is safe and may help. `read` returns nil for an
    /// answer that it cannot read.
    func ask<Answer>(
        _ request: HTTPRequest,
        name: String,
        retry: RetryMode = .automatic,
        _ read: (Data) -> Answer?
    ) async throws(APIError) -> Answer {
        guard configuration.token != nil else {
            throw APIError(.noToken, "No token is configured", request: name)
        }
        var request = request
        request.requiresNewConnection = retry == .never
        if let files = configuration.inlineFiles { request.makeBodyFilter = { files.bodyFilter() } }
        try authorization.authorize(&request, name: name)
        var attempt = 1
        while true {
            let began = ContinuousClock.now
            do {
                return try await once(request, name: name, read)
            } catch {
                let lasted = ContinuousClock.now - began
                if case .file = request.body, lasted > configuration.retry.longestUpload,
                    error.status == nil || error.status == 408
                {
                    throw Self.cutUpload(error, after: lasted)
                }
                let mayRepeat = retry == .automatic && error.isWorthRepeating && attempt < configuration.retry.attempts
                guard mayRepeat else { throw error }
                let own = configuration.retry.delay(before: attempt, chance: .random(in: 0...1))
                logger.debug("asking again", metadata: ["request": "\(name)", "code": "\(error.code.rawValue)"])
                do {
                    try await sleep(max(own, error.retryAfter ?? .zero))
                } catch {
                    throw APIError(.canceled, "Canceled", request: name)
                }
                attempt += 1
            }
        }
    }

    /// - Parameter lasted: from the first byte to the cut.
    private static func cutUpload(_ error: APIError, after lasted: Duration) -> APIError {
        var error = error
        error.message =
            "The upload was cut after \(max(1, lasted.components.seconds)) s, and the same would happen again: "
            + "a smaller file, a faster connection or a web address helps (\(error.message))"
        return error
    }

    private func once<Answer>(
        _ request: HTTPRequest,
        name: String,
        _ read: (Data) -> Answer?
    ) async throws(APIError) -> Answer {
        let response = try await answer(to: request, name: name)
        guard (200..<300).contains(response.status) else {
            let error = APIError(
                status: response.status,
                body: try? JSONValue(parsing: response.body),
                request: name,
                retryAfter: RetryAfter.read(response.headers, now: clock.now())
            )
            throw authorization.redacted(error)
        }
        guard let answer = read(response.body) else {
            throw APIError(
                .invalidResponse,
                "The API's answer is not what was asked for",
                request: name,
                status: response.status
            )
        }
        return answer
    }

    func answer(to request: HTTPRequest, name: String) async throws(APIError) -> HTTPResponse {
        do {
            let response = try await transport.send(request)
            if authorization.isOwn(request.url) {
                clock.update(from: response.headers["date"], age: response.headers["age"])
            }
            return response
        } catch {
            throw APIError(error, request: name, host: URLComponents(string: request.url)?.host ?? "")
        }
    }
}
