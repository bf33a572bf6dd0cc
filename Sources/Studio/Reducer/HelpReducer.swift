/// The palette and the help: every command that a key or a list reaches, with its keys and where it works.
enum HelpReducer {
    static func open(isHelp: Bool, _ state: inout StudioState) {
        var seen: Set<Command> = []
        let here = Set(state.contexts)
        let elsewhere: [Context] =
            [.picker, .confirmation, .guide, .spend] + (state.vim == nil ? [.insert, .normal] : [])
        // What works here comes first; the rest follows so that everything can be found.
        let bindings =
            state.keys.bindings(in: state.contexts)
            + state.keys.bindings.filter {
                !here.contains($0.context) && !elsewhere.contains($0.context)
            }
        let items = bindings.compactMap { binding -> Picker.Item? in
            guard seen.insert(binding.command).inserted else { return nil }
            let isHere = here.contains(binding.context)
            let keys = binding.keys.map(KeyName.shown).joined(separator: " ")
            let entry = binding.command.entry
            var item = Picker.Item(
                value: binding.command.rawValue,
                title: entry.explanation,
                note: isHere ? keys : "\(binding.context.place)  \(keys)"
            )
            item.name = entry.hint
            item.obstacle =
                isHere || pane(of: binding.context) != nil
                ? CommandAvailability.obstacle(to: binding.command, in: state)
                : "Only \(binding.context.place)"
            return item
        }
        state.picker = Picker(kind: .commands, title: isHelp ? "Help: what can be done" : "Commands", items: items)
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
