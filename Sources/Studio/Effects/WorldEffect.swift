package import Composing
package import Pricing
package import Search

/// What is to be done outside the terminal: history, network, files. The runtime does it off the main thread; what comes of
/// it returns as a ``StudioAction``.
package enum WorldEffect: Hashable, Sendable {
    /// Journal these runs durably, then send them.
    case submit([RunRequest])
    case cancel([RunItem.ID])
    /// Take the records off the list, with their files into the trash.
    case delete([RunItem.ID])
    /// Bring back what was deleted last.
    case undelete
    case resend(RunItem.ID)
    /// Read what these runs were given, with their models as they are now, to run the same again.
    case recall([RunItem.ID])
    /// Write down what a person adds to these runs.
    case annotate([RunItem.ID], AnnotationChange)
    /// Ask what these predictions are, that a lost run could be.
    case loadCandidates(RunItem.ID, [String])
    /// Make a prediction that run's.
    case follow(RunItem.ID, predictionID: String)
    /// Read a page of the list; one that was ordered before and was not begun is not wanted any more.
    case loadRuns(RunPage.Request)
    /// Count the list; as for pages.
    case countRuns(RunCounts.Request)
    /// Tell the poller which runs are looked at: it asks for those first.
    case attend(visible: [RunItem.ID], focused: RunItem.ID?)
    /// Ask for the model, and go on asking with longer and longer pauses while the API cannot be reached; ordered again,
    /// at once.
    case loadModel(String)
    case searchModels(String)
    /// Read what the model's owner has written of it.
    case loadReadme(String)
    /// Keep what a model runs on; empty: it is not known, and is not to be asked again.
    case rememberHardware(model: String, sku: String)
    case checkImage(ImageItem.ID, url: String)
    case uploadImage(ImageItem.ID, path: String)
    /// Upload the file that stands for the input of this name, whatever it holds.
    case uploadInput(String, path: String)
    /// Read the folder; empty: the one that the program works in.
    case listFolder(String, FolderListing.Purpose)
    /// Look whether there is a picture, and what it says of how it was made; `text` stands for it in the prompt.
    case examinePicture(path: String, text: String)
    /// Decode the picture and render it for these cells.
    case loadPreview(PreviewKey)
    /// Make these small or compared pictures, in their order; those that were ordered before and were not begun are not wanted any more.
    case loadPictures([PreviewKey])
    /// Show the film of this picture from here on: the frame that is due, once it is. Ordered anew for each frame, when
    /// the terminal has taken the last one; `continues` says that the time since then counts.
    case playFilm(PreviewKey, after: Double, continues: Bool)
    /// Show the frame of this moment, in seconds.
    case showFrame(PreviewKey, at: Double)
    case closeFilm
    /// Frames of these moments, small.
    case loadFilmStrip(PreviewKey, moments: [Double])
    case closeFilmStrip
    /// Read the desktop's clipboard.
    case readClipboard
    /// Open a saved file with the desktop's program.
    case openFile(path: String)
    case saveDraft(Draft)
    /// Keep the draft beside others, in the place of one with the same name.
    case keepDraft(Draft, name: String)
    case listDrafts
    /// Read the prompt library.
    case loadLibrary
    /// Put the prompt into the library, in the place of one with the same name.
    case keepPrompt(String, name: String)
    /// Read the text of the library, to be edited.
    case openLibrary
    case writeLibrary(String)
    /// Run the person's own command: these runs have ended.
    case tellOfEnd([RunItem.ID])
    /// Remember a prompt as it was typed, which stands for several.
    case keepTemplate(String)
    /// Read the earlier prompts.
    case loadPrompts
    /// Look for prompts of everything ever run; `text` is what was typed for it, and comes back with them.
    case searchPrompts(RunQuery, text: String)
    /// Read what was spent in so many days, today included.
    case loadSpend(Ledger.Period)
    /// Ask the server whose token this is, and keep it where the next start finds it.
    case keepToken(TypedSecret)
    /// Write these limits into the settings.
    case keepBudget(Budget)
}
