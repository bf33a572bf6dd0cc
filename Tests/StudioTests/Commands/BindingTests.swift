import Testing

@testable import Studio

struct BindingTests {
    @Test func `no key has two meanings in one context`() {
        var seen: [String: Command] = [:]
        for binding in Binding.all {
            for key in binding.keys {
                let place = "\(binding.context) \(key)"
                #expect(seen[place] == nil || seen[place] == binding.command, "\(place) is bound twice")
                seen[place] = binding.command
            }
        }
    }

    @Test func `nothing that costs money is on a single unmodified key`() {
        for binding in Binding.all where binding.command == .run {
            for key in binding.keys { #expect(key.contains("+") || key == "f5", "\(key) runs") }
        }
    }

    @Test(arguments: Command.allCases)
    func `every command has a key and an explanation`(command: Command) {
        #expect(Binding.all.contains { $0.command == command })
        #expect(!command.entry.explanation.isEmpty)
        #expect(!command.entry.explanation.hasSuffix("."))
    }

    @Test(arguments: Pane.allCases)
    func `every pane can be left and the studio can be quit from it`(pane: Pane) {
        var bench = Bench()
        bench.state.focus = pane
        let known = bench.state.contexts.flatMap { context in Binding.all.filter { $0.context == context } }
        let commands = Set(known.map(\.command))
        #expect(commands.isSuperset(of: [.nextPane, .previousPane, .quit, .help, .run]))
    }

    @Test(arguments: [
        ("alt+enter", "alt+⏎"), ("ctrl+p", "^P"), ("ctrl+_", "^_"), ("f5", "F5"), ("alt++", "alt++"),
        ("ctrl+x ctrl+e", "^X ^E"), ("?", "?"), ("shift+tab", "shift+tab"), ("alt+=", "alt+="),
    ])
    func `keys are shown as people read them`(notation: String, shown: String) {
        #expect(KeyName.shown(notation) == shown)
    }
}
