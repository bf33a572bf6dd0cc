import Composing
import Foundation
import Pixels
package import Pricing

/// The studio as a pure function: an action changes the state and says what is to be done.
///
/// Nothing here waits, asks or draws. This type hands each action to the reducer of its feature, and what was chosen or
/// agreed to in a dialog to the feature that it concerns; what follows from the state as a whole is worked out once, after
/// the action, by ``DerivedState``.
package struct StudioReducer: Sendable {
    let derived: DerivedState
    let pickers: PickerReducer
    let hardware: HardwareReducer
    let submission: SubmissionReducer
    let runs: RunsReducer
    let typing: TypingReducer

    /// - Parameter measure: columns of a character on this terminal.
    package init(prices: PriceBook, measure: @escaping @Sendable (Character) -> Int) {
        derived = DerivedState(prices: prices, measure: measure)
        pickers = PickerReducer(items: PickerItems(prices: prices))
        hardware = HardwareReducer(prices: prices)
        submission = SubmissionReducer(
            composer: RunComposer(prices: prices),
            hardware: hardware,
            pickers: pickers
        )
        runs = RunsReducer(pickers: pickers)
        typing = TypingReducer(pickers: pickers)
    }

    /// The models to offer, best first, as the list of models shows them.
    package func offeredModels(_ state: StudioState) -> [Picker.Item] { state.models.map(pickers.items.model) }

    /// Takes in one action. Pure: the same state and action give the same state and effects. To be called on one
    /// thread at a time; the effects are done after the frame is drawn.
    package func reduce(_ state: inout StudioState, _ action: StudioAction) -> [StudioEffect] {
        reduce(&state, all: CollectionOfOne(action))
    }

    /// Several actions, after which what follows from the state is worked out once.
    ///
    /// For what the world answers only: what a person does next goes by what followed from what was done before.
    package func reduce(_ state: inout StudioState, all actions: some Collection<StudioAction>) -> [StudioEffect] {
        var effects: [StudioEffect] = []
        var isSettled = true
        for action in actions {
            effects += take(action, &state)
            if case .ticked = action { continue }
            isSettled = false
        }
        return isSettled ? effects : effects + derived.settle(&state)
    }

    private func take(_ action: StudioAction, _ state: inout StudioState) -> [StudioEffect] {
        if action.isPersons { beginPersons(action, &state) }
        switch action {
        case .command(let command): return perform(command, &state)
        case .typed(let text): return type(text, &state)
        case .pasted(let text): return paste(text, &state)
        case .clicked(let click): return MouseReducer.click(click, &state).map { perform($0, &state) } ?? []
        case .dragged(let drag): MouseReducer.drag(drag, &state)
        case .dragEnded(let target): return MouseReducer.endDrag(target, state)
        case .scrolled(let pane, let rows): MouseReducer.scroll(pane, by: rows, &state)
        case .modelNamed(let path): return ModelReducer.change(to: path, &state.compose)
        case .imageNamed(let address):
            if let said = ImagesReducer.add(address, &state.compose.images) { state.say(.information, said) }
        case .imagesCleared: state.compose.images.removeAll()
        case .inputTyped(let name, let text):
            if let refusal = state.compose.inputs.type(text, into: name) { state.say(.error, refusal) }
        case .countNamed(let count): state.compose.count = min(max(count, 1), ComposeState.mostRuns)
        case .cancelNamed(let id):
            state.confirmation = .canceling([state.runs[id]].compactMap { $0 }.filter(\.isActive))
        case .viewportChanged(let viewport): state.viewport = viewport
        case .displayChanged(let display): state.display = display
        case .focusChanged(let isFocused): state.isFocused = isFocused
        // Time alone changes no price and orders nothing: it comes with every key press.
        case .ticked(let now): tick(now, &state)
        case .started(let startup): return start(startup, &state)
        case .openingFailed: return [.terminal(.quit)]
        case .runsLoaded(let page):
            let before = state.runs.selection
            state.runs.take(page)
            if state.runs.selection != before { state.detail.showAnother() }
        case .runsCounted(let counts): state.runs.take(counts)
        case .runsFailed(let reason):
            state.runs.pages.asked = nil
            state.runs.pages.counting = nil
            state.runs.pages.hasFailed = true
            state.say(.error, reason)
        case .runChanged(let run): return RunsReducer.change(run, &state)
        case .runsChangedElsewhere(let runs): for run in runs { state.runs.upsert(run) }
        case .runDeleted(let id): state.runs.remove(id)
        case .deleted(let runs, let files, let undoable):
            state.undoableDeletions = undoable
            RunsReducer.tellDeletion(runs: runs, files: files, &state)
        case .undeleted(let runs, let lostFiles, let undoable):
            state.undoableDeletions = undoable
            RunsReducer.tellReturn(runs: runs, lostFiles: lostFiles, &state)
        case .recalled(let orders): return submission.run(orders, &state)
        case .recallFailed(let reason): state.say(.error, reason)
        case .runsAnnotated(let annotations): AnnotationReducer.take(annotations, &state)
        case .candidatesLoaded(let id, let candidates): pickers.showCandidates(id, candidates, &state)
        case .inputsRefused(let id, let fields): RunsReducer.refuse(id, fields, &state)
        case .connectivityChanged(let connectivity): return ModelReducer.connect(connectivity, &state)
        case .spendChanged(let spend):
            state.spend = spend
            // What is on the screen is true now.
            return state.ledger.map { [.world(.loadSpend($0.period))] } ?? []
        case .spendLoaded(let period, let report): LedgerReducer.receive(report, of: period, &state.ledger)
        case .spendFailed(let reason): state.ledger?.failure = reason
        case .historyLoaded(let path, let history, let wasAsked):
            HardwareReducer.receive(history, of: path, wasAsked: wasAsked, &state.compose)
        case .noticed(let notice): state.say(notice, waitsForPerson: true)
        case .modelLoaded(let details, let asked): ModelReducer.load(details, askedAs: asked, &state)
        case .modelMissing(let path, let reason): return ModelReducer.miss(path, reason: reason, &state)
        case .modelUnavailable(let path, let reason): return ModelReducer.fail(path, reason: reason, &state)
        case .modelKnown(let model): ModelReducer.remember(model, &state.models)
        case .readmeLoaded(let path, let readme):
            if state.picker?.kind == .models { state.picker?.readmes[path] = readme }
        case .modelsFound(let query, let found): pickers.showModels(found, for: query, &state)
        case .imageChecked(let id, let url, let result):
            let runs = state.runs
            ImagesReducer.finishCheck(id, url: url, result, &state.compose.images, savedFile: runs.savedFile(of:))
        case .imageUploaded(let id, let path, let url): state.compose.images.finishUpload(id, path: path, url: url)
        case .imageUploadFailed(let id, let path, let reason):
            state.compose.images.failUpload(id, path: path, reason: reason)
        case .inputUploaded(let name, let path, let result):
            state.compose.inputs.finishUpload(of: name, path: path, result)
        case .folderListed(let listing, let purpose): FilesReducer.receive(listing, purpose, &state)
        case .folderFailed(let reason):
            if state.picker?.kind == .files { state.picker?.isLoading = false }
            state.say(.warning, reason)
        case .pictureExamined(let picture): DroppedPictureReducer.receive(picture, &state)
        case .promptsLoaded(let prompts): pickers.showPrompts(prompts, &state.picker)
        case .promptsFound(let text, let prompts): pickers.showPrompts(prompts, for: text, &state.picker)
        case .clipboardRead(let content): return take(content, &state)
        case .openFailed(let path):
            state.say(.warning, "No desktop opener here: the file's path is copied")
            return [.terminal(.copy(path))]
        case .editorReturned(.prompt, let text): state.compose.prompt.replaceAll(text)
        case .editorReturned(.input(let name), let text): state.compose.inputs.takeEdited(text, for: name)
        case .editorReturned(.library, let text): return [.world(.writeLibrary(text))]
        case .libraryLoaded(let library): state.library = library
        case .libraryOpened(let text): return [.terminal(.editExternally(.library, text))]
        case .draftsListed(let drafts): LibraryReducer.show(drafts, &state)
        case .submitted(let runs): SubmissionReducer.finish(runs, &state)
        case .submissionFailed(let reason):
            state.compose.isSubmitting = false
            state.say(.error, reason)
        case .previewLoaded(let key, let picture):
            ComparisonReducer.note(picture.facts, of: key, &state)
            state.pictures.insert(picture, for: key)
            if state.preview?.key == key {
                state.preview?.progress = .ready
                state.knownFacts = picture.facts
            }
        case .previewFailed(let key, let reason):
            state.pictures.note(failure: reason, of: key)
            if state.preview?.key == key { state.preview?.progress = .failed(reason) }
        case .cardRead(let key, let card):
            if state.preview?.key.path == key.path {
                state.preview?.progress = .card(card)
            } else {
                state.pictures.note(failure: "\(card.format) \(card.kind.word), nothing to compare by eye", of: key)
            }
        case .filmShown(let key, let frame): FilmReducer.receive(frame, of: key, &state)
        case .filmFailed(let key, let reason): FilmReducer.fail(key, reason: reason, &state)
        case .filmStripFrame(let key, let place, let frame): FilmStripReducer.receive(frame, at: place, of: key, &state)
        case .tokenKept(let token): GuideReducer.keep(token, &state)
        case .budgetKept: GuideReducer.keptBudget(&state)
        case .setUpFailed(let reason): GuideReducer.fail(reason, &state)
        }
        return []
    }

    /// Seconds without a key after which what is typed is an undo step of its own.
    private static let undoPause = 1.0

    private func beginPersons(_ action: StudioAction, _ state: inout StudioState) {
        state.compose.awaitsAnswer = false
        state.runs.pages.hasFailed = false
        state.runs.pages.seeks = nil
        if action != .command(.interrupt) { state.interruptedAt = nil }
        if let toast = state.toast, toast.until <= state.now { state.toast = nil }
        if state.now.timeIntervalSince(state.lastTouch) > Self.undoPause { state.endUndoSteps() }
        state.lastTouch = state.now
    }

    private func paste(_ text: String, _ state: inout StudioState) -> [StudioEffect] {
        if state.guide != nil {
            GuideReducer.type(text, &state.guide)
            return []
        }
        return state.confirmation == nil ? typing.paste(text, &state) : []
    }

    private func type(_ text: String, _ state: inout StudioState) -> [StudioEffect] {
        if state.guide != nil {
            GuideReducer.type(text, &state.guide)
            return []
        }
        // A blank ticks, as it does in lists.
        if text == " ", case .ticks = state.picker?.kind, state.confirmation == nil { return perform(.choose, &state) }
        guard let question = state.confirmation else { return typing.type(text, &state) }
        // y stands on the button only after the focus was moved there on purpose.
        return text == "y" && question.isConfirmFocused ? perform(.confirm, &state) : []
    }

    private func take(_ content: ClipboardContent, _ state: inout StudioState) -> [StudioEffect] {
        switch content {
        case .text(let text):
            guard state.confirmation == nil else { return [] }
            if state.contexts.contains(.normal), state.vim?.receive(clipboard: text, &state.compose.prompt) == true {
                return []
            }
            return typing.paste(text, &state)
        case .picture(let path):
            if let said = ImagesReducer.add(FilesReducer.quoted(path), &state.compose.images) {
                state.say(.information, "\(said) from the clipboard")
            }
        case .nothing(let reason): state.say(.warning, reason)
        }
        return []
    }

    private func tick(_ now: Date, _ state: inout StudioState) {
        state.now = now
        if let toast = state.toast, toast.until <= now, !toast.waitsForPerson { state.toast = nil }
    }

    private func start(_ startup: Startup, _ state: inout StudioState) -> [StudioEffect] {
        state.mode = startup.mode
        state.budget = startup.budget
        state.spend = startup.spend
        state.models = startup.models
        state.runs.take(startup.runs)
        let path = startup.draft.model.isEmpty ? startup.defaultModel : startup.draft.model
        // The history may take its time, and somebody has typed on.
        let typed = state.compose.prompt.text
        state.compose.begin(startup.draft, model: path)
        if let model = startup.model, model.path == path { ModelReducer.adopt(model, &state) }
        state.savedDraft = state.compose.draft
        state.compose.prompt.insert(typed)
        return [.world(.loadModel(path)), .world(.loadLibrary)]
    }
}
