import ReplicateAPI

extension InputsForm {
    /// Stands for an input without a value and without a default.
    package static let unset = "—"

    /// The inputs on show, in their order.
    package var rowCount: Int { shownFields.count + (hasFold ? 1 : 0) }

    /// Characters of the longest name on show.
    package var longestName: Int { shownFields.map(\.name.count).max() ?? 0 }

    /// Those on show, in order; see ``showsChangedOnly``.
    package var rows: [InputRow] {
        var rows = shownFields.map(row)
        if let foldIndex { rows.insert(fold, at: foldIndex) }
        return rows
    }

    private func row(of field: InputField) -> InputRow {
        let set = values[field.name]
        let isEditing = editing?.field == field.name
        let branch = branched(field)
        let upload = uploads[field.name]
        var issue = isEditing ? editing?.issue : upload == nil ? field.issue(with: set) : nil
        if !isEditing, case .failed(let reason)? = upload?.progress { issue = reason }
        return InputRow(
            name: field.name,
            title: field.title,
            summary: field.summary,
            control: branch.control(showing: set ?? field.defaultValue),
            text: upload?.path ?? branch.text(of: set ?? field.defaultValue),
            defaultText: field.defaultValue.map { branch.text(of: $0) },
            hint: upload == nil ? field.hint : "uploading",
            isChanged: set != nil || upload != nil,
            isRequired: field.isRequired,
            isDeprecated: field.isDeprecated,
            issue: issue,
            isSelected: field.name == selected?.name,
            isEditing: isEditing
        )
    }

    /// Stands before the deprecated inputs.
    private var fold: InputRow {
        let count = deprecatedCount
        return InputRow(
            name: "\(count) deprecated input\(count == 1 ? "" : "s")",
            title: "",
            summary: "The model's author advises against them and may take them away.",
            control: .fold(isOpen: showsDeprecated),
            text: "",
            defaultText: nil,
            hint: nil,
            isChanged: false,
            isRequired: false,
            isDeprecated: true,
            issue: nil,
            isSelected: isFoldSelected,
            isEditing: false
        )
    }
}

extension InputField {
    fileprivate func control(showing value: JSONValue?) -> InputRow.Control {
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

    fileprivate func text(of value: JSONValue?) -> String {
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
        case .file: return "an address, or a file of this computer"
        case .text: return limits.format?.example
        case .list: return ticks.map { $0.map(\.plain).joined(separator: " ") }
        case .union: return type.expectation
        default: return nil
        }
    }
}
