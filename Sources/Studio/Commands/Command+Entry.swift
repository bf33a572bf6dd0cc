extension Command {
    /// How a command is called and explained.
    package struct Entry: Hashable, Sendable {
        /// One or two words for the footer.
        package let hint: String
        /// A sentence without a full stop, for help and palette.
        package let explanation: String
    }

    /// How footer, help and palette name the command where `context` has it: some have other words there.
    package func entry(in context: Context) -> Entry {
        switch (context, self) {
        case (.lightTable, .nextOutput): Entry(hint: "Next picture", explanation: "Go to the next picture")
        case (.lightTable, .previousOutput): Entry(hint: "Previous picture", explanation: "Go to the picture before")
        case (.lightTable, .first): Entry(hint: "First", explanation: "Go to the first picture")
        case (.lightTable, .last): Entry(hint: "Last", explanation: "Go to the last picture")
        case (.lightTable, .open): Entry(hint: "Large", explanation: "Show the picture over the whole screen")
        case (.lightTable, .markRun): Entry(hint: "Mark", explanation: "Mark the picture for an action on several")
        case (.lightTable, .filterRuns): Entry(hint: "Filter", explanation: "Show only pictures with these words")
        case (.comparison, .panLeft): Entry(hint: "Left", explanation: "Move all views left")
        case (.comparison, .panRight): Entry(hint: "Right", explanation: "Move all views right")
        default: entry
        }
    }

    /// How footer, help and palette name the command. Every command has one.
    package var entry: Entry {
        switch self {
        case .run: Entry(hint: "Run", explanation: "Run the prompt; the price is on the key")
        case .moreRuns: Entry(hint: "Count +", explanation: "Run count: one more run of each prompt")
        case .fewerRuns: Entry(hint: "Count -", explanation: "Run count: one run of each prompt fewer")
        case .showSpend: Entry(hint: "Spend", explanation: "What was spent: by day, model and status")
        case .nextPeriod: Entry(hint: "Longer", explanation: "Look further back")
        case .previousPeriod: Entry(hint: "Shorter", explanation: "Look less far back")
        case .nameHardware:
            Entry(hint: "Hardware", explanation: "Tell what the model runs on, where it is billed by time")
        case .nextPane: Entry(hint: "Next", explanation: "Go to the next pane")
        case .previousPane: Entry(hint: "Previous", explanation: "Go to the previous pane")
        case .focusModel: Entry(hint: "Model", explanation: "Go to the model")
        case .focusPrompt: Entry(hint: "Prompt", explanation: "Go to the prompt")
        case .focusImages: Entry(hint: "Images", explanation: "Go to the image list")
        case .focusInputs: Entry(hint: "Inputs", explanation: "Go to the model's inputs")
        case .focusPredictions: Entry(hint: "Predictions", explanation: "Go to the predictions")
        case .focusDetail: Entry(hint: "Preview", explanation: "Go to preview, logs, inputs and JSON")
        case .zoom: Entry(hint: "Zoom", explanation: "Give the whole screen to this pane, or give it back")
        case .lightTable:
            Entry(hint: "Light table", explanation: "Everything that was made, as small pictures over the whole screen")
        case .compare:
            Entry(
                hint: "Compare",
                explanation: "Two to four marked results side by side; again: one in place of the other"
            )
        case .back: Entry(hint: "Back", explanation: "One level back; never quits")
        case .palette: Entry(hint: "Commands", explanation: "Find a command by typing")
        case .help: Entry(hint: "Help", explanation: "Everything that can be done here")
        case .setUp: Entry(hint: "Set up", explanation: "The guide of a first start: token, budgets, pictures")
        case .changeTheme: Entry(hint: "Theme", explanation: "Choose the colours; each is shown as it is looked at")
        case .redraw: Entry(hint: "Redraw", explanation: "Draw the whole screen anew")
        case .suspend: Entry(hint: "Suspend", explanation: "Back to the shell; fg returns here")
        case .pasteClipboard:
            Entry(hint: "Paste", explanation: "Paste the desktop's clipboard; a picture becomes an image of the list")
        case .interrupt:
            Entry(hint: "Quit", explanation: "Clear what is typed; with nothing typed, ask whether to quit")
        case .quit: Entry(hint: "Quit", explanation: "Leave; runs go on and are found again")
        case .changeModel: Entry(hint: "Change model", explanation: "Pick another model")
        case .promptHistory: Entry(hint: "Prompt history", explanation: "Take an earlier prompt")
        case .editExternally: Entry(hint: "Editor", explanation: "Edit the prompt, or an input, in $EDITOR")
        case .completeName: Entry(hint: "Put in", explanation: "Put in what the library has under the name behind @")
        case .openLibrary:
            Entry(hint: "Library", explanation: "Put in a prompt, or a list of alternatives, by its name")
        case .savePrompt:
            Entry(hint: "Keep prompt", explanation: "Keep the prompt, or what is selected of it, by a name")
        case .editLibrary: Entry(hint: "Edit library", explanation: "Edit the prompt library in $EDITOR")
        case .saveDraft: Entry(hint: "Keep draft", explanation: "Keep all that is composed as a draft with a name")
        case .openDrafts: Entry(hint: "Drafts", explanation: "Go on with a draft that was kept")
        case .up: Entry(hint: "Up", explanation: "Move up")
        case .down: Entry(hint: "Down", explanation: "Move down")
        case .pageUp: Entry(hint: "Page up", explanation: "Move a page up")
        case .pageDown: Entry(hint: "Page down", explanation: "Move a page down")
        case .first: Entry(hint: "First", explanation: "Go to the first row")
        case .last: Entry(hint: "Last", explanation: "Go to the last row")
        case .open: Entry(hint: "Show", explanation: "Show what the prediction made")
        case .enlarge: Entry(hint: "Large", explanation: "Show what was made over the whole screen")
        case .addImage: Entry(hint: "Add", explanation: "Add image addresses, one a line")
        case .editImage: Entry(hint: "Edit", explanation: "Edit the image's address")
        case .toggleImage: Entry(hint: "On/off", explanation: "Keep the image in the list but do not send it")
        case .removeImage: Entry(hint: "Remove", explanation: "Take the image out of the list")
        case .moveImageUp: Entry(hint: "Earlier", explanation: "Move the image up the list")
        case .moveImageDown: Entry(hint: "Later", explanation: "Move the image down the list")
        case .browseFiles: Entry(hint: "Files", explanation: "Look for pictures on this computer")
        case .completePath: Entry(hint: "Complete", explanation: "Go on with the path that is typed, as a shell does")
        case .undoImages: Entry(hint: "Undo", explanation: "Undo the last change of the list")
        case .redoImages: Entry(hint: "Redo", explanation: "Redo the change of the list")
        case .editInput: Entry(hint: "Edit", explanation: "Type a value")
        case .decreaseInput: Entry(hint: "Less", explanation: "The value before, or less")
        case .increaseInput: Entry(hint: "More", explanation: "The next value, or more")
        case .resetInput: Entry(hint: "Reset", explanation: "Back to the model's default")
        case .changedInputs: Entry(hint: "Changed", explanation: "Show only inputs that were changed")
        case .cancelRun: Entry(hint: "Cancel", explanation: "Cancel the prediction; asks first")
        case .useAsImage:
            Entry(hint: "Use as image", explanation: "Put the output into the image list; of marked rows every output")
        case .openOutput: Entry(hint: "Open", explanation: "Open the saved files with the desktop's program")
        case .copyURL:
            Entry(hint: "Copy", explanation: "Copy the output's file path, or its address while it is not saved")
        case .reuse:
            Entry(
                hint: "Reuse",
                explanation:
                    "Compose again with model, prompt and inputs of what was run; marked prompts become alternatives"
            )
        case .newSeed: Entry(hint: "New seed", explanation: "Compose again with everything but the seed")
        case .runAgain:
            Entry(hint: "Run again", explanation: "Run the same again with a new seed; the form stays as it is")
        case .sendAgain: Entry(hint: "Send again", explanation: "Send a run that the server does not know; asks first")
        case .whichOne:
            Entry(hint: "Which one?", explanation: "Tell which of the server's predictions a lost run is")
        case .deleteRecord:
            Entry(hint: "Delete", explanation: "Delete the record, and its files into the trash; asks first")
        case .undoDelete: Entry(hint: "Undelete", explanation: "Bring back what was deleted last, with its files")
        case .markRun: Entry(hint: "Mark", explanation: "Mark the row for an action on several")
        case .filterRuns:
            Entry(
                hint: "Filter",
                explanation: "Show only rows with these words"
            )
        case .nextOrder:
            Entry(hint: "Sort", explanation: "Sort by cost, duration, model, status, prompt, and by time again")
        case .reverseOrder: Entry(hint: "Reverse", explanation: "Turn the order of the rows round")
        case .sortByTime: Entry(hint: "By time", explanation: "Sort by time, newest first; again: oldest first")
        case .sortByCost: Entry(hint: "By cost", explanation: "Sort by cost, dearest first; again: cheapest first")
        case .sortByDuration:
            Entry(hint: "By duration", explanation: "Sort by how long it took, longest first; again: shortest first")
        case .sortByModel: Entry(hint: "By model", explanation: "Sort by model, from A to Z; again: from Z to A")
        case .sortByStatus:
            Entry(
                hint: "By status",
                explanation: "Sort by status: under way, gone wrong, done; again: the other way round"
            )
        case .sortByPrompt: Entry(hint: "By prompt", explanation: "Sort by prompt, from A to Z; again: from Z to A")
        case .favourite: Entry(hint: "Favourite", explanation: "Make it a favourite, or take that back")
        case .moreStars: Entry(hint: "Rate higher", explanation: "Give it a star more, up to five")
        case .fewerStars: Entry(hint: "Rate lower", explanation: "Take a star away; below one it has no rating")
        case .editTags: Entry(hint: "Tags", explanation: "Give it tags, by which a filter finds it")
        case .editNote: Entry(hint: "Note", explanation: "Write a note about it, whose words a filter finds")
        case .nextTab: Entry(hint: "Next tab", explanation: "Preview, logs, inputs, JSON")
        case .previousTab: Entry(hint: "Previous tab", explanation: "JSON, inputs, logs, preview")
        case .nextOutput: Entry(hint: "Next output", explanation: "Show the next output of the prediction")
        case .previousOutput: Entry(hint: "Previous output", explanation: "Show the output before")
        case .followLogs: Entry(hint: "Follow", explanation: "Keep the end of the log in sight")
        case .zoomIn: Entry(hint: "Zoom in", explanation: "Show the picture larger, at 100 % pixel by pixel")
        case .zoomOut: Entry(hint: "Zoom out", explanation: "Show the picture smaller, down to all of it")
        case .realPixels: Entry(hint: "Full size", explanation: "Show the picture pixel by pixel")
        case .fitPicture: Entry(hint: "Fit", explanation: "Show all of the picture")
        case .panLeft: Entry(hint: "Left", explanation: "Move the view left; where all is seen, the output before")
        case .panRight: Entry(hint: "Right", explanation: "Move the view right; where all is seen, the next output")
        case .panUp: Entry(hint: "Up", explanation: "Move the view up")
        case .panDown: Entry(hint: "Down", explanation: "Move the view down")
        case .playFilm: Entry(hint: "Play or pause", explanation: "Play the film that is shown, or have it stand still")
        case .nextFrame: Entry(hint: "Next frame", explanation: "Have the film stand still, a frame later")
        case .previousFrame: Entry(hint: "Previous frame", explanation: "Have the film stand still, a frame earlier")
        case .normalMode: Entry(hint: "Normal mode", explanation: "To vim's normal mode")
        case .undo: Entry(hint: "Undo", explanation: "Undo typing")
        case .redo: Entry(hint: "Redo", explanation: "Redo what was undone")
        case .newline: Entry(hint: "New line", explanation: "Begin a new line")
        case .deleteBackward: Entry(hint: "Delete", explanation: "Delete the character before")
        case .deleteForward: Entry(hint: "Delete", explanation: "Delete the character after")
        case .deleteWordBackward: Entry(hint: "Delete word", explanation: "Delete the word before")
        case .deleteWordForward: Entry(hint: "Delete word", explanation: "Delete the word after")
        case .killToLineEnd: Entry(hint: "Cut to end", explanation: "Cut to the end of the line")
        case .killToLineStart: Entry(hint: "Cut to start", explanation: "Cut to the start of the line")
        case .yank: Entry(hint: "Put back", explanation: "Put back what was cut")
        case .left: Entry(hint: "Left", explanation: "Move left")
        case .right: Entry(hint: "Right", explanation: "Move right")
        case .wordLeft: Entry(hint: "Word left", explanation: "Move a word left")
        case .wordRight: Entry(hint: "Word right", explanation: "Move a word right")
        case .lineStart: Entry(hint: "Line start", explanation: "Go to the start of the line")
        case .lineEnd: Entry(hint: "Line end", explanation: "Go to the end of the line")
        case .documentStart: Entry(hint: "Start", explanation: "Go to the start of the text")
        case .documentEnd: Entry(hint: "End", explanation: "Go to the end of the text")
        case .selectLeft: Entry(hint: "Select left", explanation: "Select the character before")
        case .selectRight: Entry(hint: "Select right", explanation: "Select the character after")
        case .selectUp: Entry(hint: "Select up", explanation: "Select to the row above")
        case .selectDown: Entry(hint: "Select down", explanation: "Select to the row below")
        case .selectWordLeft: Entry(hint: "Select word", explanation: "Select the word before")
        case .selectWordRight: Entry(hint: "Select word", explanation: "Select the word after")
        case .selectLineStart: Entry(hint: "Select line", explanation: "Select to the start of the line")
        case .selectLineEnd: Entry(hint: "Select line", explanation: "Select to the end of the line")
        case .selectDocumentStart: Entry(hint: "Select start", explanation: "Select to the start of the text")
        case .selectDocumentEnd: Entry(hint: "Select end", explanation: "Select to the end of the text")
        case .selectAll: Entry(hint: "Select all", explanation: "Select the whole text")
        case .copyText: Entry(hint: "Copy text", explanation: "Copy what is selected, to the clipboard too")
        case .cutText: Entry(hint: "Cut text", explanation: "Cut what is selected, to the clipboard too")
        case .moveLineUp: Entry(hint: "Line up", explanation: "Move the line up")
        case .moveLineDown: Entry(hint: "Line down", explanation: "Move the line down")
        case .acceptField: Entry(hint: "Accept", explanation: "Take what was typed")
        case .choose: Entry(hint: "Choose", explanation: "Take the selected row")
        case .confirm: Entry(hint: "Press", explanation: "Press the button with the focus")
        case .switchButton: Entry(hint: "Other button", explanation: "Go to the other button")
        }
    }
}
