import Composing
import Foundation
import Money
package import Pricing
package import ReplicateAPI

/// The left of the screen: what is about to be run.
package struct ComposeState: Hashable, Sendable {
    /// The model that Run uses.
    package var model: ModelChoice
    /// The model before ``model``, while that is being asked for: it comes back where the other cannot be had.
    var previousModel: ModelChoice?
    /// The text as it is typed, alternatives in braces included.
    package var prompt: TextEditor
    /// ``prompt`` with what its names of the library stand for: what is composed.
    var sentPrompt = ""
    /// The prompt in the rows of its pane.
    package internal(set) var promptLayout: WrappedText
    /// The images without a name; see ``ReplicateAPI/ImageBinding`` for where they go.
    package var images: ImageList
    /// All other inputs of the model.
    package var inputs: InputsForm
    /// Inputs of a draft or of an earlier run, waiting for the schema of the model they belong to.
    var pendingInputs: JSONObject?
    /// Runs of each prompt; 1…50.
    package var count: Int
    /// What Run would do now; worked out again after every action that changes it.
    package internal(set) var quote: Quote
    var composed: ComposedOrder?
    /// Earlier runs of the model; nil until they have been read.
    package internal(set) var history: RunHistory?
    /// Somebody was asked what the model runs on, or it is not known yet whether: nobody is asked then.
    package internal(set) var wasHardwareAsked = true
    /// The folder of this computer where pictures were looked for last; nil: none yet.
    var folder: String?
    /// The address that is being added or edited; nil while the list itself has the keys.
    package var imageEntry: ImageEntry?
    /// Between Run and the durable journal entry: Run does nothing, so that a bouncing key cannot pay twice.
    package var isSubmitting = false
    /// What Run started last, and when; nil: nothing yet.
    var lastStarted: Started?
    /// What the server would not take, by input.
    var refusals: [String: InputRefusal] = [:]
    /// Since Run a person has done nothing: a refusal may take the focus where it can be mended.
    var awaitsAnswer = false

    struct Started: Hashable, Sendable {
        var requests: [RunRequest]
        var at: Date
        /// The run that was selected then.
        var selection: RunItem.ID?
    }

    /// One address while it is typed.
    package struct ImageEntry: Hashable, Sendable {
        /// nil: a new one.
        package var id: Int?
        /// On one line.
        package var editor: TextEditor
    }

    /// An empty prompt, no images, one run.
    package init(model: ModelChoice) {
        self.model = model
        prompt = TextEditor()
        promptLayout = SoftWrap.layout([[]], columns: 1, measure: { _ in 1 })
        images = ImageList()
        inputs = InputsForm()
        count = 1
        quote = Quote([.unknown(reason: "the model is not known yet")], obstacle: nil)
    }
}

extension ComposeState {
    /// Runs of one prompt that can be started at once.
    package static let mostRuns = 50

    /// Takes up a draft; its inputs wait for the schema of the model.
    mutating func begin(_ draft: Draft, model path: String) {
        model = ModelChoice(path: path)
        prompt = TextEditor(draft.prompt)
        images = ImageList(entries: draft.images)
        count = min(max(draft.count, 1), Self.mostRuns)
        pendingInputs = draft.inputs
    }

    /// What is kept across a kill; secrets are left out.
    package var draft: Draft {
        Draft(
            model: model.path,
            prompt: prompt.text,
            images: images.entries,
            inputs: pendingInputs ?? inputs.recordableValues,
            count: count
        )
    }

    /// `owner/name`, as the price book has it.
    package var pricedModel: String { String(model.path.prefix { $0 != ":" }) }
    /// Without fields while the model is not known.
    package var schema: InputSchema { model.details?.schema ?? InputSchema(fields: []) }
    /// How the model takes images; nil when it takes none, or is not known yet.
    package var binding: ImageBinding? { model.details?.images }
    /// The input that the prompt fills; `prompt` until the schema is known; nil when the model takes none.
    package var promptField: String? { model.details.map(\.promptField) ?? "prompt" }
}
