/// The palette and the help: every command that can be given, with its keys and where it works.
enum HelpReducer {
    static func open(isHelp: Bool, _ state: inout StudioState) {
        let here = Set(state.contexts)
        let elsewhere: [Context] =
            [.picker, .confirmation, .guide, .spend] + (state.vim == nil ? [.insert, .normal] : [])
        var seen: Set<Command> = []
        let bindings =
            (state.keys.bindings(in: state.contexts)
            + state.keys.bindings.filter { binding in
                // What has no key is found here alone.
                !elsewhere.contains(binding.context) && (binding.keys.isEmpty || !here.contains(binding.context))
            })
            .filter { seen.insert($0.command).inserted }
        let ranks = bindings.map { rank($0, here: state.contexts) }
        let items = bindings.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }.map { index -> Picker.Item in
            let binding = bindings[index]
            let isHere = here.contains(binding.context)
            let keys = binding.keys.map(KeyName.shown).joined(separator: " ")
            let entry = binding.command.entry(in: binding.context)
            let place = binding.context == .everywhere || !isHere ? binding.context.place : "here"
            var item = Picker.Item(
                value: binding.command.rawValue,
                title: entry.explanation,
                note: keys
            )
            item.place = place
            item.name = entry.hint
            item.obstacle =
                isHere || pane(of: binding.context) != nil
                ? CommandAvailability.obstacle(to: binding.command, in: state)
                : "Only \(binding.context.place)"
            return item
        }
        state.picker = Picker(kind: .commands, title: isHelp ? "Help: what can be done" : "Commands", items: items)
    }

    /// What a person does most, in the order in which a picture is made.
    private static let main: [Command] = [
        .run, .changeModel, .focusPrompt, .promptHistory, .openLibrary, .browseFiles, .addImage, .focusImages,
        .focusInputs, .focusPredictions, .focusDetail, .lightTable, .compare, .showSpend, .moreRuns, .fewerRuns, .zoom,
        .saveDraft, .openDrafts, .palette, .help, .quit,
    ]

    /// A row's place: Run and the model, what only this view has, what is done most, the rest, moving about.
    private static func rank(_ binding: Binding, here contexts: [Context]) -> Int {
        let isHere = contexts.contains(binding.context)
        let isCommon: Bool =
            switch binding.context {
            case .everywhere, .list, .text, .prompt, .insert, .normal, .libraryName: true
            default: false
            }
        switch binding.command.meaning {
        case .list, .edit, .normalMode, .acceptField, .dialog: return isHere ? 900 : 901
        default: break
        }
        let place = main.firstIndex(of: binding.command)
        if let place, place < 2 { return place }
        if isHere, !isCommon, !binding.keys.isEmpty { return 10 }
        return place.map { 100 + $0 } ?? (isHere ? 200 : 201)
    }

    /// Goes where a command that was chosen means something.
    static func goWhere(_ command: Command, meansSomethingIn state: inout StudioState) {
        let here = Set(state.contexts)
        let bindings = state.keys.bindings.filter { $0.command == command }
        guard !bindings.contains(where: { here.contains($0.context) }),
            let pane = bindings.lazy.compactMap({ pane(of: $0.context) }).first
        else { return }
        state.focus(on: pane)
    }

    /// The pane in which the keys of a context work; nil: it takes more than going to a pane.
    private static func pane(of context: Context) -> Pane? {
        switch context {
        case .list, .predictions: .predictions
        case .model: .model
        case .images: .images
        case .inputs, .value: .inputs
        case .detail: .detail
        case .text, .prompt, .insert, .normal: .prompt
        case .everywhere, .lightTable, .large, .film, .filmPart, .comparison, .libraryName, .field, .address, .picker,
            .confirmation, .guide, .spend:
            nil
        }
    }
}
