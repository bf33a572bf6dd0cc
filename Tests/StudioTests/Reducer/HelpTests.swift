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
        #expect(item(.reuse, bench)?.place == "in predictions")
        #expect(item(.reuse, bench)?.note == "r")
        #expect(item(.reuse, bench)?.obstacle == nil)
        #expect(item(.run, bench)?.place == "everywhere")
        #expect(item(.run, bench)?.note.hasPrefix("alt+") == true)
        #expect(item(.newline, bench)?.place == "here")
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

    @Test(arguments: Pane.allCases)
    func `Run and the model come first, moving about last`(pane: Pane) throws {
        var bench = Bench(prompt: "a fox", runs: [Bench.run("one")])
        bench.state.focus(on: pane)
        bench.press(.help)
        let values = (bench.state.picker?.items ?? []).map(\.value)
        func place(_ command: Command) -> Int { values.firstIndex(of: command.rawValue) ?? -1 }
        #expect(values[0] == Command.run.rawValue && values[1] == Command.changeModel.rawValue)
        for command in [Command.lightTable, .showSpend, .focusInputs, .zoom, .quit] {
            #expect(place(command) >= 0 && place(command) < 48)
            #expect(place(command) < place(.left))
            #expect(place(command) < place(.up))
        }
        if pane == .prompt { #expect(place(.lightTable) < 28 && place(.showSpend) < 28) }
    }

    @Test func `names that have what is typed come before sentences, and strewn letters are no match`() throws {
        var bench = Bench(prompt: "a fox", runs: [Bench.run("one")])
        bench.press(.help)
        bench.send(.typed("undo"))
        let names = (bench.state.picker?.matches ?? []).compactMap(\.name)
        #expect(names.first == "Undo")
        #expect(Set(names).isDisjoint(with: ["Put in", "Suspend", "Quit"]))
        #expect(names.count < 8, "\(names)")
        bench.press(.killToLineStart)
        bench.send(.typed("chgmdl"))
        #expect(
            bench.state.picker?.selected?.value == Command.changeModel.rawValue,
            "letters in order still find a name"
        )
    }

    @Test func `on the light table its own words stand`() {
        var bench = Bench(runs: [Bench.run("one"), Bench.run("two", age: 90)])
        bench.press(.focusPredictions, .lightTable, .help)
        #expect(item(.nextOutput, bench)?.name == "Next picture")
        #expect(item(.nextOutput, bench)?.title.contains("output") == false)
        #expect(bench.state.picker?.items[2].place == "here")
    }
}
