extension APIError {
    /// Reads an error answer. Understood are RFC 7807, `detail` without a title, `detail` as an object or a list, and
    /// an answer that is not JSON.
    ///
    /// - Parameters:
    ///   - status: the HTTP status; it decides the code.
    ///   - body: the JSON of the answer; nil when it was not JSON, for example a proxy's HTML page.
    ///   - request: method and path, such as `POST /predictions`.
    ///   - retryAfter: the wait that the headers ask for; `retry_after` of the body, in seconds from 0 to 86,400, wins.
    package init(status: Int, body: JSONValue?, request: String, retryAfter: Duration?) {
        let title = body?["title"]?.string
        let detail = body?["detail"].flatMap(Self.sentence) ?? body?["error"].flatMap(Self.sentence)
        let fields = Self.invalidFields(body)
        let code = Self.code(status: status, title: title, hasFields: !fields.isEmpty)
        let wait = body?["retry_after"]?.double.flatMap { (0...86_400).contains($0) ? Duration.seconds($0) : nil }
        self.init(
            code,
            Self.message(code: code, status: status, title: title, detail: detail, fields: fields),
            request: request,
            status: status,
            invalidFields: fields,
            retryAfter: wait ?? retryAfter
        )
    }

    private static func code(status: Int, title: String?, hasFields: Bool) -> Code {
        switch status {
        case 401: .unauthenticated
        case 402: .insufficientCredit
        case 403: .forbidden
        case 404: .notFound
        case 407: .proxyRefused
        case 413: .tooLarge
        case 422 where !hasFields && title?.lowercased().contains("version") == true: .versionNotPermitted
        case 400, 422: .invalidInput
        case 429: .rateLimited
        case 408, 500...: .serverError
        case 400..<500: .refused
        default: .unexpectedStatus
        }
    }

    private static func message(
        code: Code,
        status: Int,
        title: String?,
        detail: String?,
        fields: [InvalidField]
    ) -> String {
        if !fields.isEmpty {
            return fields.map(\.sentence).joined(separator: "; ")
        }
        let said = [title, detail].compactMap { $0 }.filter { !$0.isEmpty }
        if !said.isEmpty { return said.joined(separator: ": ") }
        return switch code {
        case .unauthenticated: "The API refused the token"
        case .notFound: "Not found"
        case .proxyRefused: "The proxy refused the request (HTTP \(status))"
        case .refused: "The API refused the request (HTTP \(status))"
        case .rateLimited: "Too many requests"
        case .serverError: "The API has a problem of its own (HTTP \(status))"
        default: "The API answered with HTTP \(status)"
        }
    }

    private static func sentence(_ value: JSONValue) -> String? {
        let text: String? =
            switch value {
            case .null: nil
            case .string(let text): text
            default: value.text()
            }
        return text.map { text in
            var text = text.prefix(2_000).drop(while: \.isWhitespace)
            while text.last?.isWhitespace == true { text.removeLast() }
            return String(text)
        }
    }
}
