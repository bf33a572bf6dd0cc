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
    package enum Cause: Hashable, Sendable {
        /// The host's name has no address.
        case name
        /// The proxy cannot be found, or refused to connect.
        case proxy
        /// The host's certificate is not trusted, or the file of trusted certificates cannot be read.
        case certificate
        case timeout
        /// What came is no HTTP, or is cut.
        case answer
        /// A rule of this program forbids the connection.
        case notAllowed
        /// Everything else: refused, reset, no route, no encryption.
        case connection
    }

    /// Not one byte of the request was written on a connection to the server: certainly nothing was processed.
    case notSent(reason: String, cause: Cause = .connection)
    /// The request may have been on its way, in part at the least: the server may have acted.
    case interrupted(reason: String, cause: Cause = .connection)
    /// The answer was longer than the request allows.
    case tooLong
    /// The sink refused, for instance because the disk is full.
    case refusedBySink
    case canceled
}
