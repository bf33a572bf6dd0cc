package import Foundation

/// One HTTP request, complete: a transport adds nothing but what the protocol needs.
package struct HTTPRequest: Sendable {
    package enum Body: Sendable {
        case none
        case bytes(Data, contentType: String)
        /// `multipart/form-data` with one file, streamed from the disk as the part `content`.
        case file(path: String, name: String, contentType: String)
    }

    package var method: String
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: Body
    /// From the first byte sent to the last received; nil: none, only a stall ends it.
    package var timeout: Duration?
    /// Bytes of the answer's body above which it is given up; never applies to a download into a file.
    package var bodyLimit: Int
    /// On a connection of its own, whatever is open already. A transport may send a request again by itself when a
    /// reused connection turns out dead, and nobody can tell whether the first one was taken: a creation must not.
    package var isAlone = false
    /// Makes what looks at the body of a 2xx answer as it comes; nil: all of it is kept in memory.
    package var sieve: (@Sendable () -> any BodySieve)?
    /// Asked before each connection with the address that was really resolved; false: no connection is made to it.
    ///
    /// A request with such a rule goes without a proxy and on a connection of its own: what another one opened was not
    /// asked about. nil: anywhere.
    package var mayConnect: (@Sendable (IPAddress) -> Bool)?

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

package struct HTTPResponse: Sendable {
    package var status: Int
    /// Names in lower case; the last of several wins.
    package var headers: [String: String]
    /// Empty for a download.
    package var body: Data

    package init(status: Int, headers: [String: String] = [:], body: Data = Data()) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
