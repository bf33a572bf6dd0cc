import Composing
import History
import Predictions
import ReplicateAPI

/// A request that was composed and priced, ready for the queue.
struct GenerationOrder: Sendable {
    let kind: GenerationResult.Kind
    /// What is priced is what is run.
    let request: RunRequest
    /// nil: a run of its own.
    var key: RunKey?
    /// The client's own name for the order, so that it is not paid twice; nil: none.
    var idempotencyKey: OrderKey?

    var model: String { request.model }
    var input: JSONObject { request.input }
    /// ``input`` in what may be kept and what may not.
    var parts: (kept: JSONObject, secret: JSONObject) {
        RunSecrets.split(request.input, names: request.secretInputs)
    }

    func draft(id: String, savesOutputs: Bool) -> RunDraft {
        var draft = RunDraft(request, origin: .service, savesOutputs: savesOutputs, id: id)
        draft.key = idempotencyKey
        return draft
    }
}
