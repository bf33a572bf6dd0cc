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
        if let model = state.toast?.model, model != state.compose.model.path { state.toast = nil }
        if !state.hidesResults { state.unseen = UnseenResults() }
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
        effects += lookAtImages(&state)
        if state.mode != .noToken {
            effects += state.compose.inputs.beginUploads().map { .world(.uploadInput($0.name, path: $0.path)) }
        }
        state.imageNames.follow(state.compose.images.items, state.runs)
        state.runs.reveal(height: state.viewport.runRows) { RunRow.lines(of: $0) }
        state.picker?.reveal(height: state.viewport.pickerRows)
        effects += wantReadme(&state)
        effects += watch(&state)
        effects += wantRuns(&state)
        effects += wantPreview(&state)
        state.detail.text.show(state.textSource, columns: state.textColumns, measure: measure)
        // Where it ends to grow, it stays where it is.
        if state.followsText { state.detail.top = state.lastTextTop }
        effects += FilmReducer.want(&state)
        effects += FilmStripReducer.want(&state)
        effects += wantPictures(&state)
        return effects
    }

    func requote(_ state: inout StudioState) {
        QuoteReducer.requote(
            &state.compose,
            RunComposer(prices: prices),
            library: state.library,
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

    /// Reads what the owner of a model has written, where the list has room to show it.
    private func wantReadme(_ state: inout StudioState) -> [StudioEffect] {
        guard let picker = state.picker, picker.kind == .models, state.viewport.showsModelPages, state.mode != .noToken,
            let path = picker.selected?.value, picker.readmes[path] == nil
        else { return [] }
        state.picker?.readmes[path] = ""
        return [.world(.loadReadme(path))]
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

    /// Asks for more of the list before an end of what is read comes into sight, and forgets what is far away.
    private func wantRuns(_ state: inout StudioState) -> [StudioEffect] {
        let screen = max(state.viewport.runRows, state.viewport.tileColumns * state.viewport.tileRows, 1)
        state.runs.trim(screen: screen)
        if let request = state.runs.wantedPage(screen: screen) {
            state.runs.pages.asked = request
            return [.world(.loadRuns(request))]
        }
        if let request = state.runs.wantedCount {
            state.runs.pages.counting = request
            return [.world(.countRuns(request))]
        }
        return []
    }

    /// Asks for the picture that the detail pane has room for.
    private func wantPreview(_ state: inout StudioState) -> [StudioEffect] {
        if let run = state.runs.selected {
            state.detail.output = min(state.detail.output, max(run.outputs.count - 1, 0))
        }
        let isOutput = state.detail.tab == .preview && !state.isOnLightTable && state.comparison == nil
        guard let path = state.shownImage ?? (isOutput ? state.shownOutput?.path : nil),
            state.viewport.pictureColumns > 0, state.viewport.pictureRows > 0
        else {
            state.preview = nil
            state.knownFacts = nil
            return []
        }
        if path != state.preview?.key.path { state.knownFacts = nil }
        let key = PreviewKey(
            path: path,
            columns: state.viewport.pictureColumns,
            rows: state.viewport.pictureRows,
            display: state.display,
            crop: state.isLarge ? state.detail.crop : nil
        )
        guard key != state.preview?.key else { return [] }
        if state.preview?.key.path == path, case .card(let card)? = state.preview?.progress {
            state.preview = StudioState.Preview(key: key, progress: .card(card))
            return []
        }
        if state.pictures[key] != nil {
            state.preview = StudioState.Preview(key: key, progress: .ready)
            return []
        }
        state.preview = StudioState.Preview(key: key, progress: .loading)
        return [.world(.loadPreview(key))]
    }

    /// Brings the light table up to date, and asks for the small and the compared pictures that are on the screen and
    /// missing.
    private func wantPictures(_ state: inout StudioState) -> [StudioEffect] {
        let missing = wantedPictures(&state).filter {
            state.pictures[$0] == nil && state.pictures.failure(of: $0) == nil
        }
        // What comes in makes the list shorter and is no reason to ask again.
        let isAsked = Set(missing).isSubset(of: state.picturesAsked)
        if !isAsked || missing.isEmpty { state.picturesAsked = missing }
        return isAsked ? [] : [.world(.loadPictures(missing))]
    }

    private func wantedPictures(_ state: inout StudioState) -> [PreviewKey] {
        // Somebody went elsewhere: to the prompt with what a picture was made from, for example.
        if state.focus != .predictions, state.focus != .detail {
            state.lightTable = nil
            state.comparison = nil
        }
        // A run that is deleted takes its picture along.
        if let comparison = state.comparison, comparison.tiles.contains(where: { state.runs[$0.run] == nil }) {
            state.comparison = nil
        }
        let (columns, rows) = (state.viewport.tileColumns, state.viewport.tileRows)
        if state.lightTable != nil {
            state.lightTable?.follow(state.runs, columns: columns)
            if let place = state.selectedTile.flatMap({ state.lightTable?.place(of: $0) }) {
                state.lightTable?.reveal(place, columns: columns, rows: rows)
            }
        }
        if let comparison = state.comparison { return comparison.shown.compactMap { state.comparisonKey($0) } }
        guard state.isOnLightTable, let table = state.lightTable else { return stripPictures(state) }
        return table.shown(columns: columns, rows: rows).compactMap { tile in
            let outputs = state.runs[tile.run]?.outputs ?? []
            guard outputs.indices.contains(tile.output), outputs[tile.output].isPictureOrFilm else { return nil }
            return state.thumbnailKey(outputs[tile.output].path)
        }
    }

    /// The small pictures beside the preview.
    private func stripPictures(_ state: StudioState) -> [PreviewKey] {
        guard state.preview != nil, !state.isLarge, let run = state.runs.selected else { return [] }
        return state.viewport.stripOutputs
            .filter { run.outputs.indices.contains($0) && run.outputs[$0].isPictureOrFilm }
            .compactMap { state.stripKey(run.outputs[$0].path) }
    }
}
