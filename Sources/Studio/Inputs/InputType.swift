import ReplicateAPI

/// A kind of input without its range or choices: what two models must share for a value to go from one to the other.
enum InputType: String, Hashable, Sendable {
    case text, secret, integer, number, boolean, choice, file, files, texts, list, object, union, json

    init(_ kind: InputField.Kind) {
        self =
            switch kind {
            case .text: .text
            case .secret: .secret
            case .integer: .integer
            case .number: .number
            case .boolean: .boolean
            case .choice: .choice
            case .file: .file
            case .files: .files
            case .texts: .texts
            case .list: .list
            case .object: .object
            case .union: .union
            case .json: .json
            }
    }

    /// Whether a value set for `self` means the same as one set for `other`. A secret never becomes plain text.
    func isCompatible(with other: InputType) -> Bool {
        switch (self, other) {
        case (.integer, .number), (.number, .integer), (.integer, .choice), (.choice, .integer): true
        case (.number, .choice), (.choice, .number), (.text, .choice), (.choice, .text): true
        default: self == other
        }
    }
}

extension InputField {
    /// `value`, set for an input of this name at another model, as this field takes it; nil when it does not.
    func adopting(_ value: JSONValue, from type: InputType) -> JSONValue? {
        let own = InputType(kind)
        guard type.isCompatible(with: own) else { return nil }
        if value.isNull { return isNullable && defaultValue != nil ? value : JSONValue?.none }
        guard issue(with: value) == nil else { return nil }
        switch kind {
        case .integer: return value.whole.map(JSONValue.init(whole:))
        // An enum's own member, so that `4.0` becomes the `4` that the server knows.
        case .choice(let values): return values.first { $0.isSame(as: value) }
        default: return value
        }
    }
}
