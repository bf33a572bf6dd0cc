import Pricing
import ReplicateAPI

extension Picker {
    /// Rows of the list that every layout has room for.
    package static let visibleRows = 12
}

extension StudioReducer {
    // MARK: Confirmation

    func answer(_ command: Command, _ state: inout StudioState) -> [StudioEffect] {
        guard let question = state.confirmation else { return [] }
        switch command {
        case .switchButton, .left, .right, .nextPane, .previousPane:
            state.confirmation?.isConfirmFocused.toggle()
        case .interrupt where question.purpose == .quit:
            // Whoever presses it again means it.
            return leave(&state)
        case .back, .interrupt, .quit:
            state.confirmation = nil
        case .confirm:
            state.confirmation = nil
            return question.isConfirmFocused ? goAhead(question.purpose, &state) : []
        default: break
        }
        return []
    }

    func goAhead(_ purpose: Confirmation.Purpose, _ state: inout StudioState) -> [StudioEffect] {
        switch purpose {
        case .run(let requests):
            return submit(requests, &state)
        case .sendImages:
            state.compose.images.sendDoubtful()
            requote(&state)
            return run(&state)
        case .cancelRuns(let ids):
            state.runs.marked.subtract(ids)
            return [.world(.cancel(ids))]
        case .deleteRecords(let ids):
            state.runs.marked.subtract(ids)
            return [.world(.delete(ids))]
        case .resend(let id): return [.world(.resend(id))]
        case .quit: return leave(&state)
        }
    }

    // MARK: Pickers

    func openModels(_ state: inout StudioState) -> [StudioEffect] {
        state.picker = Picker(
            kind: .models,
            title: "Model",
            items: state.models.map(modelItem),
            isLoading: state.mode != .noToken
        )
        return state.mode == .noToken ? [] : [.world(.searchModels(""))]
    }

    func openPrompts(_ state: inout StudioState) -> [StudioEffect] {
        state.picker = Picker(kind: .prompts, title: "Earlier prompts", items: [], isLoading: true)
        return [.world(.loadPrompts)]
    }

    /// Lists what the selected input can be, with the cursor on what it is.
    func openChoices(_ state: inout StudioState) {
        guard let field = state.compose.inputs.selected else { return }
        let value = state.compose.inputs.values[field.name] ?? field.defaultValue ?? .null
        let items = field.options.map { option in
            Picker.Item(
                value: option.plain,
                title: option.isNull ? "not set" : option.plain,
                note: option.isSame(as: field.defaultValue ?? .null) ? "default" : ""
            )
        }
        state.picker = Picker(kind: .choices(field.name), title: field.name, items: items)
        if let option = field.options.first(where: { $0.isSame(as: value) }) { state.picker?.select(option.plain) }
    }

    func openCommands(isHelp: Bool, _ state: inout StudioState) {
        var seen: Set<Command> = []
        let here = Set(state.contexts)
        let elsewhere: [Context] = [.picker, .confirmation, .spend] + (state.vim == nil ? [.insert, .normal] : [])
        // What works here comes first; the rest follows so that everything can be found.
        let bindings =
            state.keys.bindings(in: state.contexts)
            + state.keys.bindings.filter {
                !here.contains($0.context) && !elsewhere.contains($0.context)
            }
        let items = bindings.compactMap { binding -> Picker.Item? in
            guard seen.insert(binding.command).inserted else { return nil }
            let isHere = here.contains(binding.context)
            return Picker.Item(
                value: binding.command.rawValue,
                title: binding.command.entry.explanation,
                note: binding.keys.map(KeyName.shown).joined(separator: " "),
                obstacle: isHere ? binding.command.obstacle(in: state) : "In: \(binding.context.title.lowercased())"
            )
        }
        state.picker = Picker(kind: .commands, title: isHelp ? "Help: what can be done here" : "Commands", items: items)
    }

    func modelItem(_ model: ModelSummary) -> Picker.Item {
        let price = prices.headline(for: model.path)
        return Picker.Item(
            value: model.path,
            title: model.path,
            note: price ?? (model.isOfficial ? "official" : "by time")
        )
    }

    func pick(_ command: Command, _ state: inout StudioState) -> [StudioEffect] {
        switch command {
        case .up: state.picker?.move(by: -1)
        case .down: state.picker?.move(by: 1)
        case .pageUp: state.picker?.move(by: -Picker.visibleRows)
        case .pageDown: state.picker?.move(by: Picker.visibleRows)
        case .back, .interrupt:
            if state.picker?.kind == .hardware { leaveHardwareOpen(&state) }
            state.picker = nil
        case .choose: return choose(&state)
        default:
            guard state.picker?.query.edit(command) == true else { break }
            return queryChanged(&state)
        }
        return []
    }

    func queryChanged(_ state: inout StudioState) -> [StudioEffect] {
        state.picker?.refresh()
        guard let picker = state.picker, picker.kind == .models, state.mode != .noToken else { return [] }
        state.picker?.isLoading = true
        return [.world(.searchModels(picker.query.text))]
    }

    private func choose(_ state: inout StudioState) -> [StudioEffect] {
        guard let picker = state.picker else { return [] }
        switch picker.kind {
        case .models:
            // What was typed may be a model that no list has.
            guard let path = picker.selected?.value ?? ModelPath.typed(picker.query.text) else {
                let text = picker.query.text
                if text.contains("/") { state.say(.warning, "\(text) \(ModelReference.issue(with: text))") }
                return []
            }
            state.picker = nil
            return changeModel(to: path, &state)
        case .prompts:
            guard let prompt = picker.selected?.value else { return [] }
            state.picker = nil
            state.compose.prompt.replaceAll(prompt)
            focus(.prompt, &state)
            return []
        case .choices(let name):
            guard let chosen = picker.selected?.value else { return [] }
            state.picker = nil
            let option = state.compose.inputs[name]?.options.first { $0.plain == chosen }
            if let option { state.compose.inputs.set(option, for: name) }
            return []
        case .hardware:
            guard let sku = picker.selected?.value else {
                state.say(.information, "Type or move to what it runs on; Esc leaves it open")
                return []
            }
            state.picker = nil
            return chooseHardware(sku, &state)
        case .candidates(let id):
            guard let choice = picker.selected else { return [] }
            if let obstacle = choice.obstacle {
                state.say(.warning, obstacle)
                return []
            }
            state.picker = nil
            return chooseCandidate(choice.value, for: id, &state)
        case .commands:
            guard let item = picker.selected, let command = Command(rawValue: item.value) else { return [] }
            if let obstacle = item.obstacle {
                state.say(.warning, obstacle)
                return []
            }
            state.picker = nil
            return perform(command, &state)
        }
    }

    func changeModel(to path: String, _ state: inout StudioState) -> [StudioEffect] {
        guard path != state.compose.model.path || state.compose.model.details == nil else { return [] }
        state.compose.model = ModelChoice(path: path)
        state.compose.history = nil
        state.compose.wasHardwareAsked = true
        return [.world(.loadModel(path))]
    }
}
