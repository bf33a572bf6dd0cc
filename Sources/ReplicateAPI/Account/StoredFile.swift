package import Foundation

/// A file uploaded to the Files API, usable as a model's input through ``url``.
package struct StoredFile: Hashable, Sendable {
    /// Bytes that can be uploaded: the documentation says 100 MB and not which; this is the smaller.
    package static let mostBytes = 100_000_000

    package let id: String
    package let contentType: String?
    /// Bytes.
    package let size: Int?
    /// Hexadecimal SHA-256.
    package let sha256: String?
    package let createdAt: Date?
    /// An hour after creation in the documentation's sample; read, never assumed.
    package let expiresAt: Date?
    /// On the API's own host, and readable only with the token.
    package let url: String

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
