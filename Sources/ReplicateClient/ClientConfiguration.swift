package import Foundation

/// Where the API is, and who asks.
package struct ClientConfiguration: Sendable {
    /// Ends in `/v1`.
    package var baseURL: URL { didSet { prefix = Self.prefix(baseURL) } }
    /// What the address of every question begins with.
    private(set) var prefix: String
    /// nil: nothing is sent, every request fails with `.noToken`.
    package var token: Token?
    package var userAgent: String
    /// From the first byte sent to the last received of one call.
    package var answerTimeout: Duration
    package var retry: RetryPolicy
    /// Where large files go that stand in answers; nil: they stay where they are, in memory.
    package var inlineFiles: InlineFiles?

    package static let official = "https://api.replicate.com/v1"

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

    private static func prefix(_ base: URL) -> String { base.absoluteString + (base.path().hasSuffix("/") ? "" : "/") }

    package struct AddressError: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// Reads an address with or without `/v1`. Plain http is for loopback only, unless `allowingInsecure`: the token
    /// would travel in the open.
    package static func baseURL(_ text: String, allowingInsecure: Bool = false) throws(AddressError) -> URL {
        guard var parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.host, !host.isEmpty, ["http", "https"].contains(scheme),
            parts.query == nil, parts.fragment == nil, parts.user == nil
        else { throw AddressError(description: "\(text) is no address of an API, such as \(official)") }
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

    /// By the whole address: `127.0.0.1.example.com` is somebody's name.
    static func isLoopback(_ host: String) -> Bool {
        if ["localhost", "::1", "[::1]"].contains(host.lowercased()) { return true }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return octets.count == 4 && octets.first == 127 && octets.allSatisfy { $0 != nil }
    }
}
