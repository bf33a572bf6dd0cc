package import Foundation

/// Sends requests and receives their answers. A redirect is an answer like any other; it is not followed.
///
/// An implementation must report truthfully whether a byte of the request may have reached the server: a creation is
/// repeated only if none has.
package protocol Transport: Sendable {
    /// Sends one request. Throws `.notSent` only if no byte reached the server, and `.canceled` when the task was
    /// cancelled. Any HTTP status is a result.
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse

    /// Sends one request and streams the body of a 200 or 206 answer to `sink`. Any other answer is returned with its
    /// body.
    ///
    /// The sink is called in order, on a thread of the transport. When it throws, the transfer ends with
    /// `.refusedBySink`.
    func download(
        _ request: HTTPRequest,
        to sink: @escaping @Sendable (DownloadEvent) throws -> Void
    ) async throws(TransportError) -> HTTPResponse
}

/// A step of a streamed answer.
package enum DownloadEvent: Sendable {
    /// Comes once, before any bytes.
    case began(status: Int, headers: [String: String])
    case bytes(Data)
}

/// Why a request has no answer.
package enum TransportError: Error, Hashable, Sendable {
    /// What failed.
    package enum Cause: Hashable, Sendable {
        /// The host's name has no address.
        case name
        /// The proxy cannot be found, or refused to connect.
        case proxy
        /// The host's certificate is not trusted, or the file of trusted certificates cannot be read.
        case certificate
        /// The time limit, or a stall.
        case timeout
        /// The answer is not HTTP, or it is cut off.
        case answer
        /// A rule of this program forbids the connection.
        case notAllowed
        /// Everything else: refused, reset, no route, no encryption.
        case connection
    }

    /// No byte of the request was written on a connection to the server: it has certainly processed nothing.
    case notSent(reason: String, cause: Cause = .connection)
    /// The request may have been sent, at least in part: the server may have acted.
    case interrupted(reason: String, cause: Cause = .connection)
    /// The answer was longer than ``HTTPRequest/bodyLimit``.
    case tooLong
    /// The sink or the body filter threw, for instance because the disk is full.
    case refusedBySink
    /// The task was cancelled, or the transport was closed. The server may have acted.
    case canceled
}
