import Foundation

extension InputField {
    /// Why `value` is refused, such as `must be at most 4`; nil when it fits. Nil as value means that it is not sent:
    /// that fits unless the field is required. The field's own default always fits.
    package func issue(with value: JSONValue?) -> String? {
        guard let value else { return isRequired && defaultValue == nil ? "is required" : nil }
        if value.isNull {
            if isNullable { return nil }
            return isRequired && defaultValue == nil ? "is required" : "must not be null"
        }
        if let defaultValue, value.isSame(as: defaultValue) { return nil }
        if isRequired {
            if value.string?.isEmpty == true, takesText || kind == .secret { return "is required" }
            if case .files = kind, value.array?.isEmpty == true { return "needs at least one URL" }
        }
        return type.issue(with: value)
    }

    /// Reads a typed text by the field's kind; nil when it cannot be read so.
    ///
    /// `null` is null where the field takes it. A choice becomes the value of the enumeration with its own type.
    package func value(typed text: String) -> JSONValue? {
        if text == "null", isNullable { return .null }
        return type.value(typed: text)
    }

    /// Why ``value(typed:)`` cannot read the text; reads after the field's name.
    package func issue(typed text: String) -> String {
        if kind == .json { return "is not valid JSON" }
        let isWhole = !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
        if case .integer(_, let maximum) = kind, isWhole {
            return "must be at most \(min(maximum ?? .max, Int128(UInt64.max)))"
        }
        return "must be \(type.expectation)"
    }
}

extension ValueType {
    /// The same as ``InputField/value(typed:)``, for a type without a field.
    package func value(typed text: String) -> JSONValue? {
        switch kind {
        case .text, .secret, .file: return .string(text)
        case .integer: return JSONValue(digits: text)
        case .number:
            if let whole = JSONValue(digits: text) { return whole }
            return Double(text).flatMap { $0.isFinite ? .number($0) : nil }
        case .boolean:
            switch text.lowercased() {
            case "true", "yes", "on", "1": return true
            case "false", "no", "off", "0": return false
            default: return nil
            }
        case .choice(let values): return values.first { $0.plain == text }
        case .files: return Self.list(text, of: ValueType(.file))
        case .texts: return Self.list(text, of: ValueType(.text))
        case .list(let element): return Self.list(text, of: element)
        case .object: return Self.json(text).flatMap { $0.object == nil ? nil : $0 }
        case .union(let types): return Self.value(typed: text, types)
        case .json: return Self.json(text)
        }
    }

    private static func json(_ text: String) -> JSONValue? { try? JSONValue(parsing: Data(text.utf8)) }

    /// Reads a JSON array, or one element from each line. Elements that hold no text may also be separated by commas.
    /// An element that cannot be read stays a text, so that the check of the value names its position.
    private static func list(_ text: String, of element: ValueType) -> JSONValue? {
        if text.hasPrefix("["), let value = json(text), value.array != nil { return value }
        var parts = text.split(whereSeparator: \.isNewline).map(String.init)
        let isProse = element.alternatives.contains { type in
            switch type.kind {
            case .text, .secret, .file, .object, .list, .files, .texts, .json: true
            default: false
            }
        }
        if parts.count == 1, !isProse {
            parts = parts[0].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        return .array(parts.map { element.value(typed: $0) ?? .string($0) })
    }

    /// The first type that the text fits. Texts are tried last: `5` is a number where numbers are taken.
    private static func value(typed text: String, _ types: [ValueType]) -> JSONValue? {
        let exact = types.filter { $0.kind != .text && $0.kind != .secret }
        let ordered = exact + types.filter { !exact.contains($0) }
        let readings = ordered.compactMap { type in type.value(typed: text).map { (type: type, value: $0) } }
        return (readings.first { $0.type.issue(with: $0.value) == nil } ?? readings.first)?.value
    }
}
