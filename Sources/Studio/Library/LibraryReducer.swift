/// Keeps prompts under names, and puts them in where a name is typed.
enum LibraryReducer {
    /// Goes on with the name that is typed behind `@`; a whole one is replaced by what it stands for.
    static func complete(_ state: inout StudioState) {
        guard let token = state.libraryToken else { return }
        let fitting = state.library.entries(beginning: token.stem)
        if let entry = state.library[token.stem] ?? (fitting.count == 1 ? fitting[0] : nil) {
            return insert(entry, &state)
        }
        guard !fitting.isEmpty else {
            let key = state.keys.name(of: .savePrompt)
            return state.say(.information, "Nothing in the library begins so: \(key) keeps what is typed here")
        }
        open(query: token.stem, &state)
    }

    /// Shows the whole library, or what fits the name that is being typed.
    static func open(query: String = "", _ state: inout StudioState) {
        state.picker = Picker(kind: .library, title: "Prompt library", items: state.library.entries.map(item))
        guard !query.isEmpty else { return }
        state.picker?.query.insert(query)
        state.picker?.refresh()
    }

    private static func item(_ entry: PromptLibrary.Entry) -> Picker.Item {
        switch entry.content {
        case .text(let text):
            Picker.Item(value: entry.handle, title: "@\(entry.handle)  \(text.oneLine(characters: 400))")
        case .list(let items):
            Picker.Item(
                value: entry.handle,
                title: "@\(entry.handle)  \(items.joined(separator: ", ").oneLine(characters: 400))",
                note: "\(items.count) in a list"
            )
        }
    }

    static func choose(_ handle: String, _ state: inout StudioState) {
        state.focus(on: .prompt)
        if let entry = state.library[handle] { insert(entry, &state) }
    }

    /// In the place of the name that is typed, or of what is selected; one undo step.
    private static func insert(_ entry: PromptLibrary.Entry, _ state: inout StudioState) {
        let token = state.libraryToken
        let text = token?.isInBraces == true ? entry.innerAlternatives : entry.alternatives
        state.vim?.beginTyping(nil, &state.compose.prompt)
        if let token { state.compose.prompt.select(to: token.start) }
        state.compose.prompt.paste(text)
    }

    // MARK: Names

    /// Asks for a name for what is selected in the prompt, or for all of it.
    static func beginSaving(_ kind: NameEntry.Kind, _ state: inout StudioState) {
        state.focus(on: .prompt)
        if kind == .prompt, state.compose.prompt.isEmpty {
            return state.say(.information, "There is nothing to keep: the prompt is empty")
        }
        state.nameEntry = NameEntry(kind: kind, editor: TextEditor(isMultiline: false, limit: 80))
    }

    /// Commands while a name is typed; nil: not for the field.
    static func type(_ command: CommandMeaning, _ state: inout StudioState) -> [StudioEffect]? {
        guard let entry = state.nameEntry else { return nil }
        switch command {
        case .acceptField:
            let name = entry.editor.text
            guard !PromptLibrary.handle(name).isEmpty else {
                state.say(.warning, "A name has letters or digits")
                return []
            }
            state.nameEntry = nil
            switch entry.kind {
            case .prompt:
                let prompt = state.compose.prompt
                return [.world(.keepPrompt(prompt.selectedText ?? prompt.text, name: name))]
            case .draft: return [.world(.keepDraft(state.compose.draft, name: name))]
            }
        case .screen(.back), .screen(.interrupt): state.nameEntry = nil
        case .edit(let operation): state.nameEntry?.editor.perform(operation)
        case .screen, .compose, .list, .normalMode, .images, .inputs, .runs, .annotate, .detail, .large, .film, .ledger,
            .dialog:
            return nil
        }
        return []
    }

    // MARK: Drafts

    static func openDrafts(_ state: inout StudioState) -> [StudioEffect] {
        state.picker = Picker(kind: .drafts, title: "Drafts", items: [], isLoading: true)
        return [.world(.listDrafts)]
    }

    static func show(_ drafts: [NamedDraft], _ state: inout StudioState) {
        guard state.picker?.kind == .drafts else { return }
        state.picker?.isLoading = false
        state.picker?.replaceItems(
            drafts.map { named in
                let prompt = named.draft.prompt.oneLine(characters: 400)
                var item = Picker.Item(value: named.name, title: "\(named.name)  \(prompt)", note: named.draft.model)
                item.draft = named.draft
                return item
            }
        )
    }

    /// Composes what was kept. What was there before is one of the drafts unless it was empty, so that nothing is lost.
    static func take(_ draft: Draft, _ state: inout StudioState) -> [StudioEffect] {
        let before = state.compose.draft
        state.compose.begin(draft, model: draft.model.isEmpty ? state.compose.pricedModel : draft.model)
        state.focus(on: .prompt)
        let kept: [StudioEffect] =
            before.prompt.isEmpty && before.images.isEmpty
            ? [] : [.world(.keepDraft(before, name: "before the last switch"))]
        return kept + [.world(.loadModel(state.compose.model.path))]
    }
}
