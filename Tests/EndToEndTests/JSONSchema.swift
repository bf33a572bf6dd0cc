import Foundation

/// As much of JSON Schema 2020-12 as `docs/results.schema.json` uses; a keyword that is not known here is a mistake.
struct JSONSchema {
    private let document: [String: Any]

    init(file: URL) throws {
        document = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
    }

    var definitions: [String: Any] { document["$defs"] as? [String: Any] ?? [:] }

    /// What is wrong with a value by the definition of this name; empty: nothing.
    func issues(with value: Any, as name: String) -> [String] {
        guard let schema = definitions[name] as? [String: Any] else { return ["there is no definition \(name)"] }
        return issues(value, schema, at: name)
    }

    private func issues(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
        schema.keys.sorted().flatMap { keyword -> [String] in
            let rule = schema[keyword] ?? NSNull()
            switch keyword {
            case "description", "additionalProperties": return []
            case "unevaluatedProperties":
                guard let object = value as? [String: Any] else { return [] }
                let known = names(schema)
                return object.keys.sorted().filter { !known.contains($0) }.map { "\(place): \($0) is not known" }
            case "$ref":
                let name = (rule as? String)?.split(separator: "/").last.map(String.init) ?? ""
                return issues(with: value, as: name).map { "\(place): \($0)" }
            case "anyOf":
                let all = (rule as? [[String: Any]] ?? []).map { issues(value, $0, at: place) }
                return all.contains([]) ? [] : all.min { $0.count < $1.count } ?? []
            case "type":
                let types = rule as? [String] ?? [rule as? String ?? ""]
                return types.contains { isType(value, $0) } ? [] : ["\(place): \(value) is no \(types)"]
            case "const": return isEqual(value, rule) ? [] : ["\(place): \(value) is not \(rule)"]
            case "enum":
                return (rule as? [Any] ?? []).contains { isEqual(value, $0) }
                    ? [] : ["\(place): \(value) is none of \(rule)"]
            case "minimum":
                guard isType(value, "number"), let number = value as? Double, let least = rule as? Double else {
                    return []
                }
                return number >= least ? [] : ["\(place): \(number) is below \(least)"]
            case "pattern":
                guard let text = value as? String, let pattern = rule as? String else { return [] }
                return text.range(of: pattern, options: .regularExpression) != nil ? [] : ["\(place): \(text)"]
            case "items":
                guard let elements = value as? [Any], let schema = rule as? [String: Any] else { return [] }
                return elements.enumerated().flatMap { issues($1, schema, at: "\(place)[\($0)]") }
            case "required":
                guard let object = value as? [String: Any] else { return [] }
                return (rule as? [String] ?? []).filter { object[$0] == nil }.map { "\(place): \($0) is missing" }
            case "properties":
                guard let object = value as? [String: Any], let known = rule as? [String: [String: Any]] else {
                    return []
                }
                let isClosed = schema["additionalProperties"] as? Bool == false
                return object.keys.sorted().flatMap { name -> [String] in
                    guard let schema = known[name] else { return isClosed ? ["\(place): \(name) is not known"] : [] }
                    return issues(object[name] ?? NSNull(), schema, at: "\(place).\(name)")
                }
            default: return ["\(place): the keyword \(keyword) is not known to this test"]
            }
        }
    }

    /// Members that the schema describes, and those that it refers to.
    private func names(_ schema: [String: Any]) -> Set<String> {
        let own = Set((schema["properties"] as? [String: Any] ?? [:]).keys)
        guard let name = (schema["$ref"] as? String)?.split(separator: "/").last,
            let other = definitions[String(name)] as? [String: Any]
        else { return own }
        return own.union(names(other))
    }

    private func isType(_ value: Any, _ type: String) -> Bool {
        switch type {
        case "null": value is NSNull
        case "boolean": isBoolean(value)
        case "string": value is String
        case "array": value is [Any]
        case "object": value is [String: Any]
        case "number": !isBoolean(value) && value is NSNumber
        case "integer": !isBoolean(value) && (value as? Double).map { $0 == $0.rounded() } == true
        default: false
        }
    }

    /// JSONSerialization has numbers for both.
    private func isBoolean(_ value: Any) -> Bool {
        guard let number = value as? NSNumber else { return false }
        return number === NSNumber(value: true) || number === NSNumber(value: false)
            || String(cString: number.objCType) == "c" || String(cString: number.objCType) == "B"
    }

    private func isEqual(_ first: Any, _ second: Any) -> Bool {
        (first as? NSObject)?.isEqual(second) == true && isBoolean(first) == isBoolean(second)
    }
}
