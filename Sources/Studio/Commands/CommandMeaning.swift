import Search

/// What a command is about. The reducer of each feature takes its own kind and switches over it without a `default`, so a
/// command that has no meaning, or whose meaning nothing handles, does not compile.
enum CommandMeaning: Hashable, Sendable {
    case screen(ScreenCommand)
    case compose(ComposeCommand)
    case list(ListMove)
    case edit(TextOperation)
    /// To vim's normal mode.
    case normalMode
    /// Take what was typed into a field.
    case acceptField
    case images(ImagesCommand)
    case inputs(InputsCommand)
    case runs(RunsCommand)
    case annotate(AnnotationCommand)
    case detail(DetailCommand)
    case large(LargeCommand)
    case film(FilmCommand)
    case ledger(LedgerCommand)
    case dialog(DialogCommand)
}

/// What concerns the studio as a whole, wherever the focus is.
enum ScreenCommand: Hashable, Sendable {
    case nextPane, previousPane
    case focus(Pane)
    case zoom, enlarge, lightTable, compare, back
    case palette, help
    case showSpend
    case theme, setUp
    case redraw, suspend
    case pasteClipboard
    case interrupt, quit
}

/// What concerns the run that is composed, wherever the focus is.
enum ComposeCommand: Hashable, Sendable {
    case run
    case moreRuns, fewerRuns
    case changeModel, nameHardware
    case promptHistory, editExternally
    case completeName, openLibrary, savePrompt, editLibrary
    case saveDraft, openDrafts
}

/// A move in a list, or over the rows of a text.
enum ListMove: Hashable, Sendable {
    case up, down
    case pageUp, pageDown
    case first, last

    /// Rows to move by, negative upwards; a million to an end.
    func rows(page: Int) -> Int {
        switch self {
        case .up: -1
        case .down: 1
        case .pageUp: -page
        case .pageDown: page
        case .first: -1_000_000
        case .last: 1_000_000
        }
    }
}

/// What is done with the image list.
enum ImagesCommand: Hashable, Sendable {
    case add, edit, toggle, remove
    case moveUp, moveDown
    case undo, redo
    /// Look for pictures on this computer.
    case browse
    /// Go on with the path that is typed.
    case complete
}

/// What is done with the form of inputs.
enum InputsCommand: Hashable, Sendable {
    case edit
    case decrease, increase
    case reset
    case changedOnly
}

/// What is done with the selected or the marked runs.
enum RunsCommand: Hashable, Sendable {
    case cancel, delete, undoDelete, resend
    case listCandidates
    case useAsImage, openOutput, copyOutput
    case reuse, reuseWithNewSeed, runAgain
    case mark, filter
    /// By this; once more: the other way round.
    case sort(RunSort.Key)
    case nextOrder, reverseOrder
}

/// What a person adds to the selected or the marked runs.
enum AnnotationCommand: Hashable, Sendable {
    case favourite
    case moreStars, fewerStars
    case editTags, editNote
}

/// What is done with the view of the selected run.
enum DetailCommand: Hashable, Sendable {
    case nextTab, previousTab
    case nextOutput, previousOutput
    case followLogs
}

/// What is done with the picture that has the whole screen.
enum LargeCommand: Hashable, Sendable {
    case zoomIn, zoomOut
    case realPixels, fit
    case left, right, up, down
}

/// What is done with the film that is shown.
enum FilmCommand: Hashable, Sendable {
    case playOrPause
    case nextFrame, previousFrame
}

/// What is done with the view of the spend.
enum LedgerCommand: Hashable, Sendable {
    case nextPeriod, previousPeriod
}

/// What is done with a list to choose from, or with a question.
enum DialogCommand: Hashable, Sendable {
    case choose
    case confirm
    case switchButton
}
