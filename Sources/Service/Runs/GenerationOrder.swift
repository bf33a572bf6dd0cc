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
    let key: RunKey?

    var model: String { request.model }
    var input: JSONObject { request.input }

    func draft(id: String, savesOutputs: Bool) -> RunDraft {
        RunDraft(request, origin: .service, savesOutputs: savesOutputs, id: id)
    }
}
