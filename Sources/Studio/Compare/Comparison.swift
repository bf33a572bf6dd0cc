import ReplicateAPI

/// Two to four outputs beside each other, at the same zoom, with the inputs that differ.
package struct Comparison: Hashable, Sendable {
    /// More than four are too small beside each other.
    package static let most = 4

    /// Two to ``most`` outputs, from left to right.
    package let tiles: [LightTable.Tile]
    /// The one that is seen alone, in the place of all; nil: they are side by side.
    package internal(set) var single: Int?

    init(_ tiles: [LightTable.Tile]) { self.tiles = tiles }

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
        add("prompt", PromptDifference.captions(of: prompts))
        let names = Set(runs.flatMap { $0.input.keys }).subtracting(["prompt", "text"]).sorted()
        for name in names { add(name, runs.map { $0.input[name]?.plain ?? "—" }) }
        return rows
    }
}
