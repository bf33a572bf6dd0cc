import ReplicateAPI

extension InputsForm {
    /// Stands for an input without a value and without a default.
    package static let unset = "—"

    /// The inputs on show, in their order.
    package var rowCount: Int { shownFields.count }

    /// Those on show, in order; see ``showsChangedOnly``.
    package var rows: [InputRow] {
        let selected = selected?.name
        return shownFields.map { field in
            let set = values[field.name]
            let isEditing = editing?.field == field.name
            return InputRow(
                name: field.name,
                title: field.title,
                summary: field.summary,
                control: field.control(showing: set ?? field.defaultValue),
                text: field.text(of: set ?? field.defaultValue),
                defaultText: field.defaultValue.map { field.text(of: $0) },
                hint: field.hint,
                isChanged: set != nil,
                isRequired: field.isRequired,
                issue: isEditing ? editing?.issue : field.issue(with: set),
                isSelected: field.name == selected,
                isEditing: isEditing
            )
        }
    }
}

extension InputField {
    fileprivate func control(showing value: JSONValue?) -> InputRow.Control {
        switch kind {
        case .text, .file, .files, .texts, .union: .entry
        case .secret: .secret
        case .json, .list, .object: .json
        case .integer, .number: .stepper
        case .choice: .choice
        case .boolean: .toggle(isOn: value?.bool ?? false)
        }
    }

    fileprivate func text(of value: JSONValue?) -> String {
        guard let value, !value.isNull else { return InputsForm.unset }
        // As many dots for every secret: its length is nobody's business.
        if kind == .secret { return "••••••••" }
        let text =
            switch kind {
            case .number: value.double?.shortText ?? value.plain
            default: value.plain
            }
        return String(text.map { $0.isNewline || $0.isWhitespace ? " " : $0 })
    }

    fileprivate var hint: String? {
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
        case .union: return type.expectation
        default: return nil
        }
    }
}
