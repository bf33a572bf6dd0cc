/// The palette and the help: every command that a key or a list reaches.
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
            return Picker.Item(
                value: binding.command.rawValue,
                title: binding.command.entry.explanation,
                note: binding.keys.map(KeyName.shown).joined(separator: " "),
                obstacle: isHere
                    ? CommandAvailability.obstacle(to: binding.command, in: state)
                    : "In: \(binding.context.title.lowercased())"
            )
        }
        state.picker = Picker(kind: .commands, title: isHelp ? "Help: what can be done here" : "Commands", items: items)
    }
}
