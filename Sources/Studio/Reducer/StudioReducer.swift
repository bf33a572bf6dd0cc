import Composing
import Foundation
package import Pricing

/// The studio as a pure function: an action changes the state and says what is to be done.
///
/// Nothing here waits, asks or draws. What follows from the state as a whole (the price, what must be loaded, who is
/// watched, the draft on disk) is worked out once, after the action, by ``settle(_:)``.
package struct StudioReducer: Sendable {
    let prices: PriceBook
    /// Columns of a character on this terminal.
    let measure: @Sendable (Character) -> Int

    package init(prices: PriceBook, measure: @escaping @Sendable (Character) -> Int) {
        self.prices = prices
        self.measure = measure
    }

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
        return isSettled ? effects : effects + settle(&state)
    }

    private func take(_ action: StudioAction, _ state: inout StudioState) -> [StudioEffect] {
        if action.isPersons { beginPersons(action, &state) }
        let effects: [StudioEffect]
        switch action {
        case .command(let command): effects = perform(command, &state)
        case .typed(let text): effects = type(text, &state)
        case .pasted(let text): effects = paste(text, &state)
        case .clicked(let pane, let row): effects = click(pane, row: row, isDouble: false, &state)
        case .doubleClicked(let pane, let row): effects = click(pane, row: row, isDouble: true, &state)
        case .scrolled(let pane, let rows): effects = scroll(pane, by: rows, &state)
        case .viewportChanged(let viewport):
            state.viewport = viewport
            effects = []
        case .focusChanged(let isFocused):
            state.isFocused = isFocused
            effects = []
        case .ticked(let now):
            // Time alone changes no price and orders nothing: it comes with every key press.
            state.now = now
            if let toast = state.toast, toast.until <= now, !toast.waitsForPerson { state.toast = nil }
            return []
        case .started, .runsLoaded, .runsFailed, .runChanged, .runDeleted, .candidatesLoaded, .inputsRefused,
            .connectivityChanged,
            .spendChanged,
            .spendLoaded,
            .spendFailed, .historyLoaded, .noticed,
            .modelLoaded, .modelMissing, .modelUnavailable, .modelsFound, .imageChecked, .imageUploaded,
            .imageUploadFailed, .promptsLoaded, .openFailed, .editorReturned, .submitted, .submissionFailed,
            .previewLoaded,
            .previewFailed:
            effects = receive(action, &state)
        }
        return effects
    }

    /// Seconds without a key after which what is typed is an undo step of its own.
    private static let undoPause = 1.0

    private func beginPersons(_ action: StudioAction, _ state: inout StudioState) {
        state.compose.awaitsAnswer = false
        state.runs.pages.hasFailed = false
        state.runs.pages.seeksEnd = false
        if action != .command(.interrupt) { state.interruptedAt = nil }
        if let toast = state.toast, toast.until <= state.now { state.toast = nil }
        if state.now.timeIntervalSince(state.lastTouch) > Self.undoPause { state.endUndoSteps() }
        state.lastTouch = state.now
    }

    /// Brings what is derived up to date, and orders what is missing for it.
    private func settle(_ state: inout StudioState) -> [StudioEffect] {
        var effects: [StudioEffect] = []
        let overflow = state.takeOverflow()
        if overflow > 0 {
            state.say(
                Notice(
                    .warning,
                    "No room for the last \(overflow) characters: a text holds \(TextEditor.defaultLimit)"
                ),
                waitsForPerson: true
            )
        }
        let draft = state.compose.draft
        if draft != state.savedDraft, state.savedDraft != nil {
            state.savedDraft = draft
            effects.append(.world(.saveDraft(draft)))
        }
        requote(&state)
        state.compose.promptLayout = SoftWrap.layout(
            state.compose.prompt.lines,
            columns: state.viewport.promptColumns,
            reusing: state.compose.promptLayout,
            measure: measure
        )
        state.detail.text.show(
            DetailText.source(of: state.runs.selected, in: state.detail.tab),
            columns: state.viewport.detailColumns,
            measure: measure
        )
        effects += lookAtImages(&state)
        state.runs.reveal(height: state.viewport.runRows) { RunRow.lines(of: $0) }
        state.picker?.reveal(height: Picker.visibleRows)
        effects += watch(&state)
        effects += wantRuns(&state)
        effects += wantPreview(&state)
        return effects
    }

    func requote(_ state: inout StudioState) {
        state.compose.requote(
            RunComposer(prices: prices),
            budget: state.budget,
            spend: state.spend,
            mode: state.mode,
            now: state.now
        )
    }

    /// Has new addresses checked and local files uploaded.
    private func lookAtImages(_ state: inout StudioState) -> [StudioEffect] {
        var effects: [StudioEffect] = []
        for item in state.compose.images.items where item.isOn {
            switch item.state {
            case .unchecked:
                state.compose.images.beginCheck(item.id)
                effects.append(.world(.checkImage(item.id, url: item.text)))
            case .localFile(let path) where state.mode != .noToken:
                state.compose.images.beginUpload(item.id)
                effects.append(.world(.uploadImage(item.id, path: path)))
            default: break
            }
        }
        return effects
    }

    /// Tells the poller who is looked at, when that changed.
    private func watch(_ state: inout StudioState) -> [StudioEffect] {
        let rows = state.runs.shown
        let visible = rows.dropFirst(state.runs.top).prefix(max(state.viewport.runRows, 1)).filter(\.isActive)
        let attention = StudioState.Attention(visible: visible.map(\.id), focused: state.runs.selection)
        guard attention != state.attended else { return [] }
        state.attended = attention
        return [.world(.attend(visible: attention.visible, focused: attention.focused))]
    }

    /// Asks for more of the history before the end of what is read comes into sight. With a filter that is as often as it
    /// takes to fill the table.
    private func wantRuns(_ state: inout StudioState) -> [StudioEffect] {
        let pages = state.runs.pages
        guard let next = pages.next, !pages.isLoading, !pages.hasFailed else { return [] }
        let below = state.runs.shown.count - max(state.runs.selectedIndex ?? 0, state.runs.top)
        guard pages.seeksEnd || below < 4 * max(state.viewport.runRows, 1) else { return [] }
        state.runs.pages.isLoading = true
        return [.world(.loadRuns(after: next))]
    }

    /// Asks for the picture that the detail pane has room for.
    private func wantPreview(_ state: inout StudioState) -> [StudioEffect] {
        if let run = state.runs.selected {
            state.detail.output = min(state.detail.output, max(run.outputs.count - 1, 0))
        }
        guard state.detail.tab == .preview, let path = state.shownOutput?.path, state.viewport.pictureColumns > 0,
            state.viewport.pictureRows > 0
        else {
            state.preview = nil
            return []
        }
        let key = PreviewKey(
            path: path,
            columns: state.viewport.pictureColumns,
            rows: state.viewport.pictureRows
        )
        guard key != state.preview?.key else { return [] }
        state.preview = StudioState.Preview(key: key, progress: .loading)
        return [.world(.loadPreview(key))]
    }
}
