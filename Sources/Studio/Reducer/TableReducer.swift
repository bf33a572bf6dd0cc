/// Moves in the table of runs, and in the view of the selected one.
enum TableReducer {
    static func move(_ move: ListMove, _ state: inout StudioState) {
        if isScrolling(state) {
            scrollDetail(by: move.rows(page: state.textPage), &state)
        } else {
            let before = state.runs.selection
            switch move {
            case .first: state.runs.move(to: .first)
            case .last: state.runs.move(to: .last)
            case .up, .down, .pageUp, .pageDown: state.runs.move(by: move.rows(page: state.viewport.runRows))
            }
            if state.runs.selection != before { state.detail.showAnother() }
        }
    }

    private static func isScrolling(_ state: StudioState) -> Bool {
        state.focus == .detail && state.scrollsText
    }

    static func moveSelection(by rows: Int, _ state: inout StudioState) {
        let before = state.runs.selection
        state.runs.move(by: rows)
        if state.runs.selection != before { state.detail.showAnother() }
    }

    /// Selects the run at a line of the table; nil: the line shows none.
    static func select(line: Int, _ state: inout StudioState) -> RunItem.ID? {
        guard let id = run(atLine: line, state.runs) else { return nil }
        state.runs.select(id)
        state.detail.showAnother()
        return id
    }

    private static func run(atLine line: Int, _ runs: RunList) -> RunItem.ID? {
        var left = line
        for item in runs.shown.dropFirst(runs.top) {
            let lines = RunRow.lines(of: item)
            if left < lines { return item.id }
            left -= lines
        }
        return nil
    }

    static func reduce(_ command: DetailCommand, _ state: inout StudioState) {
        switch command {
        case .nextTab: state.detail.turnTab(by: 1)
        case .previousTab: state.detail.turnTab(by: -1)
        case .nextOutput: turnOutput(by: 1, &state)
        case .previousOutput: turnOutput(by: -1, &state)
        case .followLogs: state.detail.follows.toggle()
        }
    }

    static func scrollDetail(by rows: Int, _ state: inout StudioState) {
        let last = state.lastTextTop
        state.detail.top = min(max(state.textTop + rows, 0), last)
        state.detail.follows = state.detail.top == last
    }

    static func turnOutput(by step: Int, _ state: inout StudioState) {
        let count = state.runs.selected?.outputs.count ?? 0
        guard count > 1 else { return }
        state.detail.output = (state.detail.output + step + count) % count
        (state.detail.top, state.detail.follows) = (0, true)
    }
}
