import ReplicateAPI

/// Two to four outputs beside each other, at the same zoom, with the inputs that differ.
package struct Comparison: Hashable, Sendable {
    package static let most = 4

    package let tiles: [LightTable.Tile]
    /// The one that is seen alone, in the place of all; nil: they are side by side.
    package internal(set) var single: Int?

    init(_ tiles: [LightTable.Tile]) { self.tiles = tiles }

    /// What can be compared: the outputs of the marked runs, else those of the selected one.
    static func tiles(of state: StudioState) -> [LightTable.Tile] {
        let runs = state.runs.targets
        guard runs.count > 1 else {
            return runs.first.map { run in
                run.outputs.indices.filter { run.outputs[$0].path != nil }.prefix(most)
                    .map { LightTable.Tile(run: run.id, output: $0) }
            } ?? []
        }
        return runs.compactMap { run in
            let shown = run.id == state.runs.selection ? state.detail.output : 0
            guard run.outputs.indices.contains(shown), run.outputs[shown].path != nil else { return nil }
            return LightTable.Tile(run: run.id, output: shown)
        }
    }

    /// Why what is marked cannot be compared; nil: it can.
    static func obstacle(in state: StudioState) -> String? {
        let count = tiles(of: state).count
        if count < 2 { return "Mark two to four results to compare them: \(state.keys.name(of: .markRun)) marks" }
        return count > most ? "\(count) are marked: at most \(most) can be compared" : nil
    }

    /// The tiles that are on the screen.
    package var shown: [LightTable.Tile] { single.map { [tiles[$0]] } ?? tiles }
}

/// What was given to some of the compared runs and not to all.
package struct InputDifference: Hashable, Sendable {
    package let name: String
    /// For each run, in order; `—` where it was not given.
    package let values: [String]

    /// The model, the prompt and the inputs that differ, in this order; inputs by name.
    package static func all(_ runs: [RunItem]) -> [InputDifference] {
        var rows: [InputDifference] = []
        func add(_ name: String, _ values: [String]) {
            if Set(values).count > 1 { rows.append(InputDifference(name: name, values: values)) }
        }
        add("model", runs.map(\.model))
        let prompts = runs.map(\.prompt)
        add("prompt", prompts.map { PromptDifference.text(of: $0, beside: prompts) })
        let names = Set(runs.flatMap { $0.input.keys }).subtracting(["prompt", "text"]).sorted()
        for name in names { add(name, runs.map { $0.input[name]?.plain ?? "—" }) }
        return rows
    }
}
