package import Foundation

/// The address of the API, the token, and the limits of requests.
package struct ClientConfiguration: Sendable {
    /// The base of every API address; its path ends in `/v1`.
    package var baseURL: URL { didSet { prefix = Self.prefix(baseURL) } }
    /// The text with which the address of every API request begins; ends with a slash.
    private(set) var prefix: String
    /// The token; nil: no request is sent, and each fails with `.noToken`.
    package var token: Token?
    /// The header `User-Agent` of every request.
    package var userAgent: String
    /// The longest time of one call, from the first byte sent to the last byte received.
    package var answerTimeout: Duration
    /// How failed reading requests are repeated.
    package var retry: RetryPolicy
    /// Takes large files out of answers and stores them on the disk; nil: they stay in the answer, in memory.
    package var inlineFiles: InlineFiles?

    /// The base URL of Replicate's API.
    package static let official = "https://api.replicate.com/v1"

    /// The user agent defaults to the program's, the timeout to 30 s.
    package init(
        baseURL: URL,
        token: Token?,
        userAgent: String = "darkroom/0.1",
        answerTimeout: Duration = .seconds(30),
        retry: RetryPolicy = RetryPolicy(),
        inlineFiles: InlineFiles? = nil
    ) {
        self.inlineFiles = inlineFiles
        self.baseURL = baseURL
        prefix = Self.prefix(baseURL)
        self.token = token
        self.userAgent = userAgent
        self.answerTimeout = answerTimeout
        self.retry = retry
    }

    /// Names the token and the address that it is used at, without telling either: 16 hexadecimal digits of a SHA-256 over
    /// both. The same two give the same name in every process. nil without a token.
    package var account: String? {
        guard let token else { return nil }
        let text = "darkroom account 1\n\(prefix)\n\(token.value)"
        return Digest.hex(Digest.sha256(Data(text.utf8)).prefix(8))
    }

    private static func prefix(_ base: URL) -> String { base.absoluteString + (base.path().hasSuffix("/") ? "" : "/") }

    /// Why a text is not a usable address of an API.
    package struct AddressError: Error, Hashable, Sendable, CustomStringConvertible {
        /// One sentence for the user; it repeats the text without what may be secret in it.
        package let description: String
    }

    /// Reads a base URL with or without `/v1` at its end. Throws for anything but `http` and `https`, and for an
    /// address with a user, a query or a fragment.
    ///
    /// Plain `http` is accepted for loopback addresses only, unless `allowingInsecure`: the token would travel
    /// unencrypted.
    package static func baseURL(_ text: String, allowingInsecure: Bool = false) throws(AddressError) -> URL {
        guard var parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.host, !host.isEmpty, ["http", "https"].contains(scheme),
            parts.query == nil, parts.fragment == nil, parts.user == nil, (1...65_535).contains(parts.port ?? 443)
        else {
            // People put passwords and tokens there.
            let isMore = text.contains { "@?#".contains($0) }
            throw AddressError(
                description: isMore
                    ? "An API's address has no user, query or fragment: write it as \(official)"
                    : "\(text) is no address of an API, such as \(official)"
            )
        }
        if scheme == "http", !isLoopback(host), !allowingInsecure {
            throw AddressError(
                description: "\(text) would carry the token unencrypted: use https, or say --insecure-http"
            )
        }
        parts.scheme = scheme
        var path = parts.path
        while path.hasSuffix("/") { path.removeLast() }
        parts.path = path.hasSuffix("/v1") ? path : path + "/v1"
        guard let url = parts.url else { throw AddressError(description: "\(text) is no address") }
        return url
    }

    /// Compares the whole address: `127.0.0.1.example.com` is a host name that anyone can register.
    static func isLoopback(_ host: String) -> Bool {
        if ["localhost", "::1", "[::1]"].contains(host.lowercased()) { return true }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return octets.count == 4 && octets.first == 127 && octets.allSatisfy { $0 != nil }
    }
}
