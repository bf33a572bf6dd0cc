package import ReplicateAPI

/// The inputs of a model that are neither its prompt nor its images, as a form.
///
/// Holds only what a person set; a value that equals the model's default counts as not set. Whatever is in ``values``
/// has the type of its field.
package struct InputsForm: Hashable, Sendable {
    /// In the order in which the model's author wants them shown.
    package private(set) var fields: [InputField]
    /// What is sent: the inputs that a person set. `null` stands where a default was taken away.
    package internal(set) var values: JSONObject = [:]
    /// The input being edited; nil while none is.
    package internal(set) var editing: InputEditing?
    /// Shows only inputs that were set.
    package private(set) var showsChangedOnly = false

    /// Shows the deprecated inputs too; those that were set are always shown.
    package private(set) var showsDeprecated = false
    /// Files that stand for inputs and are not uploaded yet, by input.
    package internal(set) var uploads: [String: InputUpload] = [:]
    /// Of inputs that take several types, the one that was chosen, by its index.
    var branches: [String: Int] = [:]
    /// The row that shows or hides the deprecated inputs is selected.
    package private(set) var isFoldSelected = false

    private var parkedValues: [ParkedKey: JSONValue] = [:]
    private var selectedField: String?

    private struct ParkedKey: Hashable, Sendable, Comparable {
        let name: String
        let type: InputType

        static func < (left: Self, right: Self) -> Bool {
            (left.name, left.type.rawValue) < (right.name, right.type.rawValue)
        }
    }

    /// Nothing is set; the first input is selected.
    package init(schema: InputSchema = InputSchema(fields: [])) {
        fields = Self.shown(in: schema)
        selectedField = fields.first?.name
    }

    private static func shown(in schema: InputSchema) -> [InputField] {
        var elsewhere = Set(schema.images?.fields ?? [])
        if let prompt = schema.promptField { elsewhere.insert(prompt) }
        let shown = schema.fields.filter { !elsewhere.contains($0.name) }
        return shown.filter { !$0.isDeprecated } + shown.filter(\.isDeprecated)
    }

    /// nil for the prompt, the images, and what the model does not have.
    package subscript(name: String) -> InputField? { fields.first { $0.name == name } }

    /// Inputs that a person set.
    package var changedCount: Int { values.count }
    /// The inputs that the present model does not take, by name; they return with a model that does.
    package var parked: [String] { Set(parkedValues.keys.map(\.name)).sorted() }
    /// ``values`` without secrets: what may be written to history.
    package var recordableValues: JSONObject {
        values.filter { name, _ in self[name]?.kind != .secret }
    }
    /// Why the server would refuse the form as it stands, in the order of the fields.
    package var issues: [InputIssue] {
        fields.compactMap { field in
            field.issue(with: values[field.name]).map { InputIssue(field: field.name, message: $0) }
        }
    }
}

extension InputsForm {
    /// The fields on show: all, or those that were set and the one being edited.
    var shownFields: [InputField] {
        fields.filter { field in
            if values[field.name] != nil || field.name == editing?.field { return true }
            return !showsChangedOnly && (showsDeprecated || !field.isDeprecated || field.isRequired)
        }
    }

    var deprecatedCount: Int { fields.count(where: \.isDeprecated) }
    var hasFold: Bool { !showsChangedOnly && deprecatedCount > 0 }

    /// Where the row stands that shows or hides the deprecated inputs: before them; nil: there is none.
    var foldIndex: Int? {
        guard hasFold else { return nil }
        let shown = shownFields
        return shown.firstIndex(where: \.isDeprecated) ?? shown.count
    }

    /// An index into ``rows``; nil when there is nothing on show.
    package var selection: Int? {
        let fold = foldIndex
        if isFoldSelected, let fold { return fold }
        let shown = shownFields
        guard !shown.isEmpty else { return fold }
        let index = shown.firstIndex { $0.name == selectedField } ?? 0
        return index + (fold.map { $0 <= index } == true ? 1 : 0)
    }

    /// nil when no input is selected.
    package var selected: InputField? {
        guard !(isFoldSelected && hasFold) else { return nil }
        let shown = shownFields
        return shown.first { $0.name == selectedField } ?? shown.first
    }

    /// Selects a row, the nearest there is; ends editing without taking the text.
    package mutating func select(_ index: Int) {
        editing = nil
        let shown = shownFields
        let fold = foldIndex
        let row = min(max(index, 0), shown.count - (fold == nil ? 1 : 0))
        guard row >= 0 else { return }
        isFoldSelected = row == fold
        if !isFoldSelected { selectedField = shown[row - (fold.map { $0 < row } == true ? 1 : 0)].name }
    }

    /// False when no such input is on show. A deprecated one that is hidden is shown.
    @discardableResult
    package mutating func select(named name: String) -> Bool {
        if self[name]?.isDeprecated == true { showsDeprecated = true }
        guard let index = rows.firstIndex(where: { $0.name == name }) else { return false }
        select(index)
        return true
    }

    /// Shows or hides the deprecated inputs.
    mutating func toggleDeprecated() { showsDeprecated.toggle() }

    /// Moves the selection, stopping at the ends.
    package mutating func moveSelection(by steps: Int) {
        guard let selection else { return }
        let (target, overflows) = selection.addingReportingOverflow(steps)
        select(overflows ? (steps > 0 ? .max : 0) : target)
    }

    /// Selects the next input, from the selected one on and around, whose name begins with `letters`.
    @discardableResult
    package mutating func select(startingWith letters: String) -> Bool {
        let shown = shownFields
        let current = shown.firstIndex { $0.name == selectedField } ?? 0
        guard !shown.isEmpty, !letters.isEmpty else { return false }
        let order = Array(shown.indices[current...]) + Array(shown.indices[..<current])
        let letters = letters.lowercased()
        guard let index = order.first(where: { shown[$0].name.lowercased().hasPrefix(letters) }) else { return false }
        return select(named: shown[index].name)
    }

    /// Ends editing without taking the text; the selection stays on its input where that is still on show.
    package mutating func toggleChangedOnly() {
        editing = nil
        let index = selection ?? 0
        selectedField = selected?.name ?? selectedField
        showsChangedOnly.toggle()
        isFoldSelected = false
        if !shownFields.contains(where: { $0.name == selectedField }) { select(index) }
    }
}

extension InputsForm {
    /// Goes over to another model: inputs of the same name and type whose value still fits are kept, the others are
    /// parked, and those parked earlier that fit now return.
    package mutating func adopt(_ schema: InputSchema) {
        editing = nil
        let old = fields
        fields = Self.shown(in: schema)
        (branches, uploads, isFoldSelected) = ([:], [:], false)
        var kept: JSONObject = [:]
        for field in old {
            guard let value = values[field.name] else { continue }
            if let target = self[field.name], let fitting = target.adopting(value, from: InputType(field.kind)) {
                kept[field.name] = fitting
            } else {
                parkedValues[ParkedKey(name: field.name, type: InputType(field.kind))] = value
            }
        }
        for (key, value) in parkedValues.sorted(by: { $0.key < $1.key }) where kept[key.name] == nil {
            guard let field = self[key.name], let fitting = field.adopting(value, from: key.type) else { continue }
            kept[key.name] = fitting
            parkedValues.removeValue(forKey: key)
        }
        values = [:]
        for (name, value) in kept { set(value, for: name) }
        if !fields.contains(where: { $0.name == selectedField }) { selectedField = fields.first?.name }
    }

    /// Takes the inputs of an earlier prediction in place of the present ones. Keys of other panes are passed over.
    ///
    /// Returns the names, sorted, that the form has but whose value does not fit.
    @discardableResult
    package mutating func load(_ input: JSONObject) -> [String] {
        editing = nil
        (values, uploads) = ([:], [:])
        var refused: [String] = []
        for field in fields {
            guard let value = input[field.name], !(value.isNull && field.defaultValue == nil) else { continue }
            if field.issue(with: value) == nil, !(value.isNull && !field.isNullable) {
                set(value, for: field.name)
            } else {
                refused.append(field.name)
            }
        }
        return refused.sorted()
    }

    /// `value` must fit; nil stands for the default.
    mutating func set(_ value: JSONValue?, for name: String) {
        guard let field = self[name] else { return }
        uploads[name] = nil
        guard let value, !value.isSame(as: field.defaultValue ?? .null) else {
            values.removeValue(forKey: name)
            return
        }
        values[name] = value
    }
}
