package import Foundation
package import Pixels
package import Pricing
import ReplicateAPI

/// Everything the screen shows and the reducer decides by. A value: the same state draws the same screen.
package struct StudioState: Hashable, Sendable {
    package var mode: StudioMode
    /// The person's home folder, for which `~` stands in paths; empty: not known.
    package var home = ""
    /// The `.env` file that the token is from; nil when it is from elsewhere.
    package var tokenFile: TokenFile?
    /// What Run would send.
    package var compose: ComposeState
    /// The table of predictions.
    package var runs = RunList()
    package var detail = DetailState()
    /// The picture of the selected output; nil: it has none, or the pane is not on the screen.
    package var preview: Preview?
    /// The film in the place of the preview; nil: it is a still picture, or none.
    package internal(set) var film: Film?
    /// Frames of the film; nil: none is shown, or there is no room for them.
    package internal(set) var filmStrip: FilmStrip?
    /// The pictures that ``preview`` and those before it show.
    package var pictures = PreviewCache()
    /// How pictures are drawn on this terminal.
    package var display = PictureDisplay()

    /// The keys of this sitting.
    package var keys: KeyTable
    /// Vim's way of editing the prompt; nil: emacs' keys, without modes.
    package internal(set) var vim: VimEditing?

    /// The pane that has the keys while no dialog is open.
    package var focus: Pane = .prompt
    /// The focused pane takes the whole body.
    package var isZoomed = false
    /// At most one of the two is open; the confirmation is on top.
    package var picker: Picker?
    /// The question that is open; it has all keys. nil: none is.
    package var confirmation: Confirmation?
    /// The guide of a first start, over everything else; nil: not open.
    package var guide: Guide?
    /// The guide as it begins; nil: there is nothing to set up here.
    package var guideOffer: Guide?
    /// What was spent, over the whole screen; nil: not open. Dialogs are above it.
    package internal(set) var ledger: Ledger?
    /// Small pictures over the whole screen, below a large one; nil: not open. Dialogs are above it.
    package internal(set) var lightTable: LightTable?
    /// Pictures side by side over the whole screen; nil: not open. Dialogs are above it.
    package internal(set) var comparison: Comparison?
    /// Small and compared pictures that were asked for last.
    var picturesAsked: [PreviewKey] = []
    /// What is known of the files that are compared, whatever part of them.
    var comparisonFacts: [LightTable.Tile: PictureFacts] = [:]
    /// What is known of the file that is shown, whatever part of it.
    var knownFacts: PictureFacts?
    /// Whose days a search counts.
    package let calendar: Calendar
    /// The filter while it is being typed.
    package var filterEntry: TextEditor?
    /// Prompts that are kept under names.
    package internal(set) var library = PromptLibrary()
    /// A name while it is being typed.
    package internal(set) var nameEntry: NameEntry?
    /// Tags or a note while they are being typed; the filter is not, then.
    package var annotationEntry: AnnotationEntry?

    package var connectivity: Connectivity = .unknown
    /// What was paid and what is in flight, of every origin.
    package var spend = Spend()
    package var budget: Budget
    /// The message above the footer; nil: none is shown.
    package var toast: Toast?
    /// What has ended since somebody looked at the results.
    package internal(set) var unseen = UnseenResults()
    /// Models to offer, best first.
    package var models: [ModelSummary] = []

    /// Sizes of the panes in the last layout.
    package var viewport = Viewport()
    /// Where borders were dragged to.
    package internal(set) var split = PaneSplit()
    /// What the images of the list are.
    package internal(set) var imageNames = ImageNames()
    /// False while another window has the keys: nothing animates then.
    package var isFocused = true
    /// The moment of the last action; views take ages from it.
    package var now: Date
    /// A person asked to leave.
    package var isQuitting = false
    /// What another sitting is to begin with when this one has ended; nil: nothing.
    package internal(set) var next: StudioMode?
    /// When a person last did anything.
    var lastTouch: Date
    /// When ^C cleared the prompt; nil again as soon as a person does anything else.
    package var interruptedAt: Date?
    /// Saved with the last draft effect, to send only changes.
    package internal(set) var savedDraft: Draft?
    package internal(set) var attended: Attention?
    /// The theme by its name, which the view knows.
    package var theme = ""
    /// What can be chosen from.
    package var themes: [Picker.Item] = []
    /// Who is told that runs have ended.
    package var endNotices = EndNotices()
    /// Runs that were started together and have not all ended.
    var groups = RunGroups()
    /// Deletions that can be undone.
    var undoableDeletions = 0
    /// What may move by itself.
    package var motion = Motion.full

    /// Where the guide keeps a token.
    package struct TokenFile: Hashable, Sendable {
        package var path: String
        /// The API that it names; nil: the usual one.
        package var host: String?

        package init(path: String, host: String?) {
            self.path = path
            self.host = host
        }
    }

    /// The runs that somebody looks at; they are asked for first.
    package struct Attention: Hashable, Sendable {
        package var visible: [RunItem.ID]
        package var focused: RunItem.ID?
    }

    /// The setting `motion`.
    package enum Motion: String, CaseIterable, Hashable, Sendable {
        case full
        /// Nothing turns or slides; times go on once a second.
        case reduced
    }

    /// The picture that should be on the screen.
    package struct Preview: Hashable, Sendable {
        package enum Progress: Hashable, Sendable {
            case loading
            case ready
            case failed(String)
            /// It is no picture.
            case card(FileCard)
        }
        package var key: PreviewKey
        package var progress: Progress
    }

    package struct Toast: Hashable, Sendable {
        package var notice: Notice
        package var until: Date
        /// What nobody asked for may come while nobody looks: it stays after ``until`` until a person does something.
        package var waitsForPerson = false
        /// The chosen model that it is about; it is no longer true of another one. nil: it is about something else.
        package var model: String?
    }

    package init(
        mode: StudioMode = .noToken,
        model: String = "",
        budget: Budget = Budget(),
        keys: KeyTable = .standard,
        editing: EditingKeys = .emacs,
        calendar: Calendar = .current,
        now: Date
    ) {
        self.mode = mode
        self.calendar = calendar
        self.keys = keys
        vim = editing == .vim ? VimEditing() : nil
        compose = ComposeState(model: ModelChoice(path: model))
        self.budget = budget
        self.now = now
        lastTouch = now
    }
}

extension StudioState {
    /// The run and output that detail shows.
    package var shownOutput: RunOutput? {
        guard let run = runs.selected, run.outputs.indices.contains(detail.output) else { return nil }
        return run.outputs[detail.output]
    }

    /// The picture of this computer that is looked at, in the list of files or in the image list; nil: none is, or it does
    /// not lie here.
    package var shownImage: String? {
        if let picker { return picker.kind == .files ? picker.selected.flatMap { Self.picture($0.value) } : nil }
        guard focus == .images, !isOnLightTable, comparison == nil, let item = compose.images.selected else {
            return nil
        }
        switch item.state {
        case .localFile(let path), .uploading(let path), .uploaded(let path, _), .failed(let path, _): return path
        case .unchecked, .checking, .ok, .unconfirmed, .bad: return runs.savedFile(of: item.text)
        case .invalid: return nil
        }
    }

    private static func picture(_ path: String) -> String? { path.hasSuffix("/") || path.hasSuffix("..") ? nil : path }

    /// What an action on outputs acts on: those that are marked, of a run that is marked every one; else the one that detail
    /// shows.
    package var shownOutputs: [RunOutput] {
        guard !runs.marks.runs.isEmpty else { return [shownOutput].compactMap { $0 } }
        return runs.targets.flatMap { run in
            run.outputs.indices.filter { runs.marks.contains(run.id, output: $0) || !runs.marks.runs.contains(run.id) }
                .map { run.outputs[$0] }
        }
    }

    /// The theme by its name: the one that is being looked at in the list of themes, else the chosen one.
    package var shownTheme: String {
        if let picker, picker.kind == .themes, let selected = picker.selected { return selected.value }
        return theme
    }

    /// The text that keys go to, or would go to.
    package var typed: TextEditor {
        picker?.query ?? nameEntry?.editor ?? annotationEntry?.editor ?? filterEntry ?? compose.imageEntry?.editor
            ?? compose.inputs.editing?
            .editor ?? compose.prompt
    }

    /// Chooses the rows of table and light table by what was typed.
    mutating func filter(by text: String) { runs.setFilter(text, now: now, calendar: calendar) }

    /// How many characters found no room in any text since this was asked last.
    mutating func takeOverflow() -> Int {
        compose.prompt.takeOverflow() + (compose.imageEntry?.editor.takeOverflow() ?? 0)
            + (filterEntry?.takeOverflow() ?? 0) + (nameEntry?.editor.takeOverflow() ?? 0)
            + (annotationEntry?.editor.takeOverflow() ?? 0)
            + (picker?.query.takeOverflow() ?? 0)
            + compose.inputs.takeOverflow()
    }

    /// What is typed next is an undo step of its own, wherever it is typed.
    mutating func endUndoSteps() {
        compose.prompt.endUndoStep()
        compose.imageEntry?.editor.endUndoStep()
        filterEntry?.endUndoStep()
        annotationEntry?.editor.endUndoStep()
        nameEntry?.editor.endUndoStep()
        picker?.query.endUndoStep()
        compose.inputs.endUndoStep()
    }

    /// The innermost context first: the order in which keys are looked up.
    package var contexts: [Context] {
        if guide != nil { return [.guide, .text] }
        if confirmation != nil { return [.confirmation] }
        if picker != nil { return [.picker, .text] }
        if ledger != nil { return [.spend] }
        if nameEntry != nil { return [.field, .text, .everywhere] }
        if annotationEntry != nil || filterEntry != nil || compose.imageEntry != nil || compose.inputs.editing != nil {
            let isAddress =
                annotationEntry == nil && filterEntry == nil && (compose.imageEntry != nil || compose.inputs.editsFile)
            return (isAddress ? [.address] : []) + [.field, .text, .everywhere]
        }
        if comparison != nil { return [.comparison, .everywhere] }
        if isOnLightTable { return [.lightTable, .everywhere] }
        switch focus {
        case .model: return [.model, .list, .everywhere]
        case .prompt:
            let name: [Context] = vim?.readsCommands != true && libraryToken != nil ? [.libraryName] : []
            switch vim?.readsCommands {
            case nil: return name + [.prompt, .text, .everywhere]
            case false: return name + [.insert, .prompt, .text, .everywhere]
            case true: return [.normal, .everywhere]
            }
        case .images: return [.images, .list, .everywhere]
        case .inputs:
            let isTyped = compose.inputs.selected.map { $0.kind != .boolean } ?? false
            return (isTyped ? [.inputs, .value] : [.inputs]) + [.list, .everywhere]
        case .predictions: return [.predictions, .list, .everywhere]
        case .detail:
            // In a part of a film the arrows go to another part.
            let film: [Context] = film == nil ? [] : detail.crop == nil ? [.film] : [.filmPart]
            return film + (isLarge ? [.large] : []) + [.detail, .list, .everywhere]
        }
    }

    /// Gives the focus to a pane; what is typed there next is an undo step of its own.
    mutating func focus(on pane: Pane) {
        focus = pane
        compose.prompt.endUndoStep()
    }

    /// Whether keys go to a text that is edited with modes.
    package var editsWithModes: Bool { contexts.contains { $0 == .insert || $0 == .normal } }

    /// Whether the screen has no room for results beside what is composed.
    var hidesResults: Bool { viewport.isTabbed && focus.isCompose && !isOnLightTable && comparison == nil }

    /// True while something on the screen moves by itself.
    package var isAnimating: Bool { isFocused && motion == .full && runs.activeCount > 0 }

    /// When the screen must change next without an event, apart from what moves; nil: never.
    package var nextChange: Date? {
        let end = toast.flatMap { $0.waitsForPerson ? nil : $0.until }
        guard isFocused, motion == .reduced, runs.activeCount > 0 else { return end }
        let second = now.addingTimeInterval(1)
        return end.map { min($0, second) } ?? second
    }

    mutating func say(_ kind: Notice.Kind, _ text: String) { say(Notice(kind, text), waitsForPerson: false) }

    /// What is said of the chosen model goes when another one is chosen.
    mutating func sayOfModel(_ kind: Notice.Kind, _ text: String) {
        say(kind, text)
        toast?.model = compose.model.path
    }

    mutating func say(_ notice: Notice, waitsForPerson: Bool) {
        let seconds: Double =
            switch notice.kind {
            case .success, .information: 3
            case .warning, .error: 6
            }
        toast = Toast(notice: notice, until: now.addingTimeInterval(seconds), waitsForPerson: waitsForPerson)
    }
}
