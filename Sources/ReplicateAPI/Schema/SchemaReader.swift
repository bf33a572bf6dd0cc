/// Reads input fields from the JSON schema in a Cog OpenAPI document, of OpenAPI 3.0 and 3.1, with `$ref`, `allOf`,
/// `anyOf` and `oneOf`.
struct SchemaReader {
    /// `components.schemas`, the target of references.
    let schemas: JSONValue

    /// The number of references, and of nested levels, that are followed. After that a schema is read as "anything", so
    /// that a schema that refers to itself ends.
    private static let deepest = 8

    /// The properties of an object in the order of `x-order`; those without it come last, in the order of their names.
    func fields(of object: JSONValue, depth: Int = 0) -> [InputField] {
        let required = Set((object["required"]?.array ?? []).compactMap(\.string))
        let fields = (object["properties"]?.object ?? [:]).map { name, property in
            field(name, property, isRequired: required.contains(name), depth: depth)
        }
        return fields.sorted { ($0.order, $0.name) < ($1.order, $1.name) }
    }

    private func field(_ name: String, _ property: JSONValue, isRequired: Bool, depth: Int) -> InputField {
        let read = read(property, name: name, depth: depth)
        let standard = read.keys["default"]
        return InputField(
            name: name,
            title: read.keys["title"]?.string,
            summary: read.keys["description"]?.string,
            kind: read.type.kind,
            limits: read.type.limits,
            defaultValue: standard.flatMap { $0.isNull ? nil : $0 },
            // A default of null means that the field need not be sent.
            isRequired: isRequired && standard?.isNull != true,
            isNullable: read.isNullable || standard?.isNull == true,
            isDeprecated: read.keys["deprecated"]?.bool ?? false,
            order: read.keys["x-order"]?.integer.flatMap(Int.init(exactly:)) ?? .max
        )
    }

    private typealias Reading = (type: ValueType, isNullable: Bool, keys: JSONObject)

    private func read(_ schema: JSONValue, name: String, depth: Int) -> Reading {
        guard depth < Self.deepest else { return (ValueType(.json), true, [:]) }
        var keys = resolved(schema, depth: depth)
        var isNullable = keys["nullable"]?.bool ?? false
        guard let options = (keys["anyOf"] ?? keys["oneOf"])?.array else {
            let own = type(keys, name: name, depth: depth)
            return (own.type, isNullable || own.isNullable, keys)
        }
        keys["anyOf"] = nil
        keys["oneOf"] = nil
        var types: [ValueType] = []
        for option in options {
            if option["type"]?.string == "null" {
                isNullable = true
                continue
            }
            // Keys beside `anyOf` apply to each alternative.
            let shared = keys.filter { !Self.descriptions.contains($0.key) }
            let merged = JSONValue.object(shared.merging(resolved(option, depth: depth)) { $1 })
            let alternative = read(merged, name: name, depth: depth + 1)
            isNullable = isNullable || alternative.isNullable
            types.append(alternative.type)
            if options.count(where: { $0["type"]?.string != "null" }) == 1 {
                keys = alternative.keys.merging(keys) { $1 }
            }
        }
        return (Self.union(types), isNullable, keys)
    }

    private static let descriptions: Set = ["title", "description", "default", "x-order", "nullable", "deprecated"]

    /// The keys of a schema, with references and `allOf` replaced by their content. A key of the schema itself wins.
    private func resolved(_ schema: JSONValue, depth: Int) -> JSONObject {
        var keys = schema.object ?? [:]
        for _ in 0..<Self.deepest {
            if let reference = keys.removeValue(forKey: "$ref")?.string {
                let target = reference.split(separator: "/").last.flatMap { schemas[String($0)]?.object } ?? [:]
                keys = target.merging(keys) { $1 }
            } else if let parts = keys.removeValue(forKey: "allOf")?.array, depth < Self.deepest {
                for part in parts { keys = resolved(part, depth: depth + 1).merging(keys) { $1 } }
            } else {
                return keys
            }
        }
        // The references form a circle.
        return keys.filter { $0.key != "$ref" && $0.key != "allOf" }
    }

    /// The number of references that are replaced in one schema: each may refer to several others.
    private static let mostReferences = 1_000

    /// The schema with each reference replaced by what it refers to, at any depth. A reference that leads back to itself,
    /// or comes after very many others, becomes a schema that takes anything. A key beside a reference wins.
    func withoutReferences(_ schema: JSONValue) -> JSONValue {
        var left = Self.mostReferences
        return withoutReferences(schema, inside: [], &left)
    }

    private func withoutReferences(_ schema: JSONValue, inside: Set<String>, _ left: inout Int) -> JSONValue {
        switch schema {
        case .array(let elements): return .array(elements.map { withoutReferences($0, inside: inside, &left) })
        case .object(var keys):
            var inside = inside
            while let reference = keys.removeValue(forKey: "$ref")?.string {
                guard left > 0, inside.insert(reference).inserted else { break }
                left -= 1
                let target = reference.split(separator: "/").last.flatMap { schemas[String($0)]?.object } ?? [:]
                keys = target.merging(keys) { $1 }
            }
            return .object(keys.mapValues { withoutReferences($0, inside: inside, &left) })
        default: return schema
        }
    }

    private static func union(_ types: [ValueType]) -> ValueType {
        var distinct: [ValueType] = []
        for type in types where !distinct.contains(type) { distinct.append(type) }
        guard distinct.count > 1 else { return distinct.first ?? ValueType(.json) }
        var choices: [JSONValue] = []
        for type in distinct {
            guard case .choice(let values) = type.kind else { return ValueType(.union(distinct)) }
            choices += values.filter { !choices.contains($0) }
        }
        return ValueType(.choice(choices))
    }

    // MARK: One type

    private func type(_ keys: JSONObject, name: String, depth: Int) -> (type: ValueType, isNullable: Bool) {
        let limits = limits(keys)
        if let values = keys["enum"]?.array ?? keys["const"].map({ [$0] }), !values.isEmpty {
            let offered = values.filter { !$0.isNull }
            let isNullable = offered.count < values.count
            if !offered.isEmpty { return (ValueType(.choice(offered), limits), isNullable) }
        }
        let named = (keys["type"]?.array ?? [keys["type"] ?? .null]).compactMap(\.string)
        let types = named.filter { $0 != "null" }.map { ValueType(kind(of: $0, keys, name, depth), limits) }
        return (Self.union(types), named.contains("null"))
    }

    private func kind(of type: String, _ keys: JSONObject, _ name: String, _ depth: Int) -> InputField.Kind {
        switch type {
        case "integer": return integer(keys)
        case "number": return .number(minimum: keys["minimum"]?.double, maximum: keys["maximum"]?.double)
        case "boolean": return .boolean
        case "array": return array(keys, name, depth)
        case "string":
            if keys["x-cog-secret"]?.bool == true { return .secret }
            switch keys["format"]?.string {
            case "uri": return .file
            case "password": return .secret
            default: return .text
            }
        case "object": return .object(fields(of: .object(keys), depth: depth + 1))
        default: return .json
        }
    }

    /// An exclusive bound becomes the next whole number inside of the range.
    private func integer(_ keys: JSONObject) -> InputField.Kind {
        var minimum = keys["minimum"]?.wholeAtLeast
        var maximum = keys["maximum"]?.wholeAtMost
        switch keys["exclusiveMinimum"] {
        case .bool(true)?: minimum = minimum.map { $0 == .max ? $0 : $0 + 1 }
        case let bound?: minimum = bound.wholeAtMost.map { max(minimum ?? .min, $0 == .max ? $0 : $0 + 1) } ?? minimum
        case nil: break
        }
        switch keys["exclusiveMaximum"] {
        case .bool(true)?: maximum = maximum.map { $0 == .min ? $0 : $0 - 1 }
        case let bound?: maximum = bound.wholeAtLeast.map { min(maximum ?? .max, $0 == .min ? $0 : $0 - 1) } ?? maximum
        case nil: break
        }
        // Some schemas write the largest 64-bit number with rounded digits; a larger number cannot be sent.
        return .integer(minimum: minimum, maximum: maximum.map { min($0, Int128(UInt64.max)) })
    }

    private func array(_ keys: JSONObject, _ name: String, _ depth: Int) -> InputField.Kind {
        guard let items = keys["items"] else { return .list(ValueType(.json)) }
        let element = read(items, name: "", depth: depth + 1)
        // Some models omit `format` in their image lists; then the name decides.
        let isNamedFiles = name.hasSuffix("_urls") || name.hasSuffix("_images")
        switch element.type.kind {
        case .file: return .files(most: keys["maxItems"]?.integer.flatMap(Int.init(exactly:)))
        case .text where isNamedFiles: return .files(most: keys["maxItems"]?.integer.flatMap(Int.init(exactly:)))
        case .text where element.type.limits == ValueLimits(): return .texts
        default: return .list(element.type)
        }
    }

    private func limits(_ keys: JSONObject) -> ValueLimits {
        func count(_ key: String) -> Int? { keys[key]?.integer.flatMap(Int.init(exactly:)) }
        var limits = ValueLimits()
        limits.minLength = count("minLength")
        limits.maxLength = count("maxLength")
        limits.pattern = keys["pattern"]?.string
        switch keys["format"]?.string {
        case "date": limits.format = .date
        case "date-time": limits.format = .dateTime
        default: break
        }
        limits.multipleOf = keys["multipleOf"]?.double.flatMap { $0 > 0 ? $0 : nil }
        limits.minItems = count("minItems")
        limits.maxItems = count("maxItems")
        limits.accepted = keys["x-cog-accept"].map { accept in
            (accept.array?.compactMap(\.string) ?? accept.string?.split(separator: ",").map(String.init) ?? [])
                .map { $0.filter { !$0.isWhitespace } }
        }
        if keys["type"]?.string == "number" {
            limits.above = keys["exclusiveMinimum"]?.double
            limits.below = keys["exclusiveMaximum"]?.double
            // In OpenAPI 3.0 the keyword is a boolean and makes the bound beside it exclusive.
            if keys["exclusiveMinimum"]?.bool == true { limits.above = keys["minimum"]?.double }
            if keys["exclusiveMaximum"]?.bool == true { limits.below = keys["maximum"]?.double }
        }
        return limits
    }
}

extension JSONValue {
    /// The least whole number that is not below this.
    fileprivate var wholeAtLeast: Int128? { whole ?? double.flatMap { Int128(exactly: $0.rounded(.up)) } }
    /// The greatest whole number that is not above this.
    fileprivate var wholeAtMost: Int128? { whole ?? double.flatMap { Int128(exactly: $0.rounded(.down)) } }
}
