package import Foundation

/// A file that was uploaded to the Files API. A model can take it as an input through ``url``.
package struct StoredFile: Hashable, Sendable {
    /// The largest file that can be uploaded, in bytes. The documentation says "100 MB" and does not say whether a
    /// megabyte has 10⁶ or 2²⁰ bytes; this is the smaller of the two.
    package static let mostBytes = 100_000_000

    /// The server's identifier of the file.
    package let id: String
    /// The media type, such as `image/png`; nil when the server did not say.
    package let contentType: String?
    /// Bytes; nil when the server did not say.
    package let size: Int?
    /// Hexadecimal SHA-256 of the content; nil when the server did not say.
    package let sha256: String?
    /// The time of the upload; nil when it is missing or cannot be read.
    package let createdAt: Date?
    /// The time at which the server deletes the file; nil when it is missing or cannot be read. It is an hour after
    /// creation in the documentation's sample; this program reads it and does not assume it.
    package let expiresAt: Date?
    /// The address of the content. It lies on the API's own host and can be read with the token only.
    package let url: String

    /// Reads `{id, content_type, size, checksums: {sha256}, created_at, expires_at, urls: {get}}`, the answer of `POST
    /// /files`. Nil when `id` or `urls.get` is missing.
    package init?(json: JSONValue) {
        guard let id = json["id"]?.string, let url = json["urls"]?["get"]?.string else { return nil }
        self.id = id
        self.url = url
        contentType = json["content_type"]?.string
        size = json["size"]?.integer.flatMap(Int.init(exactly:))
        sha256 = json["checksums"]?["sha256"]?.string
        createdAt = json["created_at"]?.string.flatMap(Timestamp.parse)
        expiresAt = json["expires_at"]?.string.flatMap(Timestamp.parse)
    }
}
