/// One row of the binding table: in this context, these keys do this.
package struct Binding: Hashable, Sendable {
    /// Where the keys have this meaning.
    package let context: Context
    /// What the keys do there.
    package let command: Command
    /// Key notation such as `alt+enter`, `ctrl+x ctrl+e`, `f5`, `?`; the first is the one that is shown.
    package let keys: [String]
    /// Place in the footer, low first; nil: only in help and palette.
    package let footer: Int?
    /// Stays in the footer where others find no room, and also while it cannot be done.
    package let isPinned: Bool

    init(_ context: Context, _ command: Command, _ keys: String..., footer: Int? = nil, isPinned: Bool = false) {
        self.init(context: context, command: command, keys: keys, footer: footer, isPinned: isPinned)
    }

    private init(context: Context, command: Command, keys: [String], footer: Int?, isPinned: Bool) {
        self.context = context
        self.command = command
        self.keys = keys
        self.footer = footer
        self.isPinned = isPinned
    }

    func with(keys: [String]) -> Binding {
        Binding(context: context, command: command, keys: keys, footer: footer, isPinned: isPinned)
    }

    /// Every key of the program, before anybody's settings.
    ///
    /// Run has no single unmodified letter, on purpose. `ctrl+j` and `ctrl+b` collide with multiplexers;
    /// `ctrl+enter` is only visible with the kitty protocol; `alt+enter` is ESC CR everywhere.
    package static let all: [Binding] = everywhere + lists + panes + pictures + text + modal + dialogs + spend

    private static let everywhere: [Binding] = [
        Binding(.everywhere, .run, "alt+enter", "f5", "ctrl+enter", footer: 0, isPinned: true),
        Binding(.everywhere, .nextPane, "tab", footer: 50, isPinned: true),
        Binding(.everywhere, .previousPane, "shift+tab"),
        Binding(.everywhere, .palette, "ctrl+p", "f2", footer: 70),
        Binding(.everywhere, .help, "f1", footer: 90, isPinned: true),
        Binding(.everywhere, .moreRuns, "alt+=", "alt++"),
        Binding(.everywhere, .fewerRuns, "alt+-"),
        Binding(.everywhere, .promptHistory, "ctrl+r", footer: 75),
        Binding(.everywhere, .openLibrary, "alt+l"),
        Binding(.everywhere, .saveDraft, "ctrl+s"),
        Binding(.everywhere, .openDrafts, "alt+o"),
        Binding(.everywhere, .showSpend, "alt+s", "f6", footer: 85),
        Binding(.everywhere, .nameHardware, "alt+h"),
        Binding(.everywhere, .focusModel, "alt+1"),
        Binding(.everywhere, .focusPrompt, "alt+2"),
        Binding(.everywhere, .focusImages, "alt+3"),
        Binding(.everywhere, .focusInputs, "alt+4"),
        Binding(.everywhere, .focusPredictions, "alt+5"),
        Binding(.everywhere, .focusDetail, "alt+6"),
        Binding(.everywhere, .changeModel, "alt+m", "f3"),
        Binding(.everywhere, .zoom, "alt+z", footer: 80),
        Binding(.everywhere, .changeTheme, "alt+c"),
        Binding(.everywhere, .setUp, "alt+g"),
        Binding(.everywhere, .redraw, "ctrl+l"),
        Binding(.everywhere, .suspend, "ctrl+z"),
        Binding(.everywhere, .pasteClipboard, "ctrl+v", "shift+insert"),
        Binding(.everywhere, .interrupt, "ctrl+c"),
        Binding(.everywhere, .quit, "ctrl+q"),
        Binding(.everywhere, .back, "escape"),
    ]

    private static let lists: [Binding] = [
        Binding(.list, .up, "up", "k"),
        Binding(.list, .down, "down", "j"),
        Binding(.list, .pageUp, "pageup", "ctrl+u"),
        Binding(.list, .pageDown, "pagedown", "ctrl+d"),
        Binding(.list, .first, "home"),
        Binding(.list, .last, "end", "G"),
        Binding(.list, .lightTable, "g", footer: 60),
        Binding(.list, .help, "?", footer: 90, isPinned: true),
        Binding(.list, .quit, "q"),
        Binding(.list, .showSpend, "$"),
        Binding(.list, .focusModel, "1"),
        Binding(.list, .focusPrompt, "2"),
        Binding(.list, .focusImages, "3"),
        Binding(.list, .focusInputs, "4"),
        Binding(.list, .focusPredictions, "5"),
        Binding(.list, .focusDetail, "6"),
    ]

    private static let panes: [Binding] = [
        Binding(.model, .changeModel, "enter", "m", footer: 10),
        Binding(.images, .addImage, "a", footer: 10),
        Binding(.images, .browseFiles, "f", footer: 11),
        Binding(.images, .toggleImage, "space", footer: 11),
        Binding(.images, .editImage, "enter", "e", footer: 12),
        Binding(.images, .removeImage, "d", "delete", "backspace", footer: 13),
        Binding(.images, .moveImageUp, "alt+up", "K", footer: 14),
        Binding(.images, .moveImageDown, "alt+down", "J"),
        Binding(.images, .undoImages, "u", "ctrl+_", footer: 15),
        Binding(.images, .redoImages, "U", "alt+_"),
        Binding(.inputs, .editInput, "enter", "e", footer: 10),
        Binding(.inputs, .decreaseInput, "left", "h"),
        Binding(.inputs, .increaseInput, "right", "l", "space", footer: 11),
        Binding(.inputs, .resetInput, "backspace", "delete", footer: 12),
        Binding(.inputs, .changedInputs, "!", footer: 13),
        Binding(.predictions, .open, "enter", footer: 10),
        Binding(.predictions, .useAsImage, "u", footer: 12),
        Binding(.predictions, .openOutput, "o", footer: 13),
        Binding(.predictions, .copyURL, "y", footer: 14),
        Binding(.predictions, .cancelRun, "c", footer: 11),
        Binding(.predictions, .reuse, "r", footer: 15),
        Binding(.predictions, .newSeed, "n", footer: 16),
        Binding(.predictions, .runAgain, "N"),
        Binding(.predictions, .whichOne, "w", footer: 10),
        Binding(.predictions, .sendAgain, "s", footer: 11),
        Binding(.predictions, .deleteRecord, "D"),
        Binding(.predictions, .undoDelete, "ctrl+_", "Z", footer: 9),
        Binding(.predictions, .markRun, "space", "v"),
        Binding(.predictions, .filterRuns, "/", footer: 17),
        Binding(.predictions, .compare, "=", footer: 18),
        Binding(.predictions, .favourite, "f", footer: 19),
        Binding(.predictions, .moreStars, ">"),
        Binding(.predictions, .fewerStars, "<"),
        Binding(.predictions, .editTags, "t"),
        Binding(.predictions, .editNote, "T"),
        Binding(.predictions, .nextTab, "]"),
        Binding(.predictions, .previousTab, "["),
        Binding(.predictions, .nextOutput, "right"),
        Binding(.predictions, .previousOutput, "left"),
        Binding(.detail, .enlarge, "enter", footer: 9),
        Binding(.detail, .nextTab, "]", footer: 10),
        Binding(.detail, .previousTab, "["),
        Binding(.detail, .nextOutput, "right", "l", footer: 12),
        Binding(.detail, .previousOutput, "left", "h"),
        Binding(.detail, .useAsImage, "u", footer: 13),
        Binding(.detail, .openOutput, "o", footer: 14),
        Binding(.detail, .copyURL, "y", footer: 15),
        Binding(.detail, .reuse, "r", footer: 16),
        Binding(.detail, .newSeed, "n"),
        Binding(.detail, .runAgain, "N"),
        Binding(.detail, .whichOne, "w", footer: 10),
        Binding(.detail, .sendAgain, "s", footer: 11),
        Binding(.detail, .cancelRun, "c", footer: 11),
        Binding(.detail, .followLogs, "F"),
        Binding(.detail, .undoDelete, "ctrl+_", "Z"),
        Binding(.detail, .favourite, "f"),
        Binding(.detail, .moreStars, ">"),
        Binding(.detail, .fewerStars, "<"),
        Binding(.detail, .compare, "=", footer: 17),
    ]

    /// The light table, and a picture over the whole screen.
    private static let pictures: [Binding] = [
        Binding(.lightTable, .nextOutput, "right", "l"),
        Binding(.lightTable, .previousOutput, "left", "h"),
        Binding(.lightTable, .up, "up", "k"),
        Binding(.lightTable, .down, "down", "j"),
        Binding(.lightTable, .pageUp, "pageup", "ctrl+u"),
        Binding(.lightTable, .pageDown, "pagedown", "ctrl+d"),
        Binding(.lightTable, .first, "home"),
        Binding(.lightTable, .last, "end", "G"),
        Binding(.lightTable, .enlarge, "enter", footer: 10),
        Binding(.lightTable, .markRun, "space", "v", footer: 11),
        Binding(.lightTable, .useAsImage, "u", footer: 13),
        Binding(.lightTable, .openOutput, "o", footer: 20),
        Binding(.lightTable, .copyURL, "y", footer: 21),
        Binding(.lightTable, .reuse, "r", footer: 15),
        Binding(.lightTable, .newSeed, "n", footer: 16),
        Binding(.lightTable, .runAgain, "N"),
        Binding(.lightTable, .deleteRecord, "D", footer: 18),
        Binding(.lightTable, .undoDelete, "ctrl+_", "Z", footer: 9),
        Binding(.lightTable, .cancelRun, "c"),
        Binding(.lightTable, .filterRuns, "/", footer: 19),
        Binding(.lightTable, .help, "?", footer: 90, isPinned: true),
        Binding(.lightTable, .back, "escape", "g", "q", footer: 80, isPinned: true),
        Binding(.lightTable, .compare, "=", footer: 12),
        Binding(.lightTable, .favourite, "f", footer: 17),
        Binding(.lightTable, .moreStars, ">"),
        Binding(.lightTable, .fewerStars, "<"),
        Binding(.lightTable, .editTags, "t"),
        Binding(.lightTable, .editNote, "T"),
        Binding(.comparison, .compare, "=", "space"),
        Binding(.comparison, .zoomIn, "+"),
        Binding(.comparison, .zoomOut, "-"),
        Binding(.comparison, .realPixels, "1"),
        Binding(.comparison, .fitPicture, "0"),
        Binding(.comparison, .panLeft, "left", "h"),
        Binding(.comparison, .panRight, "right", "l"),
        Binding(.comparison, .panUp, "up", "k"),
        Binding(.comparison, .panDown, "down", "j"),
        Binding(.comparison, .help, "?"),
        Binding(.comparison, .back, "escape", "q"),
        Binding(.film, .playFilm, "space", footer: 9),
        Binding(.film, .nextFrame, "right", "."),
        Binding(.film, .previousFrame, "left", ","),
        Binding(.filmPart, .playFilm, "space"),
        Binding(.filmPart, .nextFrame, "."),
        Binding(.filmPart, .previousFrame, ","),
        Binding(.large, .zoomIn, "+"),
        Binding(.large, .zoomOut, "-"),
        Binding(.large, .realPixels, "1"),
        Binding(.large, .fitPicture, "0"),
        Binding(.large, .panLeft, "left", "h"),
        Binding(.large, .panRight, "right", "l"),
        Binding(.large, .panUp, "up", "k"),
        Binding(.large, .panDown, "down", "j"),
        Binding(.large, .nextOutput, "space"),
        Binding(.large, .previousOutput, "backspace"),
        Binding(.large, .back, "escape", "q"),
    ]

    private static let text: [Binding] = [
        Binding(.prompt, .newline, "enter"),
        Binding(.prompt, .editExternally, "ctrl+x ctrl+e", "f4", footer: 72),
        Binding(.prompt, .savePrompt, "ctrl+x ctrl+s"),
        Binding(.prompt, .editLibrary, "ctrl+x ctrl+l"),
        Binding(.libraryName, .completeName, "tab", footer: 9),
        Binding(.prompt, .up, "up"),
        Binding(.prompt, .down, "down", "ctrl+n"),
        Binding(.prompt, .pageUp, "pageup"),
        Binding(.prompt, .pageDown, "pagedown"),
        Binding(.prompt, .selectUp, "shift+up"),
        Binding(.prompt, .selectDown, "shift+down"),
        Binding(.prompt, .moveLineUp, "alt+up"),
        Binding(.prompt, .moveLineDown, "alt+down"),
        Binding(.field, .acceptField, "enter", footer: 10),
        Binding(.field, .editExternally, "ctrl+x ctrl+e", "f4"),
        Binding(.inputs, .editExternally, "ctrl+x ctrl+e", "f4"),
        Binding(.address, .completePath, "tab", footer: 11),
        Binding(.text, .undo, "ctrl+_", footer: 73),
        Binding(.text, .redo, "alt+_"),
        Binding(.text, .deleteBackward, "backspace", "ctrl+h"),
        Binding(.text, .deleteForward, "delete", "ctrl+d"),
        Binding(.text, .deleteWordBackward, "ctrl+w", "alt+backspace"),
        Binding(.text, .deleteWordForward, "alt+d"),
        Binding(.text, .killToLineEnd, "ctrl+k"),
        Binding(.text, .killToLineStart, "ctrl+u"),
        Binding(.text, .yank, "ctrl+y"),
        Binding(.text, .left, "left", "ctrl+b"),
        Binding(.text, .right, "right", "ctrl+f"),
        Binding(.text, .wordLeft, "alt+b", "ctrl+left", "alt+left"),
        Binding(.text, .wordRight, "alt+f", "ctrl+right", "alt+right"),
        Binding(.text, .lineStart, "home", "ctrl+a"),
        Binding(.text, .lineEnd, "end", "ctrl+e"),
        Binding(.text, .documentStart, "ctrl+home", "alt+<"),
        Binding(.text, .documentEnd, "ctrl+end", "alt+>"),
        Binding(.text, .selectLeft, "shift+left"),
        Binding(.text, .selectRight, "shift+right"),
        Binding(.text, .selectWordLeft, "ctrl+shift+left", "alt+shift+left"),
        Binding(.text, .selectWordRight, "ctrl+shift+right", "alt+shift+right"),
        Binding(.text, .selectLineStart, "shift+home"),
        Binding(.text, .selectLineEnd, "shift+end"),
        Binding(.text, .selectDocumentStart, "ctrl+shift+home"),
        Binding(.text, .selectDocumentEnd, "ctrl+shift+end"),
        Binding(.text, .selectAll, "alt+a"),
        Binding(.text, .copyText, "alt+w", "ctrl+insert"),
        Binding(.text, .cutText, "alt+x", "shift+delete"),
    ]
}
