package import Foundation

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

extension URLProbe {
    init(_ answer: (status: Int, headers: [String: String]), head: Data) {
        let range = answer.headers["content-range"]?.split(separator: "/").last.flatMap { Int64($0) }
        self.init(
            status: answer.status,
            contentType: MediaType.plain(answer.headers["content-type"]),
            length: range ?? answer.headers["content-length"].flatMap { Int64($0) },
            head: head
        )
    }
}
