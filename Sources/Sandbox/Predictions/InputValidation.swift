/// Checks an input against a model's own schema.
struct InputValidation {
    let fields: [InputField]

    /// Every complaint, in the order of the schema; unknown keys last.
    func complaints(about input: [String: JSON]) -> [InvalidField] {
        var found: [InvalidField] = []
        for field in fields {
            guard let value = input[field.name], value != .null else {
                if field.required { found.append(.whole("required", "\(field.name) is required")) }
                continue
            }
            if let complaint = complaint(about: value, in: field) { found.append(complaint) }
        }
        for key in input.keys.sorted() where !fields.contains(where: { $0.name == key }) {
            found.append(.whole("additional_property_not_allowed", "Additional property \(key) is not allowed"))
        }
        return found
    }

    private func complaint(about value: JSON, in field: InputField) -> InvalidField? {
        switch field.kind {
        case .text: value.stringValue == nil ? wrongType(field, "string", value) : nil
        case .boolean: value.boolValue == nil ? wrongType(field, "boolean", value) : nil
        case .file: value.stringValue == nil ? wrongType(field, "string", value) : malformed(value, field.name)
        case .files: complaint(aboutFiles: value, in: field)
        case .integer(let range): complaint(aboutInteger: value, range, in: field)
        case .number(let range): complaint(aboutNumber: value, range, in: field)
        case .choice(let values): values.contains(value) ? nil : unlisted(field, values)
        }
    }

    private func complaint(aboutFiles value: JSON, in field: InputField) -> InvalidField? {
        guard let items = value.arrayValue else { return wrongType(field, "array", value) }
        for (index, item) in items.enumerated() {
            let name = "\(field.name).\(index)"
            guard item.stringValue != nil else {
                return InvalidField("invalid_type", name, "Invalid type. Expected: string, given: \(item.typeName)")
            }
            if let complaint = malformed(item, name) { return complaint }
        }
        return nil
    }

    private func complaint(aboutInteger value: JSON, _ range: ClosedRange<Int>?, in field: InputField) -> InvalidField?
    {
        guard let number = value.integerValue else { return wrongType(field, "integer", value) }
        guard let range, !range.contains(number) else { return nil }
        return number > range.upperBound
            ? .init("number_lte", field.name, "Must be less than or equal to \(range.upperBound)")
            : .init("number_gte", field.name, "Must be greater than or equal to \(range.lowerBound)")
    }

    private func complaint(
        aboutNumber value: JSON,
        _ range: ClosedRange<Double>?,
        in field: InputField
    ) -> InvalidField? {
        guard let number = value.numberValue else { return wrongType(field, "number", value) }
        guard let range, !range.contains(number) else { return nil }
        return number > range.upperBound
            ? .init("number_lte", field.name, "Must be less than or equal to \(JSON.number(range.upperBound).plain)")
            : .init("number_gte", field.name, "Must be greater than or equal to \(JSON.number(range.lowerBound).plain)")
    }

    private func wrongType(_ field: InputField, _ expected: String, _ value: JSON) -> InvalidField {
        .init("invalid_type", field.name, "Invalid type. Expected: \(expected), given: \(value.typeName)")
    }

    private func unlisted(_ field: InputField, _ values: [JSON]) -> InvalidField {
        let list = values.map { "\"\($0.plain)\"" }.joined(separator: ", ")
        return .init("enum", field.name, "\(field.name) must be one of the following: \(list)")
    }

    private func malformed(_ value: JSON, _ name: String) -> InvalidField? {
        let text = value.stringValue ?? ""
        let known = ["http://", "https://", "data:"].contains { text.hasPrefix($0) }
        return known ? nil : .init("format", name, "Does not match format 'uri'")
    }
}

extension InvalidField {
    /// A complaint about the input called `name`.
    init(_ type: String, _ name: String, _ description: String) {
        self.init(type: type, field: "input.\(name)", description: description)
    }

    /// A complaint about the input as a whole: what is missing or too much has no place of its own.
    static func whole(_ type: String, _ description: String) -> InvalidField {
        InvalidField(type: type, field: "input", description: description)
    }
}

extension JSON {
    fileprivate var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
