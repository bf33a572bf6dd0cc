import ReplicateAPI

extension StudioReducer {
    /// What a person asked for: goes to the dialog or field that is open, else to the feature that it concerns. A command
    /// that is not available here says why.
    func perform(_ command: Command, _ state: inout StudioState) -> [StudioEffect] {
        let copied = copied(by: command.meaning, state)
        let effects = dispatch(command, &state) + copied
        if !copied.isEmpty { state.say(.success, "Copied") }
        return effects
    }

    /// What goes to the terminal's clipboard too, whichever text has the keys.
    private func copied(by command: CommandMeaning, _ state: StudioState) -> [StudioEffect] {
        guard command == .edit(.copy) || command == .edit(.cut), state.guide == nil, state.confirmation == nil,
            state.contexts.contains(.text),
            !state.compose.inputs.editsSecret, let text = state.typed.selectedText
        else { return [] }
        return [.terminal(.copy(text))]
    }

    private func dispatch(_ command: Command, _ state: inout StudioState) -> [StudioEffect] {
        if state.guide != nil { return GuideReducer.reduce(command.meaning, &state) }
        if state.confirmation != nil {
            return ConfirmationReducer.reduce(command, &state.confirmation).map { goAhead($0, &state) } ?? []
        }
        if state.picker != nil {
            let outcome = pickers.reduce(command, &state)
            return outcome.effects + (outcome.choice.map { take($0, &state) } ?? [])
        }
        if state.ledger != nil, let effects = LedgerReducer.reduce(command, &state.ledger) { return effects }
        if state.ledger == nil {
            if let effects = LibraryReducer.type(command.meaning, &state) { return effects }
            if let effects = AnnotationReducer.type(command.meaning, &state) { return effects }
            if command == .completePath, state.contexts.contains(.address) { return FilesReducer.complete(&state) }
            if FieldReducer.reduce(command, &state) { return [] }
            // Run tells its own, and goes where it can be mended.
            if command != .run, let obstacle = CommandAvailability.obstacle(to: command, in: state) {
                state.say(.warning, obstacle)
                return []
            }
        }
        if ComparisonReducer.reduce(command.meaning, &state) { return [] }
        if LightTableReducer.reduce(command.meaning, &state) { return [] }
        switch command.meaning {
        case .screen(let command): return perform(command, &state)
        case .compose(let command): return perform(command, &state)
        case .list(let move): self.move(move, &state)
        case .edit(let operation): return state.focus == .prompt ? PromptReducer.edit(operation, &state) : []
        case .normalMode: if state.focus == .prompt { PromptReducer.escape(&state) }
        case .images(.browse): return FilesReducer.browse(&state)
        case .images(let command): if state.focus == .images { ImagesReducer.reduce(command, &state.compose) }
        case .inputs(let command):
            guard state.focus == .inputs else { break }
            pickers.open(InputsReducer.reduce(command, &state.compose.inputs), &state)
        case .runs(let command): return isAtRuns(state) ? runs.reduce(command, &state) : []
        case .annotate(let command): return isAtRuns(state) ? AnnotationReducer.reduce(command, &state) : []
        case .large(let command): LargeReducer.reduce(command, &state)
        case .film(let command): FilmReducer.reduce(command, &state.film)
        case .detail(let command): if isAtRuns(state) { TableReducer.reduce(command, &state) }
        // Only where a field, the view of the spend or a dialog is open.
        case .acceptField, .ledger, .dialog: break
        }
        return []
    }

    private func isAtRuns(_ state: StudioState) -> Bool { state.focus == .predictions || state.focus == .detail }

    private func move(_ move: ListMove, _ state: inout StudioState) {
        let viewport = state.viewport
        switch state.focus {
        case .prompt: PromptReducer.move(move, &state)
        case .images: ImagesReducer.move(move, &state.compose.images, page: viewport.imageRows)
        case .inputs:
            InputsReducer.move(
                move,
                &state.compose.inputs,
                columns: viewport.inputColumns,
                page: viewport.inputRows
            )
        case .predictions, .detail: TableReducer.move(move, &state)
        case .model: break
        }
    }

    private func perform(_ command: ScreenCommand, _ state: inout StudioState) -> [StudioEffect] {
        switch command {
        case .nextPane: state.focus(on: state.focus.next())
        case .previousPane: state.focus(on: state.focus.previous())
        case .focus(let pane): state.focus(on: pane)
        case .zoom: state.isZoomed.toggle()
        case .enlarge: LightTableReducer.openLarge(&state)
        case .lightTable: LightTableReducer.open(&state)
        case .compare: ComparisonReducer.open(&state)
        case .back: goBack(&state)
        case .palette: HelpReducer.open(isHelp: false, &state)
        case .help: HelpReducer.open(isHelp: true, &state)
        case .theme: pickers.openThemes(&state)
        case .setUp: if let offer = state.guideOffer { state.guide = offer }
        case .showSpend: return LedgerReducer.open(&state.ledger)
        case .redraw: return [.terminal(.redraw)]
        case .suspend: return [.terminal(.suspend)]
        case .pasteClipboard: return [.world(.readClipboard)]
        case .interrupt: return LeavingReducer.interrupt(&state)
        case .quit: return LeavingReducer.quit(&state)
        }
        return []
    }

    private func perform(_ command: ComposeCommand, _ state: inout StudioState) -> [StudioEffect] {
        switch command {
        case .run: return submission.run(&state)
        case .moreRuns: state.compose.count = min(state.compose.count + 1, ComposeState.mostRuns)
        case .fewerRuns: state.compose.count = max(state.compose.count - 1, 1)
        case .changeModel: return pickers.openModels(&state)
        case .nameHardware: pickers.openHardware(&state)
        case .promptHistory: return pickers.openPrompts(&state)
        case .editExternally: return editExternally(state)
        case .completeName: LibraryReducer.complete(&state)
        case .openLibrary: LibraryReducer.open(&state)
        case .savePrompt: LibraryReducer.beginSaving(.prompt, &state)
        case .editLibrary: return [.world(.openLibrary)]
        case .saveDraft: LibraryReducer.beginSaving(.draft, &state)
        case .openDrafts: return LibraryReducer.openDrafts(&state)
        }
        return []
    }

    /// The prompt, or the input that is edited or selected.
    private func editExternally(_ state: StudioState) -> [StudioEffect] {
        let form = state.compose.inputs
        guard form.editing != nil || state.focus == .inputs else {
            return [.terminal(.editExternally(.prompt, state.compose.prompt.text))]
        }
        guard let field = form.editing.flatMap({ form[$0.field] }) ?? form.selected else { return [] }
        return [.terminal(.editExternally(.input(field.name), form.editableText(of: field)))]
    }

    private func goBack(_ state: inout StudioState) {
        if state.focus == .prompt, let vim = state.vim, vim.isVisual || !vim.pending.isEmpty {
            PromptReducer.escape(&state)
        } else if state.isZoomed {
            state.isZoomed = false
            state.detail.crop = nil
            if state.lightTable != nil { state.focus(on: .predictions) }
        } else if state.focus == .detail {
            state.focus(on: .predictions)
        } else if state.focus == .predictions, !state.runs.marks.runs.isEmpty {
            state.runs.marks.removeAll()
        } else if state.focus == .predictions, !state.runs.filter.isEmpty {
            state.filter(by: "")
        } else if state.focus != .prompt {
            state.focus(on: .prompt)
        }
    }

    // MARK: Dialogs

    /// Does what the person has agreed to.
    private func goAhead(_ purpose: Confirmation.Purpose, _ state: inout StudioState) -> [StudioEffect] {
        switch purpose {
        case .run(let requests): return submission.submit(requests, &state)
        case .sendImages:
            state.compose.images.sendDoubtful()
            derived.requote(&state)
            return submission.run(&state)
        case .cancelRuns(let ids):
            state.runs.marks.remove(ids)
            return [.world(.cancel(ids))]
        case .deleteRecords(let ids):
            state.runs.marks.remove(ids)
            return [.world(.delete(ids))]
        case .resend(let id): return [.world(.resend(id))]
        case .composeAgain(let recipe): return DroppedPictureReducer.composeAgain(recipe, &state)
        case .sendImage(let text):
            DroppedPictureReducer.sendImage(text, &state)
            return []
        case .quit: return LeavingReducer.leave(&state)
        }
    }

    /// Does what follows from a choice.
    private func take(_ choice: PickerReducer.Choice, _ state: inout StudioState) -> [StudioEffect] {
        switch choice {
        case .model(let path): return ModelReducer.choose(path, &state)
        case .prompt(let prompt):
            state.compose.prompt.replaceAll(prompt)
            state.focus(on: .prompt)
        case .input(let name, let value): state.compose.inputs.set(value, for: name)
        case .tick(let name, let value):
            state.compose.inputs.tick(value, of: name)
            pickers.openTicks(&state)
        case .branch(let name, let index):
            state.compose.inputs.choose(branch: index, of: name)
            guard let field = state.compose.inputs[name] else { break }
            pickers.open(InputsReducer.editBranch(of: field, &state.compose.inputs), &state)
        case .hardware(let sku): return hardware.choose(sku, &state)
        case .hardwareLeftOpen: hardware.leaveOpen(&state)
        case .file(let path): return FilesReducer.choose(path, &state)
        case .libraryEntry(let handle): LibraryReducer.choose(handle, &state)
        case .draft(let draft): return LibraryReducer.take(draft, &state)
        case .theme(let name):
            state.theme = name
            state.say(.information, "For now; `theme: \(name)` in the config file keeps it")
        case .candidate(let choice, let id): return runs.choose(candidate: choice, for: id, &state)
        case .command(let command):
            HelpReducer.goWhere(command, meansSomethingIn: &state)
            return perform(command, &state)
        }
        return []
    }
}
