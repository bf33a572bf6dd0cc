/// One input of a model, read from its schema.
package struct InputField: Hashable, Sendable {
    package indirect enum Kind: Hashable, Sendable {
        case text
        /// Shown masked, and never written to history.
        case secret
        /// The bounds belong to the range; they may be unsigned and of 64 bits.
        case integer(minimum: Int128?, maximum: Int128?)
        case number(minimum: Double?, maximum: Double?)
        case boolean
        /// The values of an enum, in the schema's order, without null.
        case choice([JSONValue])
        /// One URL.
        case file
        /// An array of URLs; `most` where the schema limits it.
        case files(most: Int?)
        /// An array of any texts.
        case texts
        /// An array of anything else.
        case list(ValueType)
        /// The members that the schema names; empty: any object.
        case object([InputField])
        /// One of several, none of them null.
        case union([ValueType])
        /// Anything, edited as JSON.
        case json
    }

    package let name: String
    package let title: String
    package let summary: String?
    package let kind: Kind
    package let limits: ValueLimits
    /// What the model takes when the field is not sent; nil when the schema names none, or null.
    package let defaultValue: JSONValue?
    package let isRequired: Bool
    /// Whether null may be sent.
    package let isNullable: Bool
    package let isDeprecated: Bool
    /// `x-order`; fields without one come last.
    package let order: Int

    package init(
        name: String,
        title: String? = nil,
        summary: String? = nil,
        kind: Kind,
        limits: ValueLimits = ValueLimits(),
        defaultValue: JSONValue? = nil,
        isRequired: Bool = false,
        isNullable: Bool = false,
        isDeprecated: Bool = false,
        order: Int = 0
    ) {
        self.name = name
        self.title = title ?? name
        self.summary = summary
        self.kind = kind
        self.limits = limits
        self.defaultValue = defaultValue
        self.isRequired = isRequired
        self.isNullable = isNullable
        self.isDeprecated = isDeprecated
        self.order = order
    }
}

extension InputField {
    package var type: ValueType { ValueType(kind, limits) }

    /// Whether any text fits, as far as the kind tells.
    package var takesText: Bool { type.alternatives.contains { $0.kind == .text } }

    /// Whether the schema says that one URL fits.
    package var takesOneURL: Bool { type.alternatives.contains { $0.kind == .file } }

    /// Whether a file may stand here: it becomes a URL.
    package var takesFile: Bool { type.alternatives.contains { $0.kind == .file || $0.kind == .json } }

    /// Whether several values go into one list, in the order in which they are given.
    package var takesList: Bool {
        type.alternatives.contains { type in
            switch type.kind {
            case .files, .texts, .list: true
            default: false
            }
        }
    }

    /// Whether the elements of such a list may be URLs of files.
    package var takesFiles: Bool {
        type.alternatives.contains { type in
            switch type.kind {
            case .files: true
            case .list(let element): element.alternatives.contains { $0.kind == .file || $0.kind == .json }
            default: false
            }
        }
    }
}
