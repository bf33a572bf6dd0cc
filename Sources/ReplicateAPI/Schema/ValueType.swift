/// The values that are accepted: a kind, and the limits that the schema adds.
package struct ValueType: Hashable, Sendable {
    /// The kind of value.
    package var kind: InputField.Kind
    /// What the schema demands beyond the kind.
    package var limits: ValueLimits

    /// A type of this kind, without limits by default.
    package init(_ kind: InputField.Kind, _ limits: ValueLimits = ValueLimits()) {
        self.kind = kind
        self.limits = limits
    }
}

/// What a schema demands of a value beyond its kind. Nil means that it demands nothing.
package struct ValueLimits: Hashable, Sendable {
    /// A `format` of a text that is checked here.
    package enum Format: Hashable, Sendable {
        /// `2026-01-31`.
        case date
        /// `2026-01-31T13:45:00Z`; the time zone may be missing.
        case dateTime

        /// A text of this form.
        package var example: String {
            switch self {
            case .date: "2026-01-31"
            case .dateTime: "2026-01-31T13:45:00Z"
            }
        }
    }

    /// The fewest Unicode scalars of a text.
    package var minLength: Int?
    /// The most Unicode scalars of a text.
    package var maxLength: Int?
    /// A regular expression that must match somewhere in the text.
    package var pattern: String?
    /// The form of a text.
    package var format: Format?
    /// A number must be greater than this, not equal to it.
    package var above: Double?
    /// A number must be less than this, not equal to it.
    package var below: Double?
    /// A number must be a multiple of this; greater than 0.
    package var multipleOf: Double?
    /// The fewest elements of a list.
    package var minItems: Int?
    /// The most elements of a list.
    package var maxItems: Int?
    /// `x-cog-accept`: media types such as `image/png` or `image/*`, and endings such as `.png`.
    package var accepted: [String]?

    /// Without any limit.
    package init() {}

    /// Whether a file of this type and name is one of ``accepted``. True when nothing is demanded, and when the type is
    /// not known and no ending is demanded.
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

extension ValueLimits.Format {
    /// Reads after "must be".
    package var expectation: String {
        switch self {
        case .date: "a date such as \(example)"
        case .dateTime: "a date and a time such as \(example)"
        }
    }
}

extension ValueType {
    /// The types of a union, also nested ones; for any other kind this type itself.
    package var alternatives: [ValueType] {
        if case .union(let types) = kind { types.flatMap(\.alternatives) } else { [self] }
    }

    /// A description of the accepted values; reads after "must be".
    package var expectation: String {
        switch kind {
        case .text, .secret: return limits.format?.expectation ?? "text"
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
