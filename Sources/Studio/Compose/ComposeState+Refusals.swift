import Composing
import ReplicateAPI

extension ComposeState {
    /// Why the server refused `field` as it stands now; nil when it did not.
    package func refusal(of field: String) -> String? {
        guard let refusal = refusals[field], refusal.model == pricedModel, values(of: field).contains(refusal.value)
        else { return nil }
        return refusal.message
    }

    /// The first sentence about something that `pane` shows, in the order of the model's inputs.
    package func refusal(in pane: Pane) -> String? { refusedFields.first { $0.pane == pane }?.message }

    /// The form's rows with what the server said of them.
    package var inputRows: [InputRow] {
        guard !refusals.isEmpty else { return inputs.rows }
        return inputs.rows.map { row in
            var row = row
            if !row.isEditing { row.issue = row.issue ?? refusal(of: row.name) }
            return row
        }
    }

    var firstRefused: (pane: Pane, field: String)? { refusedFields.first.map { ($0.pane, $0.field) } }

    private var refusedFields: [(pane: Pane, field: String, message: String)] {
        guard !refusals.isEmpty else { return [] }
        return schema.fields.compactMap { field in
            refusal(of: field.name).map { (pane(of: field.name), field.name, $0) }
        }
    }

    /// Remembers what the server said of an input of a run; the words of an earlier run stay where nothing else is said.
    ///
    /// - Parameter value: as it was sent; nil: the input's default stood for it.
    mutating func refuse(_ field: String, value: JSONValue?, of model: String, message: String) {
        guard let input = schema[field] else { return }
        refusals[field] = InputRefusal(model: model, value: value ?? input.defaultValue, message: message)
    }

    /// The pane in which `field` is mended.
    func pane(of field: String) -> Pane {
        if field == promptField { return .prompt }
        return binding?.fields.contains(field) == true ? .images : .inputs
    }

    /// What the runs that Run would start send for `field`.
    private func values(of field: String) -> [JSONValue?] {
        let unset = schema[field]?.defaultValue
        guard field == promptField else { return [inputs.values[field] ?? images.inputs[field] ?? unset] }
        let prompts = (try? PromptAlternatives.expand(sentPrompt)) ?? []
        return prompts.map { $0.isEmpty ? unset : .string($0) }
    }
}
