/// Everything a person can make the studio do. Keys, footer, help, palette and documentation all come from
/// ``Command/entry`` and ``KeyTable``, so that none of them can tell another story.
package enum Command: String, CaseIterable, Hashable, Sendable {
    // Money
    case run
    case moreRuns = "more-runs"
    case fewerRuns = "fewer-runs"
    case showSpend = "show-spend"
    case nextPeriod = "next-period"
    case previousPeriod = "previous-period"
    case nameHardware = "name-hardware"
    // Getting about
    case nextPane = "next-pane"
    case previousPane = "previous-pane"
    case focusModel = "focus-model"
    case focusPrompt = "focus-prompt"
    case focusImages = "focus-images"
    case focusInputs = "focus-inputs"
    case focusPredictions = "focus-predictions"
    case focusDetail = "focus-detail"
    case zoom
    case lightTable = "light-table"
    case compare
    case back
    case palette
    case help
    case changeTheme = "change-theme"
    case setUp = "set-up"
    case redraw
    case suspend
    case pasteClipboard = "paste-clipboard"
    case interrupt
    case quit
    // Compose
    case changeModel = "change-model"
    case promptHistory = "prompt-history"
    case editExternally = "edit-externally"
    case completeName = "complete-name"
    case openLibrary = "open-library"
    case savePrompt = "save-prompt"
    case editLibrary = "edit-library"
    case saveDraft = "save-draft"
    case openDrafts = "open-drafts"
    // Lists
    case up
    case down
    case pageUp = "page-up"
    case pageDown = "page-down"
    case first
    case last
    case open
    case enlarge
    // Images
    case addImage = "add-image"
    case editImage = "edit-image"
    case toggleImage = "toggle-image"
    case removeImage = "remove-image"
    case moveImageUp = "move-image-up"
    case moveImageDown = "move-image-down"
    case browseFiles = "browse-files"
    case completePath = "complete-path"
    case undoImages = "undo-images"
    case redoImages = "redo-images"
    // Inputs
    case editInput = "edit-input"
    case decreaseInput = "decrease-input"
    case increaseInput = "increase-input"
    case resetInput = "reset-input"
    case changedInputs = "changed-inputs"
    // Predictions
    case cancelRun = "cancel-run"
    case useAsImage = "use-as-image"
    case openOutput = "open-output"
    case copyURL = "copy-url"
    case reuse
    case newSeed = "new-seed"
    case runAgain = "run-again"
    case sendAgain = "send-again"
    case whichOne = "which-one"
    case deleteRecord = "delete-record"
    case undoDelete = "undo-delete"
    case markRun = "mark-run"
    case filterRuns = "filter-runs"
    case nextOrder = "next-order"
    case reverseOrder = "reverse-order"
    case sortByTime = "sort-by-time"
    case sortByCost = "sort-by-cost"
    case sortByDuration = "sort-by-duration"
    case sortByModel = "sort-by-model"
    case sortByStatus = "sort-by-status"
    case sortByPrompt = "sort-by-prompt"
    case favourite
    case moreStars = "more-stars"
    case fewerStars = "fewer-stars"
    case editTags = "edit-tags"
    case editNote = "edit-note"
    // Detail
    case nextTab = "next-tab"
    case previousTab = "previous-tab"
    case nextOutput = "next-output"
    case previousOutput = "previous-output"
    case followLogs = "follow-logs"
    // The large picture
    case zoomIn = "zoom-in"
    case zoomOut = "zoom-out"
    case realPixels = "real-pixels"
    case fitPicture = "fit-picture"
    case panLeft = "pan-left"
    case panRight = "pan-right"
    case panUp = "pan-up"
    case panDown = "pan-down"
    // A film
    case playFilm = "play-film"
    case nextFrame = "next-frame"
    case previousFrame = "previous-frame"
    // Text
    case normalMode = "normal-mode"
    case undo
    case redo
    case newline
    case deleteBackward = "delete-backward"
    case deleteForward = "delete-forward"
    case deleteWordBackward = "delete-word-backward"
    case deleteWordForward = "delete-word-forward"
    case killToLineEnd = "kill-to-line-end"
    case killToLineStart = "kill-to-line-start"
    case yank
    case left
    case right
    case wordLeft = "word-left"
    case wordRight = "word-right"
    case lineStart = "line-start"
    case lineEnd = "line-end"
    case documentStart = "document-start"
    case documentEnd = "document-end"
    case selectLeft = "select-left"
    case selectRight = "select-right"
    case selectUp = "select-up"
    case selectDown = "select-down"
    case selectWordLeft = "select-word-left"
    case selectWordRight = "select-word-right"
    case selectLineStart = "select-line-start"
    case selectLineEnd = "select-line-end"
    case selectDocumentStart = "select-document-start"
    case selectDocumentEnd = "select-document-end"
    case selectAll = "select-all"
    case copyText = "copy-text"
    case cutText = "cut-text"
    case moveLineUp = "move-line-up"
    case moveLineDown = "move-line-down"
    case acceptField = "accept-field"
    // Dialogs
    case choose
    case confirm
    case switchButton = "switch-button"
}
