extension InputField {
    /// The field in `components.schemas.Input.properties`; `order` is its place in the form.
    func property(order: Int) -> JSON {
        var entry: [String: JSON] = ["x-order": .integer(order), "description": .string(help)]
        if let standard { entry["default"] = standard }
        switch kind {
        case .choice:
            entry["allOf"] = [["$ref": .string("#/components/schemas/\(name)")]]
            return .object(entry)
        case .text: entry["type"] = "string"
        case .file:
            entry["type"] = "string"
            entry["format"] = "uri"
        case .files:
            entry["type"] = "array"
            entry["items"] = ["type": "string", "format": "uri"]
        case .boolean: entry["type"] = "boolean"
        case .integer(let range):
            entry["type"] = "integer"
            if let range {
                entry["minimum"] = .integer(range.lowerBound)
                entry["maximum"] = .integer(range.upperBound)
            }
        case .number(let range):
            entry["type"] = "number"
            if let range {
                entry["minimum"] = .number(range.lowerBound)
                entry["maximum"] = .number(range.upperBound)
            }
        }
        entry["title"] = .string(title)
        if !required, standard == nil { entry["nullable"] = true }
        return .object(entry)
    }

    /// The named enum that a choice refers to.
    var enumeration: JSON? {
        guard case .choice(let values) = kind else { return nil }
        return [
            "title": .string(name), "description": "An enumeration.",
            "type": values.first?.stringValue == nil ? "integer" : "string", "enum": .array(values),
        ]
    }
}
