import History
import Money
import PictureMetadata
import ReplicateAPI

extension PictureMetadata {
    /// What made the outputs of a run. The same run gives the same text each time, so that a file which is saved once more
    /// after a crash is known again.
    init(_ run: RunRecord, _ prediction: Prediction) {
        let inputs = KeptInputs(run.input.filter { run.prompt.isEmpty || $0.value != .string(run.prompt) })
        self.init(
            model: ModelReference(run.model)?.path ?? run.model,
            version: ModelReference.isVersion(prediction.version) ? prediction.version : nil,
            prompt: run.prompt,
            inputs: inputs.kept,
            chosenSeed: inputs.kept["seed"] == nil ? Prediction.seed(inLogs: prediction.logs ?? run.logs) : nil,
            omitted: (inputs.omitted + run.secretInputs).sorted(),
            predictionID: prediction.id.rawValue,
            cost: run.cost.flatMap { $0.money == nil ? nil : $0.label },
            createdAt: prediction.createdAt ?? run.createdAt
        )
    }
}
