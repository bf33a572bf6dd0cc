import Foundation
import Money
import ReplicateAPI

extension StudioReducer {
    /// Commands of the predictions table and of what stands beside it.
    func browse(_ command: Command, _ state: inout StudioState) -> [StudioEffect] {
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last: move(command, &state)
        case .nextTab: state.detail.turnTab(by: 1)
        case .previousTab: state.detail.turnTab(by: -1)
        case .nextOutput, .previousOutput: turnOutput(by: command == .nextOutput ? 1 : -1, &state)
        case .followLogs: state.detail.follows.toggle()
        case .markRun:
            state.runs.toggleMark()
            state.runs.move(by: 1)
        case .filterRuns: state.filterEntry = TextEditor(state.runs.filter, isMultiline: false)
        case .cancelRun: askToCancel(&state)
        case .deleteRecord: askToDelete(&state)
        case .sendAgain: if let run = state.runs.selected { askToResend(run, &state) }
        case .whichOne: return openCandidates(&state)
        case .useAsImage: return useOutput(&state)
        case .openOutput: return state.shownOutput?.path.map { [.world(.openFile(path: $0))] } ?? []
        case .copyURL: return copyOutput(&state)
        case .reuse: return reuse(keepingSeed: true, &state)
        case .newSeed: return reuse(keepingSeed: false, &state)
        default: break
        }
        return []
    }

    private func move(_ command: Command, _ state: inout StudioState) {
        let isScrolling = state.focus == .detail && state.detail.tab != .preview
        let page = isScrolling ? state.viewport.detailRows : state.viewport.runRows
        let step =
            switch command {
            case .up: -1
            case .down: 1
            case .pageUp: -page
            case .pageDown: page
            case .first: -1_000_000
            default: 1_000_000
            }
        if isScrolling {
            scrollDetail(by: step, &state)
        } else {
            let before = state.runs.selection
            state.runs.move(by: step)
            state.runs.pages.seeksEnd = command == .last && state.runs.pages.next != nil
            if state.runs.selection != before { selectionChanged(&state) }
        }
    }

    private func selectionChanged(_ state: inout StudioState) {
        state.detail.output = 0
        state.detail.top = 0
        state.detail.follows = true
    }

    private func scrollDetail(by rows: Int, _ state: inout StudioState) {
        let last = max(0, state.detail.text.lines.count - state.viewport.detailRows)
        let current = state.detail.tab == .logs && state.detail.follows ? last : min(state.detail.top, last)
        state.detail.top = min(max(current + rows, 0), last)
        state.detail.follows = state.detail.top == last
    }

    private func turnOutput(by step: Int, _ state: inout StudioState) {
        let count = state.runs.selected?.outputs.count ?? 0
        guard count > 1 else { return }
        state.detail.output = (state.detail.output + step + count) % count
    }

    private func askToCancel(_ state: inout StudioState) {
        let targets = state.runs.targets.filter(\.isActive)
        let isCharged = targets.contains { $0.startedAt != nil }
        let isWaiting = targets.contains { $0.startedAt == nil }
        state.confirmation = Confirmation(
            purpose: .cancelRuns(targets.map(\.id)),
            title: targets.count == 1 ? "Cancel this prediction?" : "Cancel \(targets.count) predictions?",
            lines: named(targets) { $0.estimate.label }
                + [""]
                + (isCharged ? ["A run that is canceled at work is charged for the time it ran."] : [])
                + (isWaiting ? ["One that has not started is aborted, and free."] : [])
                + (isCharged ? ["Failed and aborted runs of public models are free; canceled ones are not."] : []),
            confirmLabel: targets.count == 1 ? "Cancel the run" : "Cancel the \(targets.count) runs",
            cancelLabel: targets.count == 1 ? "Keep it running" : "Keep them running"
        )
    }

    private func askToDelete(_ state: inout StudioState) {
        let targets = state.runs.targets.filter { !$0.isActive }
        state.confirmation = Confirmation(
            purpose: .deleteRecords(targets.map(\.id)),
            title: targets.count == 1 ? "Delete this record?" : "Delete \(targets.count) records?",
            lines: named(targets) { $0.costLabel }
                + ["", "Gone from the list for good. Saved files stay, and what was paid stays in the spend."],
            confirmLabel: "Delete",
            cancelLabel: "Keep"
        )
    }

    /// A line for each of the first runs, with `note` in a column of its own, and how many more there are.
    private func named(_ runs: [RunItem], note: (RunItem) -> String) -> [String] {
        let most = 5
        return runs.prefix(most).map { "\($0.shortModel)  \($0.prompt.oneLine(characters: 40))\t\(note($0))" }
            + (runs.count > most ? ["and \(runs.count - most) more"] : [])
    }

    func askToResend(_ run: RunItem, _ state: inout StudioState) {
        let count = run.candidates.count
        state.confirmation = Confirmation(
            purpose: .resend(run.id),
            title: "Send it again?",
            lines: [
                "\(run.model)\t\(run.estimate.label)",
                count == 0
                    ? "The server was asked several times and does not know this run."
                    : "The server knows \(count) predictions that this run could be.",
                "If it was created after all, it is paid for twice.",
            ],
            confirmLabel: "Send again"
        )
    }

    /// The image→video loop in one key: the output goes to the image list, by its address while the server has it.
    private func useOutput(_ state: inout StudioState) -> [StudioEffect] {
        guard let run = state.runs.selected, let output = state.shownOutput else { return [] }
        addImages(output.url, &state)
        if run.outputsAreExpired(at: state.now), let path = output.path {
            state.compose.images.takeFromDisk(output.url, path: path)
        }
        if state.compose.model.details != nil, state.compose.binding == nil {
            let key = state.keys.name(of: .changeModel)
            state.say(.warning, "Added, but \(state.compose.model.path) takes no images: \(key) picks another model")
        }
        return []
    }

    private func copyOutput(_ state: inout StudioState) -> [StudioEffect] {
        guard let run = state.runs.selected else { return [] }
        let text = state.shownOutput.map { $0.path ?? $0.url } ?? run.text ?? ""
        state.say(.information, "Copied \(state.shownOutput?.path == nil ? "the address" : "the file's path")")
        return [.terminal(.copy(text))]
    }

    private func reuse(keepingSeed: Bool, _ state: inout StudioState) -> [StudioEffect] {
        guard let run = state.runs.selected else { return [] }
        var effects: [StudioEffect] = []
        if run.model != state.compose.model.path { effects = changeModel(to: run.model, &state) }
        state.compose.prompt.replaceAll(run.prompt)
        var values = run.input
        if !keepingSeed { values["seed"] = nil }
        let urls = state.compose.binding?.urls(in: run.input) ?? []
        if !urls.isEmpty { state.compose.images = ImageList(urls, binding: state.compose.binding) }
        if state.compose.model.details == nil {
            state.compose.pendingInputs = values
        } else {
            state.compose.inputs.load(values)
        }
        focus(.prompt, &state)
        state.say(.information, keepingSeed ? "Prompt and inputs taken over" : "Taken over with a new seed")
        return effects
    }

    // MARK: Filter

    func enterFilter(_ command: Command, _ state: inout StudioState) -> [StudioEffect]? {
        switch command {
        case .acceptField: state.filterEntry = nil
        case .back, .interrupt:
            state.filterEntry = nil
            state.runs.setFilter("")
        case .up, .down: move(command, &state)
        default:
            guard state.filterEntry?.edit(command) == true else { return nil }
            state.runs.setFilter(state.filterEntry?.text ?? "")
        }
        return []
    }

    // MARK: Mouse

    func click(_ pane: Pane, row: Int?, isDouble: Bool, _ state: inout StudioState) -> [StudioEffect] {
        guard state.confirmation == nil, state.picker == nil, state.ledger == nil else { return [] }
        focus(pane, &state)
        switch pane {
        case .predictions:
            guard let row, let id = run(atLine: row, state) else { break }
            state.runs.select(id)
            selectionChanged(&state)
            if isDouble { focus(.detail, &state) }
        case .images:
            if let row { state.compose.images.select(row) }
            if isDouble { editImages(.editImage, &state) }
        case .inputs:
            if let row { state.compose.inputs.select(row * state.viewport.inputColumns) }
            if isDouble { editInputs(.editInput, &state) }
        case .model: return isDouble ? openModels(&state) : []
        case .detail: if isDouble { return state.shownOutput?.path.map { [.world(.openFile(path: $0))] } ?? [] }
        case .prompt: break
        }
        return []
    }

    private func run(atLine line: Int, _ state: StudioState) -> RunItem.ID? {
        var left = line
        for item in state.runs.shown.dropFirst(state.runs.top) {
            let lines = RunRow.lines(of: item)
            if left < lines { return item.id }
            left -= lines
        }
        return nil
    }

    func scroll(_ pane: Pane, by rows: Int, _ state: inout StudioState) -> [StudioEffect] {
        guard state.confirmation == nil else { return [] }
        if state.picker != nil {
            state.picker?.move(by: rows)
            return []
        }
        if state.ledger != nil {
            state.ledger?.scroll(by: rows.signum())
            return []
        }
        switch pane {
        case .predictions:
            let before = state.runs.selection
            state.runs.move(by: rows.signum())
            if state.runs.selection != before { selectionChanged(&state) }
        case .detail where state.detail.tab != .preview: scrollDetail(by: rows, &state)
        case .detail: turnOutput(by: rows.signum(), &state)
        case .images: state.compose.images.moveSelection(by: rows.signum())
        case .inputs: state.compose.inputs.moveSelection(by: rows.signum() * state.viewport.inputColumns)
        case .prompt: editPrompt(rows < 0 ? .up : .down, &state)
        case .model: break
        }
        return []
    }
}
