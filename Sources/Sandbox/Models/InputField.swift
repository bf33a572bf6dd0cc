/// One input of a model, as Cog would describe it in the model's OpenAPI schema.
struct InputField: Sendable {
    enum Kind: Sendable {
        case text
        case file
        case files
        case integer(ClosedRange<Int>?)
        case number(ClosedRange<Double>?)
        case boolean
        /// All strings, or all integers.
        case choice([JSON])
    }

    var name: String
    var kind: Kind
    var help: String
    var required = false
    var standard: JSON?

    static func required(_ name: String, _ kind: Kind, _ help: String) -> InputField {
        InputField(name: name, kind: kind, help: help, required: true)
    }

    static func optional(_ name: String, _ kind: Kind, _ help: String, _ standard: JSON? = nil) -> InputField {
        InputField(name: name, kind: kind, help: help, standard: standard)
    }

    /// `aspect_ratio` → `Aspect Ratio`, as Cog titles its fields.
    var title: String { name.split(separator: "_").map(\.capitalized).joined(separator: " ") }
}

extension Substring {
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
