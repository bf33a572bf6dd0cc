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
        /// 422, with the fields in ``APIError/invalidFields`` where the server named them.
        case invalidInput
        /// 422 "Invalid version or not permitted"; also what an account without a payment method gets.
        case versionNotPermitted
        /// 429.
        case rateLimited
        /// 408 and 5xx.
        case serverError
        /// Any other status.
        case unexpectedStatus
        /// The connection could not be made: certainly nothing was processed.
        case unreachable
        /// The connection broke or timed out after it may have carried the request: the server may have acted.
        case interrupted
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
    /// True when the server certainly did not create anything: it refused before creation, or was never reached.
    ///
    /// Everything else after a `POST /predictions` is unclear and must be reconciled, never sent again.
    package var isDefiniteRefusal: Bool {
        switch code {
        case .noToken, .unauthenticated, .insufficientCredit, .forbidden, .notFound, .tooLarge, .invalidInput,
            .versionNotPermitted, .rateLimited, .unreachable, .foreignURL:
            true
        case .serverError, .unexpectedStatus, .interrupted, .invalidResponse, .canceled: false
        }
    }

    /// True when asking again later may succeed without anybody changing anything.
    package var isTransient: Bool {
        switch code {
        case .rateLimited, .serverError, .unreachable, .interrupted, .invalidResponse: true
        default: false
        }
    }

    /// What a person can do next; nil where the message says it all.
    package var advice: String? {
        switch code {
        case .noToken: "Set REPLICATE_API_TOKEN, or try `darkroom demo`, which needs none."
        case .unauthenticated: "Check REPLICATE_API_TOKEN: the API does not accept it."
        case .insufficientCredit: "Buy credit at replicate.com/account/billing, wait a few minutes, then run again."
        case .versionNotPermitted: "Check the version, and that the account has a payment method."
        case .unreachable: "Check the network and the address, then try again."
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
