/// Why a request to the API gave no result.
///
/// It holds what the user or a retry policy needs, and nothing secret: no token, no request body, no query.
package struct APIError: Error, Hashable, Sendable {
    /// The kind of the failure. The raw value stands in logs.
    package enum Code: String, Hashable, Sendable {
        /// No token is configured: nothing was sent.
        case noToken
        /// 401: the token was refused.
        case unauthenticated
        /// 402: the account has no credit.
        case insufficientCredit
        /// 403.
        case forbidden
        /// 404.
        case notFound
        /// 413.
        case tooLarge
        /// 407, or a proxy did not connect. The server has certainly not processed the request.
        case proxyRefused
        /// 400 or 422. ``APIError/invalidFields`` holds the fields when the server named them.
        case invalidInput
        /// 422 "Invalid version or not permitted"; also what an account without a payment method gets.
        case versionNotPermitted
        /// 429.
        case rateLimited
        /// 408 and 5xx.
        case serverError
        /// Any other 4xx: refused, so nothing was created.
        case refused
        /// Any other status.
        case unexpectedStatus
        /// No connection could be made. The server has certainly not processed the request.
        case unreachable
        /// The host's name has no address. The server has certainly not processed the request.
        case nameNotFound
        /// The host's certificate is not trusted. The server has certainly not processed the request.
        case certificate
        /// No connection was made in time. The server has certainly not processed the request.
        case connectTimedOut
        /// The connection broke after it may have carried the request: the server may have acted.
        case interrupted
        /// No answer came in time, and the server may have acted.
        case timedOut
        /// An answer arrived but could not be understood: HTML, truncated JSON, too long.
        case invalidResponse
        /// A URL of another host or scheme than the API's was not followed.
        case foreignURL
        /// The task that asked was cancelled; the server may have acted.
        case canceled
    }

    /// Whether the server, or something before it, has answered at all.
    package var isAnswer: Bool {
        switch code {
        case .insufficientCredit, .forbidden, .notFound, .tooLarge, .invalidInput, .versionNotPermitted, .rateLimited,
            .serverError, .refused, .unexpectedStatus, .invalidResponse, .unauthenticated:
            true
        case .noToken, .proxyRefused, .unreachable, .nameNotFound, .certificate, .connectTimedOut, .interrupted,
            .timedOut, .foreignURL, .canceled:
            false
        }
    }

    /// Whether another token is needed: no repetition helps.
    package var refusesToken: Bool { code == .unauthenticated || code == .noToken }

    /// A field that the server refused.
    package struct InvalidField: Hashable, Sendable {
        /// The server's word for the rule that was broken: `required`, `enum`, `number_lte` and others. Empty when it
        /// named none.
        package let type: String
        /// The input's key without the leading `input.`; it may go on with the position inside the value, as in
        /// `images.0`.
        package let field: String
        /// The server's words about the field, at most 2,000 characters where they were read from an answer.
        package let message: String

        package init(type: String, field: String, message: String) {
            self.type = type
            self.field = field
            self.message = message
        }
    }

    /// The kind of the failure.
    package var code: Code
    /// One sentence. It may hold the server's own words, which can contain control characters: make it safe before it
    /// is shown on a terminal.
    package var message: String
    /// Method and path, such as `POST /predictions`; empty when no request was made.
    package var request: String
    /// HTTP status; nil when no answer arrived.
    package var status: Int?
    /// The fields that the server refused; empty when it named none.
    package var invalidFields: [InvalidField]
    /// How long the server asks to wait; nil when it did not ask.
    package var retryAfter: Duration?

    package init(
        _ code: Code,
        _ message: String,
        request: String = "",
        status: Int? = nil,
        invalidFields: [InvalidField] = [],
        retryAfter: Duration? = nil
    ) {
        self.code = code
        self.message = message
        self.request = request
        self.status = status
        self.invalidFields = invalidFields
        self.retryAfter = retryAfter
    }
}

extension APIError {
    /// What an error says about whether the server acted on the request.
    package enum Effect: Hashable, Sendable {
        /// The request certainly did not reach the server.
        case notSent
        /// The server answered that it refuses the request: it created nothing.
        case refused
        /// The server may have acted. A creation must be looked for, and must not be sent again automatically.
        case unclear
    }

    /// Derived from ``code`` only.
    package var effect: Effect {
        switch code {
        case .noToken, .foreignURL, .unreachable, .nameNotFound, .certificate, .connectTimedOut, .proxyRefused:
            .notSent
        case .unauthenticated, .insufficientCredit, .forbidden, .notFound, .tooLarge, .invalidInput,
            .versionNotPermitted, .rateLimited, .refused:
            .refused
        case .serverError, .unexpectedStatus, .interrupted, .timedOut, .invalidResponse, .canceled: .unclear
        }
    }

    /// True when the server certainly did not create anything: it refused before creation, or was never reached.
    package var isDefiniteRefusal: Bool { effect != .unclear }

    /// True when the same request may succeed later although neither the request nor a setting is changed.
    package var isTransient: Bool {
        switch code {
        case .rateLimited, .serverError, .unreachable, .nameNotFound, .certificate, .connectTimedOut, .proxyRefused,
            .interrupted, .timedOut, .invalidResponse:
            true
        case .noToken, .unauthenticated, .insufficientCredit, .forbidden, .notFound, .tooLarge, .invalidInput,
            .versionNotPermitted, .refused, .unexpectedStatus, .foreignURL, .canceled:
            false
        }
    }

    /// True when the same request may succeed at once. A certificate or a proxy will not have changed by then.
    package var isWorthRepeating: Bool { isTransient && code != .certificate && code != .proxyRefused }

    /// What the user can do next, as a sentence; nil where the message says it all.
    package var advice: String? {
        switch code {
        case .noToken: "Set REPLICATE_API_TOKEN, or try `darkroom demo`, which needs none."
        case .unauthenticated: "Check REPLICATE_API_TOKEN: the API does not accept it."
        case .insufficientCredit: "Buy credit at replicate.com/account/billing, wait a few minutes, then run again."
        case .versionNotPermitted: "Check the version, and that the account has a payment method."
        case .unreachable, .connectTimedOut: "Check the network and the address, then try again."
        case .nameNotFound: "Check the network, its name server and the address, then try again."
        case .certificate:
            "Where the network has a certificate authority of its own, name its file in SSL_CERT_FILE."
        case .proxyRefused: "Check the proxy that HTTPS_PROXY names, and its user and password."
        case .rateLimited: "Wait a moment; the limit is low while the account has little credit."
        case .tooLarge: "Files up to 100 MB can be uploaded."
        case .forbidden: "Check that the account of the token may use it."
        case .notFound: "Check its name or id, and that it belongs to the account of the token."
        case .serverError: "That is a fault of the API's own: replicatestatus.com says whether it is known."
        default: nil
        }
    }
}

extension APIError {
    /// The message and the advice, if there is one, as sentences. The server's words end with a full stop or without.
    package var explanation: String {
        guard let advice else { return message }
        let isSentence = message.last.map { ".!?".contains($0) } ?? true
        return "\(message)\(isSentence ? "" : ".") \(advice)"
    }
}

extension APIError: CustomStringConvertible {
    /// The message, then the request and the status: `… (POST /predictions, 422)`.
    package var description: String {
        let place = [request.isEmpty ? nil : request, status.map(String.init)].compactMap { $0 }
        return place.isEmpty ? message : "\(message) (\(place.joined(separator: ", ")))"
    }
}
