package import Composing
package import History
package import Money
package import ReplicateAPI

/// What has changed; posted to whoever shows it, in order.
package enum RunUpdate: Sendable {
    case run(RunRecord)
    case deleted(String)
    /// Another process works on the run of this id: nothing more is told of it.
    case takenOver(String)
    /// The server names the inputs for which it did not create the run of this id.
    case refused(String, [APIError.InvalidField])
    /// A sentence about something that a person has not ordered in these words.
    case noticed(String)
    /// Asking works; sent when that changed.
    case online
    /// Asking does not work, with the reason in a sentence; never a state of a prediction.
    case offline(String)
}

/// One run that is to be started.
package struct RunDraft: Hashable, Sendable {
    /// `owner/name` or `owner/name:version`.
    package var model: String
    /// For lists and the search; empty: none.
    package var prompt: String
    /// The complete input as it is sent, secrets included.
    package var input: JSONObject
    /// Who starts it.
    package var origin: RunRecord.Origin
    /// What the budgets count until it has ended.
    package var estimate: Estimate
    /// The record's id, for a caller that has written it down before; nil: a new one.
    package var id: String?
    /// Not saved to the disk when false.
    package var savesOutputs: Bool
    /// Names of inputs whose values are sent and never kept, besides those that the model's schema calls secret.
    package var secretInputs: Set<String> = []
    /// So that the same order is not paid twice; nil: every order makes a run.
    package var key: OrderKey?
    /// Words of the person's own.
    package var tags: [String] = []
    /// The absolute path of the folder for its outputs; nil: the runner's.
    package var outputFolder: String?
    /// The pattern of its files' names; nil: by day and prompt.
    package var outputName: String?
    package var overwritesOutputs = false

    package init(
        model: String,
        prompt: String,
        input: JSONObject,
        origin: RunRecord.Origin,
        estimate: Estimate,
        savesOutputs: Bool = true,
        id: String? = nil
    ) {
        self.model = model
        self.prompt = prompt
        self.input = input
        self.origin = origin
        self.estimate = estimate
        self.savesOutputs = savesOutputs
        self.id = id
    }
}

extension RunDraft {
    /// A composed run. Its files must have been uploaded.
    package init(
        _ request: RunRequest,
        origin: RunRecord.Origin,
        savesOutputs: Bool = true,
        id: String? = nil
    ) {
        self.init(
            model: request.model,
            prompt: request.prompt,
            input: request.input,
            origin: origin,
            estimate: request.estimate,
            savesOutputs: savesOutputs,
            id: id
        )
        secretInputs = request.secretInputs
    }
}
