import Composing
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
        let known = bench.state.keys.bindings(in: bench.state.contexts)
        let commands = Set(known.map(\.command))
        #expect(commands.isSuperset(of: [.nextPane, .previousPane, .quit, .help, .run]))
    }

    @Test(arguments: Pane.allCases)
    func `run, next and help stay in the footer of every pane`(pane: Pane) {
        var bench = Bench()
        bench.state.focus = pane
        let known = bench.state.keys.bindings(in: bench.state.contexts)
        #expect(Set(known.filter(\.isPinned).map(\.command)) == [.run, .nextPane, .help])
    }

    @Test func `what cannot be done now is an obstacle`() {
        var bench = Bench(runs: [Bench.run("one", stage: .failed)])
        let dead: [Command] = [
            .cancelRun, .openOutput, .copyURL, .useAsImage, .sendAgain, .nextOutput, .undo, .undoImages, .resetInput,
            .changedInputs,
        ]
        for command in dead { #expect(CommandAvailability.obstacle(to: command, in: bench.state) != nil, "\(command)") }
        bench.send(.typed("a"))
        bench.press(.focusInputs, .increaseInput)
        for command in [Command.undo, .resetInput, .changedInputs, .reuse, .deleteRecord] {
            #expect(CommandAvailability.obstacle(to: command, in: bench.state) == nil, "\(command)")
        }
    }

    @Test(arguments: [("count", Command.moreRuns), ("run count", .fewerRuns)])
    func `the palette finds the run count`(query: String, command: Command) {
        var bench = Bench()
        bench.press(.palette)
        bench.send(.typed(query))
        #expect(bench.state.picker?.matches.prefix(2).map(\.value).contains(command.rawValue) == true)
    }

    @Test(arguments: [
        ("alt+enter", "alt+⏎"), ("ctrl+p", "^P"), ("ctrl+_", "^_"), ("f5", "F5"), ("alt++", "alt++"),
        ("ctrl+x ctrl+e", "^X ^E"), ("?", "?"), ("shift+tab", "shift+tab"), ("alt+=", "alt+="),
    ])
    func `keys are shown as people read them`(notation: String, shown: String) {
        #expect(KeyName.shown(notation) == shown)
    }
}
