/// The inputs of a model version, in the order in which its author wants them shown.
package struct InputSchema: Hashable, Sendable {
    package let fields: [InputField]
    /// How the model takes images; nil when it takes none.
    package let images: ImageBinding?

    package init(fields: [InputField]) {
        self.fields = fields
        images = ImageBinding(fields: fields)
    }

    package subscript(name: String) -> InputField? { fields.first { $0.name == name } }

    /// Reads `components.schemas.Input` of a Cog OpenAPI document. Enums are wrapped in `allOf: [{$ref}]`; `required`
    /// may be missing; a document of another shape gives a schema without fields.
    package init(openAPI document: JSONValue) {
        let schemas = document["components"]?["schemas"]
        let input = schemas?["Input"]
        let required = Set((input?["required"]?.array ?? []).compactMap(\.string))
        let fields = (input?["properties"]?.object ?? [:]).map { name, property in
            Self.field(name, property, schemas: schemas ?? .null, isRequired: required.contains(name))
        }
        self.init(fields: fields.sorted { ($0.order, $0.name) < ($1.order, $1.name) })
    }

    private static func field(
        _ name: String,
        _ property: JSONValue,
        schemas: JSONValue,
        isRequired: Bool
    ) -> InputField {
        let resolved = resolve(property, schemas: schemas)
        func own(_ key: String) -> JSONValue? { property[key] ?? resolved[key] }
        return InputField(
            name: name,
            title: own("title")?.string,
            summary: own("description")?.string,
            kind: kind(resolved, name: name, schemas: schemas),
            defaultValue: own("default").flatMap { $0.isNull ? nil : $0 },
            isRequired: isRequired,
            isNullable: own("nullable")?.bool ?? isNullable(property),
            order: own("x-order")?.integer.flatMap(Int.init(exactly:)) ?? .max
        )
    }

    /// Follows `$ref` and single-element `allOf`/`anyOf`; at most four steps, so that a loop ends.
    private static func resolve(_ property: JSONValue, schemas: JSONValue) -> JSONValue {
        var current = property
        for _ in 0..<4 {
            if let reference = current["$ref"]?.string, let name = reference.split(separator: "/").last {
                current = schemas[String(name)] ?? .null
            } else if let options = (current["allOf"] ?? current["anyOf"])?.array {
                let typed = options.filter { $0["type"]?.string != "null" }
                guard typed.count == 1 else { return current }
                current = typed[0]
            } else {
                break
            }
        }
        return current
    }

    /// OpenAPI 3.1 has no `nullable`: null is one of the types there.
    private static func isNullable(_ property: JSONValue) -> Bool {
        property["type"]?.array?.contains("null") == true
            || property["anyOf"]?.array?.contains { $0["type"]?.string == "null" } == true
    }

    private static func kind(_ property: JSONValue, name: String, schemas: JSONValue) -> InputField.Kind {
        if let values = property["enum"]?.array, !values.isEmpty { return .choice(values) }
        let types = (property["type"]?.array ?? [property["type"] ?? .null]).compactMap(\.string).filter {
            $0 != "null"
        }
        switch types.count == 1 ? types[0] : "" {
        case "integer":
            return .integer(minimum: property["minimum"]?.integer, maximum: property["maximum"]?.integer)
        case "number":
            return .number(minimum: property["minimum"]?.double, maximum: property["maximum"]?.double)
        case "boolean":
            return .boolean
        case "array":
            let items = resolve(property["items"] ?? .null, schemas: schemas)
            guard items["type"]?.string == "string" else { return .json }
            // Some models leave `format` out of their image lists; the name tells then.
            let isFiles = items["format"]?.string == "uri" || name.hasSuffix("_urls") || name.hasSuffix("_images")
            let most = property["maxItems"]?.integer.flatMap(Int.init(exactly:))
            return isFiles ? .files(most: most) : .texts
        case "string":
            switch property["format"]?.string {
            case "uri": return .file
            case "password": return .secret
            default: return .text
            }
        default:
            return .json
        }
    }
}
