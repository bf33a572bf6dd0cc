package import Foundation
package import ReplicateAPI

/// What a look at an address told.
package struct URLProbe: Hashable, Sendable {
    package let status: Int
    /// Without parameters, in lower case; nil when the server named none.
    package let contentType: String?
    /// Bytes of the whole; nil when the server did not say.
    package let length: Int64?
    /// The beginning, at most 64 KiB.
    package let head: Data
}

extension APIClient {
    /// Looks at an address by asking for its first bytes. Follows redirects, without the token elsewhere.
    package func probe(_ url: String) async throws(APIError) -> URLProbe {
        let limit = 65_536
        var target = url
        for _ in 0...5 {
            var request = HTTPRequest(method: "GET", url: target, headers: [("Range", "bytes=0-\(limit - 1)")])
            identify(&request)
            let head = HeadCollector(limit: limit)
            let response: HTTPResponse
            do {
                response = try await transport.download(request) { try head.take($0) }
            } catch {
                // Enough was read: the rest of a host that knows no ranges is not wanted.
                guard error == .refusedBySink, let start = head.start else {
                    throw APIError(error, request: "GET", host: URLComponents(string: target)?.host ?? "")
                }
                return URLProbe(start, head: head.bytes)
            }
            if let location = Redirect.target(of: response, from: target) {
                target = location
                continue
            }
            return URLProbe((response.status, response.headers), head: head.bytes)
        }
        throw APIError(.unexpectedStatus, "Too many redirects", request: "GET")
    }
}

extension URLProbe {
    fileprivate init(_ answer: (status: Int, headers: [String: String]), head: Data) {
        let range = answer.headers["content-range"]?.split(separator: "/").last.flatMap { Int64($0) }
        self.init(
            status: answer.status,
            contentType: MediaType.plain(answer.headers["content-type"]),
            length: range ?? answer.headers["content-length"].flatMap { Int64($0) },
            head: head
        )
    }
}

enum MediaType {
    static func plain(_ header: String?) -> String? {
        header?.split(separator: ";").first.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
    }
}

enum Redirect {
    /// Where an answer sends us; nil when it is no redirect. Only to http and https.
    static func target(of response: HTTPResponse, from url: String) -> String? {
        guard [301, 302, 303, 307, 308].contains(response.status), let location = response.headers["location"],
            let base = URL(string: url), let target = URL(string: location, relativeTo: base)?.absoluteURL,
            ["http", "https"].contains(target.scheme?.lowercased())
        else { return nil }
        return target.absoluteString
    }
}
