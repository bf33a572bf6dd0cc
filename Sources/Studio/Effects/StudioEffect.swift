package import Composing

/// What the reducer wants done. Performed elsewhere; what comes of it returns as a ``StudioAction``.
package enum StudioEffect: Hashable, Sendable {
    /// Journal these runs durably, then send them.
    case submit([RunRequest])
    case cancel([RunItem.ID])
    case delete([RunItem.ID])
    case resend(RunItem.ID)
    /// Ask what these predictions are, that a lost run could be.
    case loadCandidates(RunItem.ID, [String])
    /// Make a prediction that run's.
    case follow(RunItem.ID, predictionID: String)
    /// Ask for the model, and go on asking with longer and longer pauses while the API cannot be reached; ordered again,
    /// at once.
    case loadModel(String)
    case searchModels(String)
    case checkImage(ImageItem.ID, url: String)
    case uploadImage(ImageItem.ID, path: String)
    case saveDraft(Draft)
    case loadPrompts
    /// Read the page of the history that begins there.
    case loadRuns(after: RunPages.Cursor)
    /// Read what was spent in so many days, today included.
    case loadSpend(Ledger.Period)
    /// Keep what a model runs on; empty: nobody knows, and is not to be asked again.
    case rememberHardware(model: String, sku: String)
    /// Who is looked at: the poller asks for those first.
    case attend(visible: [RunItem.ID], focused: RunItem.ID?)
    case loadPreview(PreviewKey)
    case openFile(path: String)
    case copy(String)
    case editExternally(String)
    case redraw
    case suspend
    case bell
    case quit
}
