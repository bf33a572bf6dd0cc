import Foundation
import Money
import ReplicateAPI
import Search

/// What is done with runs of the table, and what is learnt of them.
struct RunsReducer: Sendable {
    let pickers: PickerReducer

    func reduce(_ command: RunsCommand, _ state: inout StudioState) -> [StudioEffect] {
        switch command {
        case .cancel: state.confirmation = .canceling(state.runs.targets.filter(\.isActive))
        case .delete: state.confirmation = .deleting(state.runs.targets.filter { !$0.isActive })
        case .resend: if let run = state.runs.selected { state.confirmation = .resending(run) }
        case .listCandidates: return pickers.openCandidates(&state)
        case .mark:
            state.runs.toggleMark()
            state.runs.move(by: 1)
        case .filter: state.filterEntry = TextEditor(state.runs.filter, isMultiline: false)
        case .sort(let key): sort(by: state.runs.sort.choosing(key), &state)
        case .nextOrder: sort(by: state.runs.sort.next, &state)
        case .reverseOrder: sort(by: state.runs.sort.reversed, &state)
        case .undoDelete: return [.world(.undelete)]
        case .useAsImage: ReuseReducer.useAsImage(&state)
        case .openOutput: return ReuseReducer.open(&state)
        case .copyOutput: return ReuseReducer.copy(&state)
        case .runAgain:
            guard !state.compose.isSubmitting else { break }
            return [.world(.recall(state.runs.targets.map(\.id)))]
        case .reuse: return ReuseReducer.reuse(keepingSeed: true, &state)
        case .reuseWithNewSeed: return ReuseReducer.reuse(keepingSeed: false, &state)
        }
        return []
    }

    private func sort(by sort: RunSort, _ state: inout StudioState) {
        let before = state.runs.selection
        state.runs.sort(by: sort)
        if state.runs.selection != before { state.detail.showAnother() }
    }

    func choose(candidate choice: String, for id: RunItem.ID, _ state: inout StudioState) -> [StudioEffect] {
        switch choice {
        case PickerItems.cancel: break
        case PickerItems.sendAgain: if let run = state.runs[id] { state.confirmation = .resending(run) }
        default: return [.world(.follow(id, predictionID: choice))]
        }
        return []
    }

    // MARK: What is learnt

    static func tellDeletion(runs: Int, files: Int, _ state: inout StudioState) {
        let what = files == 0 ? "" : files == 1 ? ", its file is in the trash" : ", \(files) files are in the trash"
        let key = state.keys.key(for: .undoDelete, in: [.predictions]) ?? ""
        state.say(.information, "\(runs) deleted\(what): \(key) brings \(runs == 1 ? "it" : "them") back")
    }

    static func tellReturn(runs: Int, lostFiles: Int, _ state: inout StudioState) {
        if lostFiles > 0 {
            state.say(.warning, "\(runs) brought back; \(lostFiles) files stay in the trash: others have their names")
        } else {
            state.say(.success, "\(runs) brought back")
        }
    }

    static func change(_ run: RunItem, _ state: inout StudioState) -> [StudioEffect] {
        let before = state.runs[run.id]
        var run = run
        // Who works on a run does not know what was added to it since.
        if let before { run.annotation = before.annotation }
        state.runs.upsert(run)
        guard let before, run.hasEnded, !before.hasEnded else { return [] }
        let notice = notice(of: run, state.keys)
        state.unseen.add(run)
        if var said = notice {
            if run.stage == .succeeded { said.text += way(to: run, state) }
            state.say(said, waitsForPerson: false)
        }
        let runs = state.runs
        guard let ended = state.groups.end(run.id, goesOn: { runs[$0]?.hasEnded == false })?.compactMap({ runs[$0] })
        else { return [] }
        guard ended.count > 1 else {
            return notice.map { state.endNotices.effects(of: ended, $0.text, isFocused: state.isFocused) } ?? []
        }
        let text = EndNotices.text(of: ended)
        state.say(
            Notice(ended.allSatisfy(\.wentWell) ? .success : .warning, text + way(to: nil, state)),
            waitsForPerson: false
        )
        return state.endNotices.effects(of: ended, text, isFocused: state.isFocused)
    }

    /// The key that leads to the results, where none of them is on the screen; else empty.
    private static func way(to run: RunItem?, _ state: StudioState) -> String {
        guard state.hidesResults else { return "" }
        let isSelected = run != nil && run?.id == state.runs.selection
        let key = state.keys.name(of: isSelected ? .focusDetail : .focusPredictions)
        return isSelected ? " · \(key) shows it" : " · \(key) lists \(run == nil ? "them" : "it")"
    }

    /// What is said of a run that has ended; nil: nothing.
    private static func notice(of run: RunItem, _ keys: KeyTable) -> Notice? {
        if let reason = run.reasonForNothing {
            return Notice(.warning, "\(run.shortModel) ended without output: \(reason.oneLine(characters: 400))")
        }
        switch run.stage {
        case .succeeded:
            return Notice(.success, "\(run.shortModel) finished\(run.duration.map { " in \($0)" } ?? "")")
        case .failed, .refused:
            let reason = (run.failure ?? "no reason was given").oneLine(characters: 400)
            return Notice(.error, "\(run.shortModel) \(run.statusWord): \(reason)")
        case .canceled, .aborted:
            let cost = run.cost.map { $0.money == nil ? ": what it cost is not known" : ": \(run.costLabel)" } ?? ""
            return Notice(.information, "\(run.shortModel) \(run.statusWord)\(cost)")
        case .resendable where run.candidates.isEmpty:
            let key = keys.name(of: .sendAgain)
            return Notice(.warning, "\(run.shortModel) never reached the server; \(key) sends it again")
        case .resendable:
            let key = keys.name(of: .whichOne)
            return Notice(
                .warning,
                "\(run.shortModel): \(run.failure ?? "several predictions could be it"); \(key) lists them"
            )
        case .queued, .sending, .unclear, .starting, .processing, .forgotten, .unknown: return nil
        }
    }

    /// The run is free and gone; what was wrong is said where it can be mended.
    static func refuse(_ id: RunItem.ID, _ fields: [APIError.InvalidField], _ state: inout StudioState) {
        guard let run = state.runs[id] else { return }
        for field in fields {
            state.compose.refuse(field.input, value: run.input[field.input], of: run.model, message: field.message)
        }
        guard state.compose.awaitsAnswer, let (pane, field) = state.compose.firstRefused else { return }
        state.focus(on: pane)
        if pane == .inputs { state.compose.inputs.select(named: field) }
    }
}

extension RunItem {
    /// Nothing more will be learnt of it by itself. The server's word for the end comes a little earlier than the
    /// record of it, which has the reason and the times.
    fileprivate var hasEnded: Bool { !isActive && (finishedAt != nil || stage == .resendable) }

    /// How long it took, such as `7.8 s`; nil before the end.
    fileprivate var duration: String? {
        finishedAt.map { end in
            let seconds = max(0, end.timeIntervalSince(createdAt))
            return seconds < 10 ? "\((seconds * 10).rounded() / 10) s" : "\(Int(seconds.rounded())) s"
        }
    }
}
