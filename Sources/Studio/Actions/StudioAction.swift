package import Composing
package import Foundation
package import Pixels
package import Pricing
package import ReplicateAPI
package import Search

/// Everything that can happen to the studio: what a person does, and what the world answers.
package enum StudioAction: Hashable, Sendable {
    // The person
    case command(Command)
    /// Text without control characters but line breaks, from one or more keys.
    case typed(String)
    /// Text from the clipboard; never read as commands.
    case pasted(String)
    case clicked(Click)
    case dragged(Drag)
    /// The button went up after a drag that began on this.
    case dragEnded(ClickTarget)
    case scrolled(Pane, rows: Int)
    /// What plain mode names at once, where the screen has a dialog or a form.
    case modelNamed(String)
    case imageNamed(String)
    case imagesCleared
    /// An input and its value as text; no text is its default.
    case inputTyped(name: String, text: String)
    case countNamed(Int)
    case cancelNamed(RunItem.ID)

    // The terminal
    case viewportChanged(Viewport)
    /// How pictures are drawn on it, by what it has answered so far.
    case displayChanged(PictureDisplay)
    case focusChanged(isFocused: Bool)
    case ticked(Date)

    // The world
    case started(Startup)
    /// The history cannot be opened: the studio ends, and whoever opened it says why.
    case openingFailed
    case runsLoaded(RunPage)
    case runsCounted(RunCounts)
    case runsFailed(reason: String)
    case runChanged(RunItem)
    /// What another process has changed: nobody here waits for it.
    case runsChangedElsewhere([RunItem])
    case runDeleted(RunItem.ID)
    /// So many runs and files of one deletion; and how many deletions can be undone.
    case deleted(runs: Int, files: Int, undoable: Int)
    /// So many runs are back; of their files so many are not.
    case undeleted(runs: Int, lostFiles: Int, undoable: Int)
    /// What runs were given, without their seeds.
    case recalled([GivenRun])
    case recallFailed(reason: String)
    /// What a person has added to these runs is written.
    case runsAnnotated([RunItem.ID: RunAnnotation])
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
    /// What the API says of a model that is used here.
    case modelKnown(ModelSummary)
    /// The first part of a model's readme; empty: it has none.
    case readmeLoaded(path: String, String)
    case modelsFound(query: String, [ModelSummary])
    case imageChecked(ImageItem.ID, url: String, ImageList.CheckResult)
    case imageUploaded(ImageItem.ID, path: String, url: String)
    case imageUploadFailed(ImageItem.ID, path: String, reason: String)
    /// The file that stood for an input is uploaded, or is not.
    case inputUploaded(name: String, path: String, Result<String, InputUploadFailure>)
    case folderListed(FolderListing, FolderListing.Purpose)
    /// Why it cannot be read, as a sentence without a full stop.
    case folderFailed(reason: String)
    /// There is a picture where the path leads that was dropped into the prompt.
    case pictureExamined(DroppedPicture)
    case promptsLoaded([String])
    /// Prompts that have what was typed, the latest first.
    case promptsFound(text: String, [String])
    /// The desktop has no program that opens the file.
    case openFailed(path: String)
    case clipboardRead(ClipboardContent)
    case editorReturned(EditedText, String)
    case libraryLoaded(PromptLibrary)
    /// The text of the library, to be edited.
    case libraryOpened(String)
    /// The latest first.
    case draftsListed([NamedDraft])
    /// The runs are journaled, in the order in which they were submitted.
    case submitted([RunItem.ID])
    case submissionFailed(reason: String)
    /// The picture, rendered for the cells and the display of its key.
    case previewLoaded(PreviewKey, RenderedPicture)
    case previewFailed(PreviewKey, reason: String)
    /// The file is no picture; of sound it comes a second time, with what took longer to find out.
    case cardRead(PreviewKey, FileCard)
    case filmShown(PreviewKey, FilmFrame)
    case filmFailed(PreviewKey, reason: String)
    /// A frame of the strip below a film, by its place.
    case filmStripFrame(PreviewKey, Int, RenderedPicture)
    /// The server knows whose token it is, and a file has it.
    case tokenKept(KeptToken)
    case budgetKept
    /// A token was not kept, or a budget was not written.
    case setUpFailed(reason: String)
}

extension StudioAction {
    /// A person did it, and so looks at the screen.
    var isPersons: Bool {
        switch self {
        case .command, .typed, .pasted, .clicked, .dragged, .dragEnded, .scrolled, .modelNamed, .imageNamed,
            .imagesCleared, .inputTyped,
            .countNamed, .cancelNamed:
            true
        default: false
        }
    }
}
