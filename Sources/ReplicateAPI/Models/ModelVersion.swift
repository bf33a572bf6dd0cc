package import Foundation

/// One version of a model with the schema of its input.
package struct ModelVersion: Hashable, Sendable {
    /// 64 hexadecimal digits.
    package let id: String
    /// The time at which the version was pushed; nil when it is missing or cannot be read.
    package let createdAt: Date?
    /// The version of Cog that built it, such as `0.9.4`; nil when the answer does not say.
    package let cogVersion: String?
    /// The version's OpenAPI document; `.null` when it was not sent.
    package let openAPISchema: JSONValue

    /// Reads a version object: `{id, created_at, cog_version, openapi_schema}`. Nil when `id` is missing or empty.
    package init?(json: JSONValue) {
        guard let id = json["id"]?.string, !id.isEmpty else { return nil }
        self.id = id
        createdAt = json["created_at"]?.string.flatMap(Timestamp.parse)
        cogVersion = json["cog_version"]?.string
        openAPISchema = json["openapi_schema"] ?? .null
    }

    /// Reads the inputs from ``openAPISchema`` at each call; without fields when there is no document.
    package var inputSchema: InputSchema { InputSchema(openAPI: openAPISchema) }
    /// Reads the kind of the output from ``openAPISchema`` at each call; `.anything` when there is no document.
    package var outputSchema: OutputSchema { OutputSchema(openAPI: openAPISchema) }
}
