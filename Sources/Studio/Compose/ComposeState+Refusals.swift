import Composing
import ReplicateAPI

/// Why the server would not create a run, said of one input.
///
/// It concerns the value that was sent: it is shown while that value stands, and no longer once it is changed.
package struct InputRefusal: Hashable, Sendable {
    /// `owner/name`.
    let model: String
    /// nil: nothing was sent for the input, and it has no default.
    let value: JSONValue?
    /// The server's sentence; not yet safe for a terminal.
    let message: String
}

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

    /// Remembers what the server said of the inputs of `run`; the words of an earlier run stay where nothing else is said.
    mutating func take(_ fields: [APIError.InvalidField], of run: RunItem) {
        for field in fields where schema[field.input] != nil {
            refusals[field.input] = InputRefusal(
                model: run.model,
                value: run.input[field.input] ?? schema[field.input]?.defaultValue,
                message: field.message
            )
        }
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
        let prompts = (try? PromptAlternatives.expand(prompt.text)) ?? []
        return prompts.map { $0.isEmpty ? unset : .string($0) }
    }
}
