/// One input of a model, read from its schema.
package struct InputField: Hashable, Sendable {
    /// The kind of value that an input takes.
    package indirect enum Kind: Hashable, Sendable {
        case text
        /// Shown masked, and never written to history.
        case secret
        /// A whole number. The bounds are part of the range; nil: no bound. They may need all 64 unsigned bits.
        case integer(minimum: Int128?, maximum: Int128?)
        case number(minimum: Double?, maximum: Double?)
        case boolean
        /// The values of an enumeration in the schema's order, without null.
        case choice([JSONValue])
        /// One URL.
        case file
        /// An array of URLs, at most `most`; nil: the schema has no limit.
        case files(most: Int?)
        /// An array of any texts.
        case texts
        /// An array of anything else.
        case list(ValueType)
        /// An object with these members; without members: any object.
        case object([InputField])
        /// A value of one of these types. None of them is null.
        case union([ValueType])
        /// Anything, edited as JSON.
        case json
    }

    /// The key under which the value is sent.
    package let name: String
    /// A title for users; the name when the schema has none.
    package let title: String
    /// The schema's `description`; nil when there is none.
    package let summary: String?
    /// The kind of value that it takes.
    package let kind: Kind
    /// What the schema demands beyond the kind.
    package let limits: ValueLimits
    /// The value that the model uses when the field is not sent; nil when the schema names none or null.
    package let defaultValue: JSONValue?
    /// Whether the field must be sent. False where the schema requires it and gives null as its default.
    package let isRequired: Bool
    /// Whether null may be sent.
    package let isNullable: Bool
    /// Whether the author has marked the field as deprecated.
    package let isDeprecated: Bool
    /// The position of the field in a form, `x-order`; `Int.max` where the schema has none.
    package let order: Int

    /// A field with these parts; the title defaults to the name.
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
    /// Kind and limits as one value.
    package var type: ValueType { ValueType(kind, limits) }

    /// Whether a text fits, judged by the kind only.
    package var takesText: Bool { type.alternatives.contains { $0.kind == .text } }

    /// Whether the schema says that one URL fits.
    package var takesOneURL: Bool { type.alternatives.contains { $0.kind == .file } }

    /// Whether a file can be given for this input; it is sent as a URL.
    package var takesFile: Bool { type.alternatives.contains { $0.kind == .file || $0.kind == .json } }

    /// Whether several given values form one list, in their order.
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
