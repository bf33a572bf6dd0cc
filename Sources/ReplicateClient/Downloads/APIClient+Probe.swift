import Foundation
package import ReplicateAPI

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
            authorization.identifyFile(&request)
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
