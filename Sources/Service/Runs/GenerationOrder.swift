import History
import Predictions
import Pricing
import ReplicateAPI

/// A request that was checked and priced, ready for the queue.
struct GenerationOrder: Sendable {
    let kind: GenerationResult.Kind
    /// With the priced inputs sent explicitly, so that what is priced is what is run.
    let input: JSONObject
    let model: ModelReference
    let prompt: String
    let estimate: Estimate
    /// nil: a run of its own.
    let key: RunKey?

    func draft(id: String, savesOutputs: Bool) -> RunDraft {
        RunDraft(
            model: model.description,
            prompt: prompt,
            input: input,
            origin: .service,
            estimate: estimate,
            savesOutputs: savesOutputs,
            id: id
        )
    }
}
