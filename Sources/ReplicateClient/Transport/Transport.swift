package import Foundation

/// Carries one request and its answer. Redirects are answers like any other.
///
/// An implementation must say truthfully whether anything may have reached the server: money depends on it.
package protocol Transport: Sendable {
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse

    /// Streams the body of a 200 or 206 answer to `sink`; any other answer comes back with its body as usual.
    ///
    /// The sink is called in order, on a thread of the transport's, and ends the transfer by throwing.
    func download(
        _ request: HTTPRequest,
        to sink: @escaping @Sendable (DownloadEvent) throws -> Void
    ) async throws(TransportError) -> HTTPResponse
}

package enum DownloadEvent: Sendable {
    /// Comes once, before any bytes.
    case began(status: Int, headers: [String: String])
    case bytes(Data)
}

package enum TransportError: Error, Hashable, Sendable {
    /// No connection was made: certainly nothing was sent.
    case notSent(reason: String)
    /// The connection broke or timed out when the request may have been on its way.
    case interrupted(reason: String)
    /// The answer was longer than the request allows.
    case tooLong
    /// The sink refused, for instance because the disk is full.
    case refusedBySink
    case canceled
}
