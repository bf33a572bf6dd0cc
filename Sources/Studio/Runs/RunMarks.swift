/// Runs marked for an action on several, and of some of them only single outputs.
package struct RunMarks: Hashable, Sendable {
    package private(set) var runs: Set<RunItem.ID> = []
    /// The outputs that are meant; a marked run that is not among them is meant with all of its outputs.
    package private(set) var outputs: [RunItem.ID: Set<Int>] = [:]

    /// Nothing is marked.
    init() {}

    mutating func removeAll() { self = RunMarks() }

    mutating func remove(_ ids: some Sequence<RunItem.ID>) { for id in ids { remove(id) } }

    mutating func remove(_ id: RunItem.ID) {
        runs.remove(id)
        outputs[id] = nil
    }

    mutating func insert(_ id: RunItem.ID) { runs.insert(id) }

    func contains(_ id: RunItem.ID) -> Bool { runs.contains(id) }

    /// Marks a run, or takes its mark away.
    mutating func toggle(_ id: RunItem.ID) {
        outputs[id] = nil
        if runs.remove(id) == nil { runs.insert(id) }
    }

    /// Marks one output, or takes its mark away: the last one takes that of the run along.
    mutating func toggle(output: Int, of run: RunItem) {
        guard run.outputs.count > 1 else { return toggle(run.id) }
        var chosen = runs.contains(run.id) ? outputs[run.id] ?? Set(run.outputs.indices) : []
        if chosen.remove(output) == nil { chosen.insert(output) }
        outputs[run.id] = chosen.isEmpty ? nil : chosen
        if chosen.isEmpty { runs.remove(run.id) } else { runs.insert(run.id) }
    }

    /// Whether an output, or a run without any, is among what is marked.
    package func contains(_ id: RunItem.ID, output: Int) -> Bool {
        runs.contains(id) && (outputs[id]?.contains(output) ?? true)
    }
}
