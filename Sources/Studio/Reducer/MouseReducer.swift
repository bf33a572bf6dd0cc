/// Clicks and the wheel.
struct MouseReducer: Sendable {
    let pickers: PickerReducer

    func click(_ pane: Pane, row: Int?, isDouble: Bool, _ state: inout StudioState) -> [StudioEffect] {
        guard state.confirmation == nil, state.picker == nil, state.ledger == nil else { return [] }
        state.focus(on: pane)
        switch pane {
        case .predictions:
            guard let row, TableReducer.select(line: row, &state) != nil else { break }
            if isDouble { state.focus(on: .detail) }
        case .images:
            if let row { state.compose.images.select(row) }
            if isDouble { ImagesReducer.reduce(.edit, &state.compose) }
        case .inputs:
            if let row { state.compose.inputs.select(row * state.viewport.inputColumns) }
            if isDouble { pickers.editInput(&state) }
        case .model: return isDouble ? pickers.openModels(&state) : []
        case .detail: return isDouble ? ReuseReducer.open(state) : []
        case .prompt: break
        }
        return []
    }

    func scroll(_ pane: Pane, by rows: Int, _ state: inout StudioState) {
        guard state.confirmation == nil else { return }
        if state.picker != nil {
            state.picker?.move(by: rows)
            return
        }
        if state.ledger != nil {
            state.ledger?.scroll(by: rows.signum())
            return
        }
        switch pane {
        case .predictions: TableReducer.moveSelection(by: rows.signum(), &state)
        case .detail where state.detail.tab != .preview: TableReducer.scrollDetail(by: rows, &state)
        case .detail: TableReducer.turnOutput(by: rows.signum(), &state)
        case .images: state.compose.images.moveSelection(by: rows.signum())
        case .inputs: state.compose.inputs.moveSelection(by: rows.signum() * state.viewport.inputColumns)
        case .prompt: PromptReducer.move(rows < 0 ? .up : .down, &state)
        case .model: break
        }
    }
}
