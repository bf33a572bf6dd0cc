package import Foundation
package import ReplicateAPI

/// The first bytes and the headers of an address.
package struct URLProbe: Hashable, Sendable {
    /// The HTTP status of the last answer.
    package let status: Int
    /// The media type without parameters, in lower case; nil when the server sent none.
    package let contentType: String?
    /// Length of the whole content in bytes; nil when the server did not say.
    package let length: Int64?
    /// The beginning of the body, at most 64 KiB; empty when the status is neither 200 nor 206.
    package let head: Data
}

extension APIClient {
    /// Requests the first 64 KiB of an address. Follows up to five redirects. The token is sent to the API's own
    /// address only.
    ///
    /// Throws when no answer arrived, and `unexpectedStatus` after too many redirects. An answer with an error status
    /// is a result.
    package func probe(_ url: String) async throws(APIError) -> URLProbe {
        let limit = 65_536
        var target = url
        for _ in 0...5 {
            var request = HTTPRequest(method: "GET", url: target, headers: [("Range", "bytes=0-\(limit - 1)")])
            identify(&request)
            let head = HeadCollector(limit: limit)
            let response: HTTPResponse
            do {
                response = try await transport.download(request) { try head.receive($0) }
            } catch {
                // Enough was read. A host without support for ranges would send the whole file.
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
    /// The target of a redirect; nil when the answer is no redirect. Only `http` and `https` are followed.
    static func target(of response: HTTPResponse, from url: String) -> String? {
        guard [301, 302, 303, 307, 308].contains(response.status), let location = response.headers["location"],
            let base = URL(string: url), let target = URL(string: location, relativeTo: base)?.absoluteURL,
            ["http", "https"].contains(target.scheme?.lowercased())
        else { return nil }
        return target.absoluteString
    }
}
