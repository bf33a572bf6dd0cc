import Composing
import Pricing

/// What follows from the state as a whole: the price, the rows of texts, what must be loaded, who is watched, the draft on
/// disk. Worked out once, after the actions that changed the state.
struct DerivedState: Sendable {
    let prices: PriceBook
    /// Columns of a character on this terminal.
    let measure: @Sendable (Character) -> Int

    /// Brings what is derived up to date, and orders what is missing for it.
    func settle(_ state: inout StudioState) -> [StudioEffect] {
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
        QuoteReducer.requote(
            &state.compose,
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
            case .localFile(let path):
                guard state.mode != .noToken else { break }
                state.compose.images.beginUpload(item.id)
                effects.append(.world(.uploadImage(item.id, path: path)))
            case .invalid, .checking, .ok, .unconfirmed, .bad, .uploading, .uploaded, .failed: break
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
