import Foundation
import Testing

@testable import Sandbox

/// What the API's OpenAPI document says of answers, and how an answer differs from it.
///
/// `Fixtures/openapi.json` holds the responses and schemas of https://api.replicate.com/openapi.json as read in
/// 2026-11, without descriptions and examples.
struct OpenAPIDocument {
    let root: JSON

    static func replicate() throws -> OpenAPIDocument {
        let file = try #require(
            Bundle.module.url(forResource: "openapi", withExtension: "json", subdirectory: "Fixtures")
        )
        return OpenAPIDocument(root: try JSON(parsing: Data(contentsOf: file)))
    }

    /// Members that the document does not know and that are there for a reason: the API repeats the webhook of a
    /// creation, and its official Python client refuses a file without name and etag.
    private static let undocumented: Set<String> = [
        "webhook", "webhook_events_filter", "name", "etag", "created_at", "weights_url", "is_official",
        "full_description",
    ]

    /// Every difference of an answer, each as a place and a sentence; empty: it is as the document says.
    ///
    /// - Parameter route: as the document writes it, such as `/predictions/{prediction_id}`.
    func differences(of answer: RawAnswer, to method: String, _ route: String) -> [String] {
        guard let operation = root["paths"]?[route]?[method.lowercased()] else {
            return ["no operation \(method) \(route)"]
        }
        guard let status = answer.status, let response = operation["responses"]?["\(status)"] else {
            return ["status \(answer.status ?? 0) is not documented: \(answer.text.prefix(300))"]
        }
        guard let content = response["content"]?.objectValue else {
            return answer.body.isEmpty ? [] : ["a body where none is documented"]
        }
        guard let type = answer.contentType, let schema = content[type]?["schema"] else {
            return ["content type \(answer.contentType ?? "none") instead of \(content.keys.sorted())"]
        }
        guard type.hasSuffix("json") else { return [] }
        guard let value = answer.json else { return ["the body is no JSON"] }
        return check(value, schema, "body")
    }

    // MARK: Schemas

    private static let checked: Set<String> = [
        "$ref", "oneOf", "nullable", "type", "enum", "format", "required", "properties", "additionalProperties",
        "items",
    ]

    func check(_ value: JSON, _ schema: JSON, _ place: String) -> [String] {
        guard let keywords = schema.objectValue else { return ["\(place): the schema is no object"] }
        let unknown = Set(keywords.keys).subtracting(Self.checked)
        guard unknown.isEmpty else { return ["\(place): keywords that are not checked: \(unknown.sorted())"] }
        if let reference = schema["$ref"]?.stringValue { return check(value, resolved(reference), place) }
        if value == .null, schema["nullable"] == true { return [] }
        if let branches = schema["oneOf"]?.arrayValue {
            // The document's branches overlap ("hidden" is a string too), so one that fits is enough.
            let found = branches.map { check(value, $0, place) }
            return found.contains([]) ? [] : ["\(place): fits no branch: \(found.joined())"]
        }
        var found: [String] = []
        if let type = schema["type"]?.stringValue, !Self.fits(value, type) {
            return ["\(place): \(value.plain.prefix(60)) is no \(type)"]
        }
        if let values = schema["enum"]?.arrayValue, !values.contains(value) {
            found.append("\(place): \(value.plain) is none of \(values.map(\.plain))")
        }
        if let format = schema["format"]?.stringValue, let text = value.stringValue, !Self.isFormatted(text, format) {
            found.append("\(place): \(text) is no \(format)")
        }
        return found + members(value, schema, place) + items(value, schema, place)
    }

    private func members(_ value: JSON, _ schema: JSON, _ place: String) -> [String] {
        guard let object = value.objectValue else { return [] }
        let properties = schema["properties"]?.objectValue ?? [:]
        let missing = (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue).filter { object[$0] == nil }
        var found = missing.map { "\(place): \($0) is missing" }
        for (name, member) in object.sorted(by: { $0.key < $1.key }) {
            if let property = properties[name] {
                found += check(member, property, "\(place).\(name)")
            } else if !properties.isEmpty, schema["additionalProperties"] != true, !Self.undocumented.contains(name) {
                found.append("\(place): \(name) is not documented")
            }
        }
        return found
    }

    private func items(_ value: JSON, _ schema: JSON, _ place: String) -> [String] {
        guard let elements = value.arrayValue, let schema = schema["items"] else { return [] }
        return elements.enumerated().flatMap { check($0.element, schema, "\(place).\($0.offset)") }
    }

    private func resolved(_ reference: String) -> JSON {
        reference.split(separator: "/").dropFirst().reduce(root) { $0[String($1)] ?? .null }
    }

    private static func fits(_ value: JSON, _ type: String) -> Bool {
        switch (type, value) {
        case ("string", .string), ("boolean", .bool), ("integer", .integer), ("number", .integer), ("number", .number),
            ("array", .array), ("object", .object):
            true
        default: false
        }
    }

    private static func isFormatted(_ text: String, _ format: String) -> Bool {
        switch format {
        case "uri": URLComponents(string: text).map { $0.scheme != nil && $0.host?.isEmpty == false } ?? false
        case "date-time":
            text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/) != nil
        default: false
        }
    }
}

/// The check itself finds what it is there to find.
struct OpenAPIDocumentTests {
    private func differences(_ value: JSON, _ schema: JSON) -> [String] {
        OpenAPIDocument(root: [:]).check(value, schema, "body")
    }

    @Test func `a wrong type, word, format or member is found`() {
        let schema: JSON = [
            "type": "object", "required": ["id"],
            "properties": [
                "id": ["type": "string"], "status": ["type": "string", "enum": ["done"]],
                "created": ["type": "string", "format": "date-time"], "url": ["type": "string", "format": "uri"],
                "rows": ["type": "array", "items": ["type": "integer"]], "error": ["type": "string", "nullable": true],
            ],
        ]
        #expect(differences(["id": "a", "rows": [1, 2], "error": nil], schema) == [])
        #expect(differences([], schema) == ["body: [] is no object"])
        #expect(differences(["id": 1], schema) == ["body.id: 1 is no string"])
        #expect(differences([:], schema) == ["body: id is missing"])
        #expect(differences(["id": "a", "status": "gone"], schema).count == 1)
        #expect(differences(["id": "a", "created": "yesterday"], schema).count == 1)
        #expect(differences(["id": "a", "url": "out-0.webp"], schema).count == 1)
        #expect(differences(["id": "a", "rows": [1, "2"]], schema) == ["body.rows.1: 2 is no integer"])
        #expect(differences(["id": "a", "more": 1], schema) == ["body: more is not documented"])
        #expect(differences(["id": "a", "created": nil], schema).count == 1)
    }

    @Test func `a keyword that is not checked is no silent success`() {
        #expect(differences("a", ["type": "string", "minLength": 3]).count == 1)
    }

    @Test func `one branch of several is enough`() {
        let schema: JSON = ["oneOf": [["type": "string"], ["type": "integer"]]]
        #expect(differences(3, schema) == [])
        #expect(differences(true, schema).count == 1)
    }
}
