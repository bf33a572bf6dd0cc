package import Composing
package import Foundation
package import Pricing
package import ReplicateAPI

/// Everything that can happen to the studio: what a person does, and what the world answers.
package enum StudioAction: Hashable, Sendable {
    // The person
    case command(Command)
    /// Text without control characters but line breaks, from one or more keys.
    case typed(String)
    /// Text from the clipboard; never read as commands.
    case pasted(String)
    /// A pane was clicked; `row` counts from its first line of content, nil for its frame.
    case clicked(Pane, row: Int?)
    case doubleClicked(Pane, row: Int?)
    case scrolled(Pane, rows: Int)

    // The terminal
    case viewportChanged(Viewport)
    case focusChanged(isFocused: Bool)
    case ticked(Date)

    // The world
    case started(Startup)
    case runsLoaded(RunPage)
    case runsFailed(reason: String)
    case runChanged(RunItem)
    case runDeleted(RunItem.ID)
    case candidatesLoaded(RunItem.ID, [RunCandidate])
    /// The inputs for which the server did not create a run.
    case inputsRefused(RunItem.ID, [APIError.InvalidField])
    case connectivityChanged(Connectivity)
    case spendChanged(Spend)
    case spendLoaded(Ledger.Period, SpendReport)
    case spendFailed(reason: String)
    /// Earlier runs of a model, and whether somebody was asked what it runs on.
    case historyLoaded(path: String, RunHistory, wasHardwareAsked: Bool)
    case noticed(Notice)
    /// `askedAs`: what was asked for, where the API may spell it otherwise.
    case modelLoaded(ModelDetails, askedAs: String? = nil)
    case modelMissing(path: String, reason: String)
    case modelUnavailable(path: String, reason: String)
    case modelsFound(query: String, [ModelSummary])
    case imageChecked(ImageItem.ID, url: String, ImageList.CheckResult)
    case imageUploaded(ImageItem.ID, path: String, url: String)
    case imageUploadFailed(ImageItem.ID, path: String, reason: String)
    case promptsLoaded([String])
    /// The desktop has no program that opens the file.
    case openFailed(path: String)
    case editorReturned(String)
    case submitted(count: Int)
    case submissionFailed(reason: String)
    case previewLoaded(PreviewKey)
    case previewFailed(PreviewKey, reason: String)
}

extension StudioAction {
    /// A person did it, and so looks at the screen.
    var isPersons: Bool {
        switch self {
        case .command, .typed, .pasted, .clicked, .doubleClicked, .scrolled: true
        default: false
        }
    }
}

/// What is known before anything is asked of the network.
package struct Startup: Hashable, Sendable {
    package var mode: StudioMode
    package var draft: Draft
    package var defaultModel: String
    /// The first page, with every run in flight among it, however old.
    package var runs: RunPage
    package var spend: Spend
    package var budget: Budget
    /// Models to offer before the network has answered: recent ones and the price book's.
    package var models: [ModelSummary]
    /// The draft's model as it was last seen; nil when it has to be asked for first.
    package var model: ModelDetails?

    package init(
        mode: StudioMode,
        draft: Draft,
        defaultModel: String,
        runs: RunPage,
        spend: Spend,
        budget: Budget,
        models: [ModelSummary],
        model: ModelDetails? = nil
    ) {
        self.mode = mode
        self.draft = draft
        self.defaultModel = defaultModel
        self.runs = runs
        self.spend = spend
        self.budget = budget
        self.models = models
        self.model = model
    }
}

/// What the studio talks to.
package enum StudioMode: Hashable, Sendable {
    case live
    /// The built-in sandbox: real HTTP, real files, no money.
    case demo
    /// No token: everything can be composed and looked at, nothing can be run.
    case noToken
}

/// Whether asking the API works; never a property of a prediction.
package enum Connectivity: Hashable, Sendable {
    case unknown
    case online
    /// With the reason.
    case offline(String)
    /// The API answers, and does not accept the token; with the reason.
    case tokenRefused(String)
}

extension Connectivity {
    /// Why asking does not work; nil while it does, or is not known yet.
    package var trouble: String? {
        switch self {
        case .unknown, .online: nil
        case .offline(let reason), .tokenRefused(let reason): reason
        }
    }
}

/// What was spent, in local days and since this studio opened, and what is in flight now.
package typealias Spend = BudgetUse

/// A sentence for the line above the footer.
package struct Notice: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case success
        case information
        case warning
        case error
    }

    package var kind: Kind
    package var text: String

    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}

/// A picture at a size in cells.
package struct PreviewKey: Hashable, Sendable {
    package let path: String
    package let columns: Int
    package let rows: Int

    package init(path: String, columns: Int, rows: Int) {
        self.path = path
        self.columns = columns
        self.rows = rows
    }
}
