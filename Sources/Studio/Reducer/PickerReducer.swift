import Pricing
import ReplicateAPI
import Search

/// Lists to choose from: opens them, filters them, and says what was chosen.
struct PickerReducer: Sendable {
    let items: PickerItems

    /// What a person has chosen.
    enum Choice: Hashable {
        /// It may not be there: lists grow old, and any path can be typed.
        case model(path: String)
        case prompt(String)
        case input(name: String, value: JSONValue)
        /// Taken in or out of the values that an input has.
        case tick(name: String, value: JSONValue)
        /// One of the types that an input can have, by its index.
        case branch(name: String, index: Int)
        /// Empty: it is not known.
        case hardware(sku: String)
        case candidate(String, of: RunItem.ID)
        case theme(String)
        /// By its handle.
        case libraryEntry(String)
        case draft(Draft)
        /// A file, or a folder to look into.
        case file(String)
        case command(Command)
        /// Nothing, where a list that asks for hardware was closed.
        case hardwareLeftOpen
    }

    /// What a command did to the list.
    struct Outcome {
        var choice: Choice?
        var effects: [StudioEffect] = []
    }

    // MARK: Opening

    func openModels(_ state: inout StudioState) -> [StudioEffect] {
        state.picker = Picker(
            kind: .models,
            title: "Model",
            items: items.models(state.models, found: [], isDemo: state.mode == .demo),
            isLoading: state.mode != .noToken
        )
        state.picker?.select(state.compose.pricedModel)
        return state.mode == .noToken ? [] : [.world(.searchModels(""))]
    }

    func openPrompts(_ state: inout StudioState) -> [StudioEffect] {
        state.picker = Picker(kind: .prompts, title: "Earlier prompts", items: [], isLoading: true)
        return [.world(.loadPrompts)]
    }

    /// The screen shows each theme as it is looked at.
    func openThemes(_ state: inout StudioState) {
        state.picker = Picker(kind: .themes, title: "Theme", items: state.themes)
        state.picker?.select(state.theme)
    }

    /// Asks what a model runs on, once: only a person can know, from the model's page.
    func openHardware(_ state: inout StudioState) {
        state.picker = Picker(
            kind: .hardware,
            title: "Hardware of \(state.compose.pricedModel), as its page says",
            items: items.hardware
        )
    }

    /// Lists what the lost run could be. The row that changes nothing is selected.
    func openCandidates(_ state: inout StudioState) -> [StudioEffect] {
        guard let run = state.runs.selected, !run.candidates.isEmpty else { return [] }
        state.picker = Picker(
            kind: .candidates(run.id),
            title: "Which of these is it?",
            items: items.candidates(run.candidates.map { RunCandidate(id: $0) }, now: state.now),
            isLoading: true
        )
        state.picker?.select(PickerItems.cancel)
        return [.world(.loadCandidates(run.id, run.candidates))]
    }

    /// Edits the selected input, or lists what it can be, with the cursor on what it is.
    func editInput(_ state: inout StudioState) {
        open(InputsReducer.edit(&state.compose.inputs), &state)
    }

    /// Opens the list in which the selected input is edited; nothing where there is nothing left to do.
    func open(_ outcome: InputsReducer.Outcome, _ state: inout StudioState) {
        switch outcome {
        case .done: break
        case .listsChoices: openChoices(&state)
        case .listsTicks: openTicks(&state)
        case .listsBranches: openBranches(&state)
        }
    }

    private func openBranches(_ state: inout StudioState) {
        guard let field = state.compose.inputs.selected else { return }
        let names = state.compose.inputs.branchNames(of: field.name)
        let rows = names.enumerated().map { Picker.Item(value: "\($0.offset)", title: $0.element) }
        state.picker = Picker(kind: .branches(field.name), title: "\(field.name) is", items: rows)
        let current = state.compose.inputs.branched(field).type.expectation
        if let index = names.firstIndex(of: current) { state.picker?.select("\(index)") }
    }

    func openTicks(_ state: inout StudioState) {
        guard let field = state.compose.inputs.selected.map(state.compose.inputs.branched) else { return }
        let rows = items.ticks(of: field, in: state.compose.inputs)
        if state.picker?.kind == .ticks(field.name) {
            state.picker?.replaceItems(rows)
        } else {
            state.picker = Picker(kind: .ticks(field.name), title: field.name, items: rows)
        }
    }

    private func openChoices(_ state: inout StudioState) {
        guard let field = state.compose.inputs.selected.map(state.compose.inputs.branched) else { return }
        let value = state.compose.inputs.values[field.name] ?? field.defaultValue ?? .null
        state.picker = Picker(kind: .choices(field.name), title: field.name, items: items.choices(of: field))
        if let option = field.options.first(where: { $0.isSame(as: value) }) { state.picker?.select(option.plain) }
    }

    // MARK: Filling

    func showModels(_ found: [ModelSummary], for query: String, _ state: inout StudioState) {
        guard state.picker?.kind == .models, state.picker?.query.text == query else { return }
        state.picker?.isLoading = false
        state.picker?.replaceItems(items.models(state.models, found: found, isDemo: state.mode == .demo))
    }

    func showPrompts(_ prompts: [String], _ picker: inout Picker?) {
        guard picker?.kind == .prompts else { return }
        picker?.isLoading = false
        picker?.replaceItems(prompts.map(Self.item))
    }

    /// What the history has found besides, while the same is typed.
    func showPrompts(_ prompts: [String], for text: String, _ picker: inout Picker?) {
        guard picker?.kind == .prompts, picker?.query.text == text else { return }
        picker?.isLoading = false
        picker?.found = prompts.map(Self.item)
    }

    private static func item(_ prompt: String) -> Picker.Item {
        Picker.Item(value: prompt, title: prompt.oneLine(characters: 1_000))
    }

    /// The list with what the server says of each, while it is still open.
    func showCandidates(_ id: RunItem.ID, _ candidates: [RunCandidate], _ state: inout StudioState) {
        guard state.picker?.kind == .candidates(id) else { return }
        state.picker?.isLoading = false
        state.picker?.replaceItems(items.candidates(candidates, now: state.now))
    }

    // MARK: Choosing

    func reduce(_ command: Command, _ state: inout StudioState) -> Outcome {
        switch command.meaning {
        case .list(let move): self.move(move, page: state.viewport.pickerRows, &state.picker)
        case .screen(.back), .screen(.interrupt):
            let isHardware = state.picker?.kind == .hardware
            let isAwaiting = state.picker?.awaited != nil
            state.picker = nil
            return Outcome(
                choice: isHardware ? .hardwareLeftOpen : nil,
                effects: isAwaiting ? [.world(.loadModel(state.compose.model.path))] : []
            )
        case .dialog(.choose): return Outcome(choice: choose(&state))
        case .edit(let operation):
            state.picker?.query.perform(operation)
            return Outcome(effects: queryChanged(&state))
        case .screen, .compose, .normalMode, .acceptField, .images, .inputs, .runs, .annotate, .detail, .large, .film,
            .ledger,
            .dialog:
            break
        }
        return Outcome()
    }

    private func move(_ move: ListMove, page: Int, _ picker: inout Picker?) {
        switch move {
        case .up, .down, .pageUp, .pageDown: picker?.move(by: move.rows(page: page))
        case .first, .last: break
        }
    }

    func queryChanged(_ state: inout StudioState) -> [StudioEffect] {
        state.picker?.found = []
        state.picker?.refresh()
        state.picker?.forgetFailure()
        if state.picker?.kind == .prompts { return searchPrompts(&state) }
        guard let picker = state.picker, picker.kind == .models, state.mode != .noToken else { return [] }
        state.picker?.isLoading = true
        return [.world(.searchModels(picker.query.text))]
    }

    /// Looks through everything ever run: the list itself holds the last prompts only.
    private func searchPrompts(_ state: inout StudioState) -> [StudioEffect] {
        guard let text = state.picker?.query.text,
            let query = try? RunQuery(parsing: text, now: state.now, calendar: state.calendar), !query.isEmpty
        else { return [] }
        state.picker?.isLoading = true
        return [.world(.searchPrompts(query, text: text))]
    }

    /// Closes the list with what is chosen; where nothing can be, the list stays and the reason is said.
    private func choose(_ state: inout StudioState) -> Choice? {
        guard let picker = state.picker else { return nil }
        switch choice(in: picker, state.compose.inputs) {
        case .success(let choice):
            // A model may not be there: the list stays until that is known.
            if case .model = choice { return choice }
            // The folder that is opened next takes the place of this one.
            if case .file = choice { return choice }
            if case .tick = choice { return choice }
            state.picker = nil
            return choice
        case .failure(let refusal):
            if let notice = refusal.notice { state.say(notice, waitsForPerson: false) }
            if refusal.closes { state.picker = nil }
            return nil
        }
    }

    /// Why nothing is chosen.
    private struct Refusal: Error {
        var notice: Notice?
        var closes = false
    }

    private func choice(in picker: Picker, _ form: InputsForm) -> Result<Choice, Refusal> {
        let selected = picker.selected
        switch picker.kind {
        case .models:
            // What was typed may be a model that no list has.
            if let path = selected?.value { return .success(.model(path: path)) }
            if let path = ModelPath.typed(picker.query.text) { return .success(.model(path: path)) }
            let text = picker.query.text
            guard text.contains("/") else { return .failure(Refusal()) }
            return .failure(Refusal(notice: Notice(.warning, "\(text) \(ModelReference.issue(with: text))")))
        case .themes: return selected.map { .success(.theme($0.value)) } ?? .failure(Refusal())
        case .library: return selected.map { .success(.libraryEntry($0.value)) } ?? .failure(Refusal())
        case .drafts: return selected?.draft.map { .success(.draft($0)) } ?? .failure(Refusal())
        case .files:
            // What was typed may be a path from the top, or from the person's home.
            if let path = FilesReducer.typedPath(picker.query.text) { return .success(.file(path)) }
            return selected.map { .success(.file($0.value)) } ?? .failure(Refusal())
        case .prompts: return selected.map { .success(.prompt($0.value)) } ?? .failure(Refusal())
        case .choices(let name):
            guard let chosen = selected?.value else { return .failure(Refusal()) }
            let option = form[name].map(form.branched)?.options.first { $0.plain == chosen }
            return option.map { .success(.input(name: name, value: $0)) } ?? .failure(Refusal(closes: true))
        case .ticks(let name):
            let value = form[name].map(form.branched)?.ticks?.first { $0.plain == selected?.value }
            return value.map { .success(.tick(name: name, value: $0)) } ?? .failure(Refusal())
        case .branches(let name):
            guard let index = selected.flatMap({ Int($0.value) }) else { return .failure(Refusal()) }
            return .success(.branch(name: name, index: index))
        case .hardware:
            let hint = Notice(.information, "Type or move to what it runs on; Esc leaves it open")
            return selected.map { .success(.hardware(sku: $0.value)) } ?? .failure(Refusal(notice: hint))
        case .candidates(let id):
            guard let selected else { return .failure(Refusal()) }
            if let obstacle = selected.obstacle { return .failure(Refusal(notice: Notice(.warning, obstacle))) }
            return .success(.candidate(selected.value, of: id))
        case .commands:
            guard let selected, let command = Command(rawValue: selected.value) else { return .failure(Refusal()) }
            if let obstacle = selected.obstacle { return .failure(Refusal(notice: Notice(.warning, obstacle))) }
            return .success(.command(command))
        }
    }
}
