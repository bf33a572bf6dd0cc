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
