extension InputSchema {
    /// Every reason why the server would refuse `input`: first the known fields in their order, then the unknown keys.
    /// Empty when the input fits, and when the schema has no fields.
    ///
    /// A key that the schema does not know is an issue, because the server refuses it.
    package func issues(in input: JSONObject) -> [InputIssue] {
        guard !fields.isEmpty else { return [] }
        let known = fields.compactMap { field in
            field.issue(with: input[field.name]).map { InputIssue(field: field.name, message: $0) }
        }
        let names = Set(fields.map(\.name))
        let unknown = input.keys.filter { !names.contains($0) }.sorted()
        return known
            + unknown.map { name in
                let meant = Spelling.nearest(to: name, among: fields.map(\.name))
                let question = meant.map { " (did you mean \($0)?)" } ?? ""
                return InputIssue(field: name, message: "is not an input of this model\(question)")
            }
    }
}
