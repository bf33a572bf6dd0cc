/// What is compared when a person asks for it.
enum ComparedOutputs {
    /// What can be compared: the outputs that are marked; of each marked run the one that is shown, else its first; where
    /// only one run is meant, its outputs.
    static func tiles(of state: StudioState) -> [LightTable.Tile] {
        let runs = state.runs.targets
        let tiles = runs.flatMap { run in
            outputs(of: run, isAlone: runs.count == 1, state).map { LightTable.Tile(run: run.id, output: $0) }
        }
        return runs.count == 1 && state.runs.marks.outputs.isEmpty ? Array(tiles.prefix(Comparison.most)) : tiles
    }

    private static func outputs(of run: RunItem, isAlone: Bool, _ state: StudioState) -> [Int] {
        let saved = run.outputs.indices.filter { run.outputs[$0].path != nil }
        if let marked = state.runs.marks.outputs[run.id] { return saved.filter(marked.contains) }
        if isAlone { return saved }
        let shown = run.id == state.runs.selection ? state.detail.output : 0
        return saved.contains(shown) ? [shown] : []
    }

    /// Why what is marked cannot be compared; nil: it can.
    static func obstacle(in state: StudioState) -> String? {
        let count = tiles(of: state).count
        if count < 2 { return "Mark two to four results to compare them: \(state.keys.name(of: .markRun)) marks" }
        return count > Comparison.most ? "\(count) are marked: at most \(Comparison.most) can be compared" : nil
    }
}
