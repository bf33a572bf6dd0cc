import Testing

@testable import Studio

/// The palette and the help.
struct HelpTests {
    private func item(_ command: Command, _ bench: Bench) -> Picker.Item? {
        bench.state.picker?.items.first { $0.value == command.rawValue }
    }

    /// Chooses a command by its name, as a person does who types it.
    private func choose(_ command: Command, _ bench: inout Bench) {
        bench.press(.palette)
        bench.state.picker?.select(command.rawValue)
        bench.press(.choose)
    }

    @Test func `every command has its name and its keys, and says where it works`() throws {
        var bench = Bench(runs: [Bench.run("one")])
        bench.press(.help)
        let picker = try #require(bench.state.picker)
        #expect(picker.items.allSatisfy { $0.name?.isEmpty == false })
        #expect(item(.reuse, bench)?.note == "in predictions  r")
        #expect(item(.reuse, bench)?.obstacle == nil)
        #expect(item(.run, bench)?.note.hasPrefix("alt+") == true)
        #expect(item(.lightTable, bench)?.name == "Light table")
        #expect(item(.lightTable, bench)?.obstacle == nil)
    }

    @Test func `what belongs to another pane is done there`() {
        var bench = Bench(prompt: "", runs: [Bench.run("one"), Bench.run("two", age: 90)])
        choose(.lightTable, &bench)
        #expect(bench.state.isOnLightTable)
        bench = Bench(prompt: "", runs: [Bench.run("one")])
        choose(.reuse, &bench)
        #expect(bench.state.compose.prompt.text == "prompt one")
        bench = Bench(prompt: "a fox", runs: [Bench.run("one")])
        bench.press(.focusPredictions)
        choose(.deleteWordBackward, &bench)
        #expect(bench.state.focus == .prompt)
    }

    @Test func `what cannot be done now keeps its key and says why`() throws {
        var bench = Bench()
        bench.press(.palette)
        let found = try #require(self.item(.reuse, bench))
        #expect(found.note.hasSuffix("r"))
        #expect(found.obstacle == "No prediction is selected")
    }

    @Test func `a command is found by the beginning of its name first`() {
        var bench = Bench(runs: [Bench.run("one")])
        bench.press(.palette)
        bench.send(.typed("ta"))
        #expect(bench.state.picker?.selected?.name?.lowercased().hasPrefix("ta") == true)
    }
}
