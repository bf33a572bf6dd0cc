/// Clicks and the wheel.
enum MouseReducer {
    /// Moves focus and selection to what was clicked, and returns the command that the click gives; nil: none.
    static func click(_ click: Click, _ state: inout StudioState) -> Command? {
        switch click.target {
        case .answer(let isConfirm):
            guard state.confirmation != nil else { return nil }
            state.confirmation?.isConfirmFocused = isConfirm
            return .confirm
        case .pickerRow(let index):
            guard state.confirmation == nil, let picker = state.picker, picker.matches.indices.contains(index) else {
                return nil
            }
            state.picker?.move(by: index - picker.selection)
            return .choose
        case .guideRow(let row): return GuideReducer.click(row: row, &state)
        case .command(let command): return command
        case .tile(let tile):
            guard state.confirmation == nil, state.picker == nil, state.ledger == nil else { return nil }
            LightTableReducer.show(tile, &state)
            return click.isDouble && state.isOnLightTable ? .enlarge : nil
        case .scrollbar(let pane, let rows):
            page(pane, by: rows, &state)
            return nil
        case .scrollMark: return nil
        case .period(let period):
            guard let ledger = state.ledger, period != ledger.period else { return nil }
            // The command moves by one from where it is.
            let isLater = period.rawValue > ledger.period.rawValue
            state.ledger?.turn(by: period.rawValue - ledger.period.rawValue + (isLater ? -1 : 1))
            return isLater ? .nextPeriod : .previousPeriod
        case .border(let border, _):
            if click.isDouble { state.split.move(border, to: nil) }
            return nil
        case .pane, .prompt, .run, .heading, .image, .input, .inputControl, .tab:
            guard state.confirmation == nil, state.picker == nil, state.ledger == nil else { return nil }
            return clickPane(click, &state)
        }
    }

    /// Selects in the prompt from where the button went down, moves a border, or scrolls.
    static func drag(_ drag: Drag, _ state: inout StudioState) {
        if case .scrollMark(let pane, let hidden, let room) = drag.target {
            func place(_ rows: Int) -> Int { Int((Double(rows * hidden) / Double(max(room, 1))).rounded()) }
            return scroll(pane, byMark: place(drag.to) - place(drag.from), &state)
        }
        guard state.confirmation == nil, state.picker == nil, state.ledger == nil else { return }
        if case .border(let border, let size) = drag.target {
            state.split.move(border, to: max(1, size + (border == .table ? drag.row : drag.column)))
        }
        guard case .prompt(let top) = drag.target else { return }
        let layout = state.compose.promptLayout
        let row = min(max(top + drag.row, 0), layout.rowCount - 1)
        state.compose.prompt.select(to: layout.position(at: TextPoint(row: row, column: drag.column)))
    }

    /// What was selected goes to the clipboard, as in a terminal.
    static func endDrag(_ target: ClickTarget, _ state: StudioState) -> [StudioEffect] {
        guard case .prompt = target, let text = state.compose.prompt.selectedText else { return [] }
        return [.terminal(.copy(text))]
    }

    private static func clickPane(_ click: Click, _ state: inout StudioState) -> Command? {
        switch click.target {
        case .pane(let pane):
            state.focus(on: pane)
            guard click.isDouble else { return nil }
            switch pane {
            case .model: return .changeModel
            case .detail: return state.isZoomed ? .openOutput : .enlarge
            case .prompt, .images, .inputs, .predictions: return nil
            }
        case .prompt(let top):
            state.focus(on: .prompt)
            let layout = state.compose.promptLayout
            let row = min(top + click.row, layout.rowCount - 1)
            if state.vim?.isVisual == true { PromptReducer.escape(&state) }
            state.vim?.interruptTyping(&state.compose.prompt)
            state.compose.prompt.place(at: layout.position(at: TextPoint(row: row, column: click.column)))
            if click.isDouble { state.compose.prompt.selectWord() }
            return nil
        case .run(let id):
            state.focus(on: click.isDouble ? .detail : .predictions)
            guard state.runs.shown.contains(where: { $0.id == id }) else { return nil }
            if id != state.runs.selection {
                state.runs.select(id)
                state.detail.showAnother()
            }
            return nil
        case .heading(let command):
            state.focus(on: .predictions)
            return command
        case .image(let index):
            state.focus(on: .images)
            state.compose.images.select(index)
            // The box says whether it is sent.
            if click.column < 2 { return .toggleImage }
            return click.isDouble ? .editImage : nil
        case .input(let index):
            state.focus(on: .inputs)
            state.compose.inputs.select(index)
            return click.isDouble ? .editInput : nil
        case .inputControl(let index, let command):
            state.focus(on: .inputs)
            state.compose.inputs.select(index)
            return command
        case .tab(let tab):
            state.focus(on: .detail)
            state.detail.show(tab)
            return nil
        case .command, .pickerRow, .answer, .guideRow, .tile, .border, .scrollbar, .scrollMark, .period: return nil
        }
    }

    /// A movement of the mark of a scroll bar: what is seen moves, and what is selected only where it would be out of sight.
    private static func scroll(_ pane: Pane?, byMark rows: Int, _ state: inout StudioState) {
        guard pane == .predictions, state.picker == nil else { return page(pane, by: rows, &state) }
        guard state.confirmation == nil, state.guide == nil, state.ledger == nil else { return }
        let before = state.runs.selection
        state.runs.scroll(by: rows, height: state.viewport.runRows)
        if state.runs.selection != before { state.detail.showAnother() }
    }

    /// A click beside the mark of a scroll bar.
    private static func page(_ pane: Pane?, by rows: Int, _ state: inout StudioState) {
        guard state.confirmation == nil, state.guide == nil, state.ledger == nil else { return }
        guard state.picker == nil else {
            state.picker?.move(by: rows)
            return
        }
        guard let pane else { return }
        state.focus(on: pane)
        switch pane {
        case .predictions: TableReducer.moveSelection(by: rows, &state)
        case .detail: TableReducer.scrollDetail(by: rows, &state)
        case .images: state.compose.images.moveSelection(by: rows)
        case .inputs: state.compose.inputs.moveSelection(by: rows * state.viewport.inputColumns)
        case .prompt: PromptReducer.move(rows < 0 ? .pageUp : .pageDown, &state)
        case .model: break
        }
    }

    static func scroll(_ pane: Pane, by rows: Int, _ state: inout StudioState) {
        guard state.confirmation == nil, state.guide == nil else { return }
        if state.picker != nil {
            state.picker?.move(by: rows)
            return
        }
        if state.ledger != nil {
            state.ledger?.scroll(by: rows.signum())
            return
        }
        if state.comparison != nil { return }
        if state.isOnLightTable {
            LightTableReducer.step(by: rows.signum() * max(state.viewport.tileColumns, 1), &state)
            return
        }
        switch pane {
        case .predictions: TableReducer.moveSelection(by: rows.signum(), &state)
        case .detail where state.scrollsText: TableReducer.scrollDetail(by: rows, &state)
        case .detail: TableReducer.turnOutput(by: rows.signum(), &state)
        case .images: state.compose.images.moveSelection(by: rows.signum())
        case .inputs: state.compose.inputs.moveSelection(by: rows.signum() * state.viewport.inputColumns)
        case .prompt: PromptReducer.move(rows < 0 ? .up : .down, &state)
        case .model: break
        }
    }
}
