package import Foundation

/// One complete HTTP request. A transport adds only what the protocol needs.
package struct HTTPRequest: Sendable {
    /// The body of a request.
    package enum Body: Sendable {
        case none
        case bytes(Data, contentType: String)
        /// `multipart/form-data` with one file, streamed from the disk as the part `content`.
        case file(path: String, name: String, contentType: String)
    }

    /// Such as `GET`; in upper case.
    package var method: String
    /// An absolute `http` or `https` URL.
    package var url: String
    /// Sent in this order, in addition to those of the body.
    package var headers: [(name: String, value: String)]
    /// The body; `none` by default.
    package var body: Body
    /// The longest time from the first byte sent to the last byte received. Nil: no limit, only a stall ends the
    /// transfer.
    package var timeout: Duration?
    /// The largest body of an answer that is kept in memory, in bytes; a longer one ends with `.tooLong`. Does not
    /// apply to a download.
    package var bodyLimit: Int
    /// True: the request gets a new connection, also when another one is open.
    ///
    /// A transport may send a request again when a reused connection turns out to be closed, although the first one may
    /// have been processed. A creation must not be sent twice.
    package var requiresNewConnection = false
    /// Creates a filter for the body of a 2xx answer; nil: the whole body is kept in memory.
    package var makeBodyFilter: (@Sendable () -> any BodyFilter)?
    /// Called before each connection with the resolved address; false: no connection to it is made. Called on the
    /// transport's thread.
    ///
    /// A request with such a rule uses no proxy and a new connection, because the rule was not applied to existing
    /// connections. Nil: every address is allowed.
    package var mayConnect: (@Sendable (IPAddress) -> Bool)?

    /// A request; the timeout is 30 s and the limit of the body 32 MiB by default.
    package init(
        method: String,
        url: String,
        headers: [(name: String, value: String)] = [],
        body: Body = .none,
        timeout: Duration? = .seconds(30),
        bodyLimit: Int = 32 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.bodyLimit = bodyLimit
    }
}

/// The answer to a request, with any status.
package struct HTTPResponse: Sendable {
    /// The HTTP status; 0 when the answer had none.
    package var status: Int
    /// The headers with names in lower case. Of several with one name the last one counts.
    package var headers: [String: String]
    /// The body; empty when it went to the sink of a download.
    package var body: Data

    /// An answer, for tests and transports.
    package init(status: Int, headers: [String: String] = [:], body: Data = Data()) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
