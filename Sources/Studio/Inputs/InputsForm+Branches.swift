import ReplicateAPI

extension InputsForm {
    /// The field as it is edited: where it takes several types, as one of the type that was chosen, else of the type that
    /// its value has.
    func branched(_ field: InputField) -> InputField {
        guard case .union(let types) = field.kind else { return field }
        let value = values[field.name] ?? field.defaultValue
        let index = branches[field.name] ?? value.flatMap { value in types.firstIndex { $0.issue(with: value) == nil } }
        guard let index, types.indices.contains(index) else { return field }
        return InputField(
            name: field.name,
            title: field.title,
            summary: field.summary,
            kind: types[index].kind,
            limits: types[index].limits,
            defaultValue: field.defaultValue,
            isRequired: field.isRequired,
            isNullable: field.isNullable,
            isDeprecated: field.isDeprecated,
            order: field.order
        )
    }

    /// The types that an input takes, in words; empty where it takes one.
    func branchNames(of name: String) -> [String] {
        guard case .union(let types)? = self[name]?.kind else { return [] }
        return types.map(\.expectation)
    }

    /// Edits the input as one of its types from now on; a value of another type goes.
    mutating func choose(branch: Int, of name: String) {
        guard case .union(let types)? = self[name]?.kind, types.indices.contains(branch) else { return }
        branches[name] = branch
        if let value = values[name], types[branch].issue(with: value) != nil { set(nil, for: name) }
    }

    // MARK: Ticks

    /// Takes a value into a list of values, or out of it. They stay in the schema's order.
    mutating func tick(_ value: JSONValue, of name: String) {
        guard let field = self[name].map(branched), let ticks = field.ticks else { return }
        var ticked = ticked(of: field)
        if let index = ticked.firstIndex(where: { $0.isSame(as: value) }) {
            ticked.remove(at: index)
        } else {
            ticked.append(value)
        }
        let ordered = ticks.filter { tick in ticked.contains { $0.isSame(as: tick) } }
        set(ordered.isEmpty && field.defaultValue == nil ? nil : .array(ordered), for: name)
    }

    func ticked(of field: InputField) -> [JSONValue] { (values[field.name] ?? field.defaultValue)?.array ?? [] }
}

extension InputField {
    /// The values that a list of them can have; nil: it is no such list.
    var ticks: [JSONValue]? {
        guard case .list(let element) = kind, case .choice(let values) = element.kind else { return nil }
        return values
    }

    /// Whether the value is written as JSON.
    var isStructured: Bool {
        switch kind {
        case .json, .object: true
        case .list: ticks == nil
        default: false
        }
    }
}
