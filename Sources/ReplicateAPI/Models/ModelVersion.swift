package import Foundation

/// One version of a model with the schema of its input.
package struct ModelVersion: Hashable, Sendable {
    /// 64 hexadecimal digits.
    package let id: String
    package let createdAt: Date?
    package let cogVersion: String?
    /// The version's OpenAPI document; `.null` when it was not sent.
    package let openAPISchema: JSONValue

    package init?(json: JSONValue) {
        guard let id = json["id"]?.string, !id.isEmpty else { return nil }
        self.id = id
        createdAt = json["created_at"]?.string.flatMap(Timestamp.parse)
        cogVersion = json["cog_version"]?.string
        openAPISchema = json["openapi_schema"] ?? .null
    }

    package var inputSchema: InputSchema { InputSchema(openAPI: openAPISchema) }
    package var outputSchema: OutputSchema { OutputSchema(openAPI: openAPISchema) }
}
