/// One input of a model, read from its schema.
package struct InputField: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case text
        /// Shown masked, and never written to history.
        case secret
        case integer(minimum: Int64?, maximum: Int64?)
        case number(minimum: Double?, maximum: Double?)
        case boolean
        /// The values of an enum, in the schema's order.
        case choice([JSONValue])
        /// One URL.
        case file
        /// An array of URLs; `most` where the schema limits it.
        case files(most: Int?)
        case texts
        /// Anything else, edited as JSON.
        case json
    }

    package let name: String
    package let title: String
    package let summary: String?
    package let kind: Kind
    /// What the model takes when the field is not sent; nil when the schema names none.
    package let defaultValue: JSONValue?
    package let isRequired: Bool
    package let isNullable: Bool
    /// `x-order`; fields without one come last.
    package let order: Int

    package init(
        name: String,
        title: String? = nil,
        summary: String? = nil,
        kind: Kind,
        defaultValue: JSONValue? = nil,
        isRequired: Bool = false,
        isNullable: Bool = false,
        order: Int = 0
    ) {
        self.name = name
        self.title = title ?? name
        self.summary = summary
        self.kind = kind
        self.defaultValue = defaultValue
        self.isRequired = isRequired
        self.isNullable = isNullable
        self.order = order
    }
}
