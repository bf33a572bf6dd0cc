import Composing
import Foundation
import Money
import Pricing
import ReplicateAPI

extension StudioReducer {
    /// What the world answered.
    func receive(_ action: StudioAction, _ state: inout StudioState) -> [StudioEffect] {
        switch action {
        case .started(let startup): return start(startup, &state)
        case .runsLoaded(let page): take(page, &state)
        case .runsFailed(let reason):
            state.runs.pages.isLoading = false
            state.runs.pages.hasFailed = true
            state.say(.error, reason)
        case .runChanged(let run): return change(run, &state)
        case .runDeleted(let id): state.runs.remove(id)
        case .candidatesLoaded(let id, let candidates): showCandidates(id, candidates, &state)
        case .inputsRefused(let id, let fields): refuse(id, fields, &state)
        case .connectivityChanged(let connectivity): return connect(connectivity, &state)
        case .spendChanged, .spendLoaded, .spendFailed: return receiveSpend(action, &state)
        case .historyLoaded(let path, let history, let wasAsked):
            guard path == state.compose.pricedModel else { break }
            // Whoever was asked in this sitting is not asked again because a run has ended.
            let wasAskedHere = state.compose.history != nil && state.compose.wasHardwareAsked
            state.compose.history = history
            state.compose.wasHardwareAsked = wasAsked || wasAskedHere
        case .noticed(let notice): state.say(notice, waitsForPerson: true)
        case .modelLoaded, .modelMissing, .modelUnavailable, .modelsFound: receiveModel(action, &state)
        case .imageChecked(let id, let url, let result):
            state.compose.images.finishCheck(id, url: url, with: result)
            // What the server has deleted may still lie on this disk.
            if case .bad = result, let path = state.runs.savedFile(of: url) {
                state.compose.images.takeFromDisk(url, path: path)
            }
        case .imageUploaded(let id, let path, let url): state.compose.images.finishUpload(id, path: path, url: url)
        case .imageUploadFailed(let id, let path, let reason):
            state.compose.images.failUpload(id, path: path, reason: reason)
        case .promptsLoaded(let prompts):
            guard state.picker?.kind == .prompts else { break }
            state.picker?.isLoading = false
            state.picker?.replaceItems(prompts.map { Picker.Item(value: $0, title: $0.oneLine(characters: 1_000)) })
        case .openFailed(let path):
            state.say(.warning, "No desktop opener here: the file's path is copied")
            return [.terminal(.copy(path))]
        case .editorReturned(let text): state.compose.prompt.replaceAll(text)
        case .submitted(let count):
            state.compose.isSubmitting = false
            state.say(.information, count == 1 ? "1 run started" : "\(count) runs started")
        case .submissionFailed(let reason):
            state.compose.isSubmitting = false
            state.say(.error, reason)
        case .previewLoaded(let key, let picture):
            state.pictures.insert(picture, for: key)
            if state.preview?.key == key { state.preview?.progress = .ready }
        case .previewFailed(let key, let reason):
            if state.preview?.key == key { state.preview?.progress = .failed(reason) }
        default: break
        }
        return []
    }

    private func start(_ startup: Startup, _ state: inout StudioState) -> [StudioEffect] {
        state.mode = startup.mode
        state.budget = startup.budget
        state.spend = startup.spend
        state.models = startup.models
        take(startup.runs, &state)
        let path = startup.draft.model.isEmpty ? startup.defaultModel : startup.draft.model
        state.compose.model = ModelChoice(path: path)
        state.compose.prompt = TextEditor(startup.draft.prompt)
        state.compose.images = ImageList(entries: startup.draft.images)
        state.compose.count = min(max(startup.draft.count, 1), ComposeState.mostRuns)
        state.compose.pendingInputs = startup.draft.inputs
        if let model = startup.model, model.path == path { adopt(model, &state) }
        state.savedDraft = state.compose.draft
        return [.world(.loadModel(path))]
    }

    private func take(_ page: RunPage, _ state: inout StudioState) {
        state.runs.load(page.runs)
        state.runs.pages.next = page.next
        state.runs.pages.total = max(page.total, state.runs.items.count)
        state.runs.pages.isLoading = false
        if state.runs.pages.seeksEnd { state.runs.move(by: 1_000_000) }
    }

    private func change(_ run: RunItem, _ state: inout StudioState) -> [StudioEffect] {
        let before = state.runs[run.id]
        state.runs.upsert(run)
        guard let before, run.hasEnded, !before.hasEnded else { return [] }
        switch run.stage {
        case .succeeded: state.say(.success, "\(run.shortModel) finished\(run.duration.map { " in \($0)" } ?? "")")
        case .failed, .refused:
            let reason = (run.failure ?? "no reason was given").oneLine(characters: 400)
            state.say(.error, "\(run.shortModel) \(run.statusWord): \(reason)")
        case .canceled, .aborted:
            let cost = run.cost.map { $0.money == nil ? ": what it cost is not known" : ": \(run.costLabel)" } ?? ""
            state.say(.information, "\(run.shortModel) \(run.statusWord)\(cost)")
        case .resendable where run.candidates.isEmpty:
            let key = state.keys.name(of: .sendAgain)
            state.say(.warning, "\(run.shortModel) never reached the server; \(key) sends it again")
        case .resendable:
            let key = state.keys.name(of: .whichOne)
            state.say(
                .warning,
                "\(run.shortModel): \(run.failure ?? "several predictions could be it"); \(key) lists them"
            )
        default: return []
        }
        return state.isFocused ? [] : [.terminal(.bell)]
    }

    /// The run is free and gone; what was wrong is said where it can be mended.
    private func refuse(_ id: RunItem.ID, _ fields: [APIError.InvalidField], _ state: inout StudioState) {
        guard let run = state.runs[id] else { return }
        state.compose.take(fields, of: run)
        guard state.compose.awaitsAnswer, let (pane, field) = state.compose.firstRefused else { return }
        focus(pane, &state)
        if pane == .inputs { state.compose.inputs.select(named: field) }
    }

    private func connect(_ connectivity: Connectivity, _ state: inout StudioState) -> [StudioEffect] {
        let before = state.connectivity
        state.connectivity = connectivity
        // Whoever noticed may not ask again: the model is asked for until there is an answer.
        guard case .offline = connectivity, connectivity != before, before != .unknown else { return [] }
        return [.world(.loadModel(state.compose.model.path))]
    }

    private func receiveModel(_ action: StudioAction, _ state: inout StudioState) {
        switch action {
        case .modelLoaded(let details, let asked):
            guard [details.path, asked].contains(state.compose.model.path) else { break }
            // From here on it is named as the API spells it.
            state.compose.model.path = details.path
            adopt(details, &state)
        case .modelMissing(let path, let reason):
            if path == state.compose.model.path {
                state.compose.model.state = .missing("\(reason): \(state.keys.name(of: .changeModel)) picks another")
            }
        case .modelUnavailable(let path, let reason):
            // A model that was seen before stays usable while the network is away.
            if path == state.compose.model.path, state.compose.model.details == nil {
                state.compose.model.state = .unavailable(reason)
            }
        case .modelsFound(let query, let found):
            guard state.picker?.kind == .models, state.picker?.query.text == query else { break }
            state.picker?.isLoading = false
            let known = Set(found.map(\.path))
            let merged = found + state.models.filter { !known.contains($0.path) }
            state.picker?.replaceItems(merged.map(modelItem))
        default: break
        }
    }

    private func adopt(_ details: ModelDetails, _ state: inout StudioState) {
        let isUnchanged = state.compose.model.details == details
        state.compose.model.state = .ready(details)
        guard !isUnchanged else { return }
        state.compose.inputs.adopt(details.schema)
        if let values = state.compose.pendingInputs {
            state.compose.pendingInputs = nil
            let refused = state.compose.inputs.load(values)
            if !refused.isEmpty {
                let words = refused.count == 1 ? "does not fit any more and is" : "do not fit any more and are"
                state.say(.warning, "\(refused.joined(separator: ", ")) \(words) at the default")
            }
        }
        state.compose.images.binding = details.images
    }
}

extension RunItem {
    /// Nothing more will be learnt of it by itself. The server's word for the end comes a little earlier than the
    /// record of it, which has the reason and the times.
    fileprivate var hasEnded: Bool { !isActive && (finishedAt != nil || stage == .resendable) }

    /// How long it took, such as `7.8 s`; nil before the end.
    var duration: String? {
        finishedAt.map { end in
            let seconds = max(0, end.timeIntervalSince(createdAt))
            return seconds < 10 ? "\((seconds * 10).rounded() / 10) s" : "\(Int(seconds.rounded())) s"
        }
    }
}
