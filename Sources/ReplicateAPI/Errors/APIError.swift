/// Why a request to the API gave no result.
///
/// Holds what a person or a retry policy needs and nothing secret: no token, no request body, no query.
package struct APIError: Error, Hashable, Sendable {
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
        /// 407, or a proxy did not connect: certainly nothing was processed.
        case proxyRefused
        /// 422, with the fields in ``APIError/invalidFields`` where the server named them.
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
        /// No connection could be made: certainly nothing was processed.
        case unreachable
        /// The host's name has no address: certainly nothing was processed.
        case nameNotFound
        /// The host's certificate is not trusted: certainly nothing was processed.
        case certificate
        /// No connection was made in time: certainly nothing was processed.
        case connectTimedOut
        /// The connection broke after it may have carried the request: the server may have acted.
        case interrupted
        /// No answer came in time, and the server may have acted.
        case timedOut
        /// An answer arrived but could not be understood: HTML, truncated JSON, too long.
        case invalidResponse
        /// A URL of another host or scheme than the API's was not followed.
        case foreignURL
        case canceled
    }

    /// A field the server refused.
    package struct InvalidField: Hashable, Sendable {
        /// `required`, `enum`, `number_lte`, …; open.
        package let type: String
        /// The input's key without the leading `input.`.
        package let field: String
        package let message: String

        package init(type: String, field: String, message: String) {
            self.type = type
            self.field = field
            self.message = message
        }
    }

    package var code: Code
    /// One sentence; may hold the server's own words, which are not yet safe for a terminal.
    package var message: String
    /// Such as `POST /predictions`; empty when nothing was asked.
    package var request: String
    /// HTTP status; nil when no answer arrived.
    package var status: Int?
    package var invalidFields: [InvalidField]
    /// How long the server asks to wait; nil when it did not say.
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
        /// The request certainly never reached the server.
        case neverLeft
        /// The server answered, and did nothing.
        case refused
        /// The server may have acted: a creation must be looked for, and never sent again by itself.
        case unclear
    }

    package var effect: Effect {
        switch code {
        case .noToken, .foreignURL, .unreachable, .nameNotFound, .certificate, .connectTimedOut, .proxyRefused:
            .neverLeft
        case .unauthenticated, .insufficientCredit, .forbidden, .notFound, .tooLarge, .invalidInput,
            .versionNotPermitted, .rateLimited, .refused:
            .refused
        case .serverError, .unexpectedStatus, .interrupted, .timedOut, .invalidResponse, .canceled: .unclear
        }
    }

    /// True when the server certainly did not create anything: it refused before creation, or was never reached.
    package var isDefiniteRefusal: Bool { effect != .unclear }

    /// True when asking again later may succeed without anybody changing anything.
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

    /// True when asking again at once may succeed: a certificate or a proxy will not have changed by then.
    package var isWorthRepeating: Bool { isTransient && code != .certificate && code != .proxyRefused }

    /// What a person can do next; nil where the message says it all.
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
        default: nil
        }
    }
}

extension APIError {
    /// The message and, where there is one, the advice, as sentences. The server's words end in a stop or do not.
    package var explanation: String {
        guard let advice else { return message }
        let isSentence = message.last.map { ".!?".contains($0) } ?? true
        return "\(message)\(isSentence ? "" : ".") \(advice)"
    }
}

extension APIError: CustomStringConvertible {
    /// The message, then where it happened: `… (POST /predictions, 422)`.
    package var description: String {
        let place = [request.isEmpty ? nil : request, status.map(String.init)].compactMap { $0 }
        return place.isEmpty ? message : "\(message) (\(place.joined(separator: ", ")))"
    }
}
