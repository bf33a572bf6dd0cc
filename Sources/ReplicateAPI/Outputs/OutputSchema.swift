/// The kind of output that a model declares: `components.schemas.Output` of its OpenAPI document.
package indirect enum OutputSchema: Hashable, Sendable {
    /// A string with the format `uri`.
    case file
    case text
    /// An array of texts that are pieces of one text (`x-cog-array-display: concatenate`).
    case pieces
    case list(OutputSchema)
    /// The named members; a member that is not named may hold anything.
    case object([String: OutputSchema])
    /// A number, a boolean, or a value of an enumeration: not a file.
    case value
    /// The model declares nothing, or a form that is not understood here.
    case anything

    /// Reads the `Output` schema of a version's OpenAPI document; `.anything` when there is none. References are
    /// followed at most 16 levels deep.
    package init(openAPI document: JSONValue) {
        let schemas = document["components"]?["schemas"] ?? .null
        self = Self.read(schemas["Output"] ?? .null, schemas, depth: 0)
    }

    /// True when every value that it declares is a file.
    package var isFilesOnly: Bool {
        switch self {
        case .file: true
        case .list(let element): element.isFilesOnly
        case .object(let members): !members.isEmpty && members.values.allSatisfy(\.isFilesOnly)
        case .text, .pieces, .value, .anything: false
        }
    }

    private static func read(_ schema: JSONValue, _ schemas: JSONValue, depth: Int) -> OutputSchema {
        // Schemas may refer to themselves.
        guard depth < 16 else { return .anything }
        if let reference = schema["$ref"]?.string, let name = reference.split(separator: "/").last {
            return read(schemas[String(name)] ?? .null, schemas, depth: depth + 1)
        }
        if schema["enum"] != nil { return .value }
        if let options = (schema["allOf"] ?? schema["anyOf"] ?? schema["oneOf"])?.array {
            let kinds = Set(
                options.filter { $0["type"]?.string != "null" }.map { read($0, schemas, depth: depth + 1) }
            )
            return kinds.count == 1 ? kinds.first ?? .anything : .anything
        }
        let types = (schema["type"]?.array ?? [schema["type"] ?? .null]).compactMap(\.string).filter { $0 != "null" }
        switch types.count == 1 ? types[0] : "" {
        case "string": return schema["format"]?.string == "uri" ? .file : .text
        case "integer", "number", "boolean": return .value
        case "array":
            let element = read(schema["items"] ?? .null, schemas, depth: depth + 1)
            let isJoined = schema["x-cog-array-display"]?.string == "concatenate"
            return isJoined && element == .text ? .pieces : .list(element)
        case "object":
            let members = schema["properties"]?.object ?? [:]
            return members.isEmpty ? .anything : .object(members.mapValues { read($0, schemas, depth: depth + 1) })
        default: return .anything
        }
    }
}
