import ReplicateAPI

/// What a row of the form says of its input.
extension InputField {
    func control(showing value: JSONValue?) -> InputRow.Control {
        switch kind {
        case .text, .file, .files, .texts: .entry
        case .union: .branch
        case .secret: .secret
        case .list: ticks == nil ? .json : .ticks
        case .json, .object: .json
        case .integer, .number: .stepper
        case .choice: .choice
        case .boolean: .toggle(isOn: value?.bool)
        }
    }

    func text(of value: JSONValue?) -> String {
        guard let value, !value.isNull else { return InputsForm.unset }
        // As many dots for every secret: its length is nobody's business.
        if kind == .secret { return "••••••••" }
        let text =
            switch kind {
            case .number: value.double?.shortText ?? value.plain
            case .object: Self.summary(of: value)
            case .list:
                ticks == nil ? Self.summary(of: value) : (value.array ?? []).map(\.plain).joined(separator: ", ")
            default: value.plain
            }
        return String(text.map { $0.isNewline || $0.isWhitespace ? " " : $0 })
    }

    /// How much there is, then what there is: an object or a list seldom fits in a line.
    private static func summary(of value: JSONValue) -> String {
        let count = value.object?.count ?? value.array?.count
        guard let count, count > 1 else { return value.plain }
        return "\(count) \(value.object == nil ? "values" : "members")  \(value.plain)"
    }

    var hint: String? {
        func range(_ minimum: String?, _ maximum: String?) -> String? {
            switch (minimum, maximum) {
            case (let minimum?, let maximum?): "\(minimum)–\(maximum)"
            case (let minimum?, nil): "≥ \(minimum)"
            case (nil, let maximum?): "≤ \(maximum)"
            case (nil, nil): nil
            }
        }
        switch kind {
        case .integer(let minimum, let maximum): return range(minimum.map { "\($0)" }, maximum.map { "\($0)" })
        case .number(let minimum, let maximum): return range(minimum?.shortText, maximum?.shortText)
        case .choice(let values): return values.map(\.plain).joined(separator: " ")
        case .files(let most?): return "at most \(most)"
        case .file: return "an address, or a file of this computer"
        case .text: return limits.format?.example
        case .list: return ticks.map { $0.map(\.plain).joined(separator: " ") }
        case .union: return type.expectation
        default: return nil
        }
    }
}
