/// What a value may be: its kind, and what the schema says beyond it.
package struct ValueType: Hashable, Sendable {
    package var kind: InputField.Kind
    package var limits: ValueLimits

    package init(_ kind: InputField.Kind, _ limits: ValueLimits = ValueLimits()) {
        self.kind = kind
        self.limits = limits
    }
}

/// What a schema demands of a value beyond its kind; nil where it says nothing.
package struct ValueLimits: Hashable, Sendable {
    package enum Format: Hashable, Sendable {
        /// `2026-01-31`.
        case date
    }

    /// Characters, as Unicode counts its scalars.
    package var minLength: Int?
    package var maxLength: Int?
    /// A regular expression that is found somewhere in the text.
    package var pattern: String?
    package var format: Format?
    /// Numbers must be above and below these, not equal to them.
    package var above: Double?
    package var below: Double?
    package var multipleOf: Double?
    package var minItems: Int?
    package var maxItems: Int?
    /// `x-cog-accept`: media types such as `image/png` or `image/*`, and endings such as `.png`.
    package var accepted: [String]?

    package init() {}

    /// Whether a file of this type and name is one of ``accepted``; what nobody knows is not refused.
    package func accepts(type: String?, name: String) -> Bool {
        guard let accepted, !accepted.isEmpty else { return true }
        let hasEndings = accepted.contains { $0.hasPrefix(".") }
        guard type != nil || hasEndings else { return true }
        return accepted.contains { entry in
            if entry.hasPrefix(".") { return name.lowercased().hasSuffix(entry.lowercased()) }
            guard let type else { return false }
            if entry == "*/*" || entry == "*" { return true }
            if entry.hasSuffix("/*") { return type.lowercased().hasPrefix(entry.dropLast().lowercased()) }
            return type.lowercased() == entry.lowercased()
        }
    }
}

extension ValueType {
    /// This type, or those of a union.
    package var alternatives: [ValueType] {
        if case .union(let types) = kind { types.flatMap(\.alternatives) } else { [self] }
    }

    /// What a value must be, reading after "must be".
    package var expectation: String {
        switch kind {
        case .text, .secret: return limits.format == .date ? "a date such as 2026-01-31" : "text"
        case .integer(let minimum, let maximum):
            return "a whole number" + Self.range(minimum.map { "\($0)" }, maximum.map { "\($0)" })
        case .number(let minimum, let maximum):
            return "a number" + Self.range(minimum?.shortText, maximum?.shortText)
        case .boolean: return "true or false"
        case .choice(let values): return "one of \(values.map(\.plain).joined(separator: ", "))"
        case .file: return "a URL"
        case .files: return "a list of URLs"
        case .texts: return "a list of texts"
        case .list: return "a list"
        case .object: return "an object"
        case .union(let types): return types.map(\.expectation).joined(separator: ", or ")
        case .json: return "JSON"
        }
    }

    private static func range(_ minimum: String?, _ maximum: String?) -> String {
        switch (minimum, maximum) {
        case (let minimum?, let maximum?): " from \(minimum) to \(maximum)"
        case (let minimum?, nil): " from \(minimum)"
        case (nil, let maximum?): " to \(maximum)"
        case (nil, nil): ""
        }
    }
}
