/// Runs that were started together, until the last of them has ended: a person is told once of all.
package struct RunGroups: Hashable, Sendable {
    private var groups: [RunItem.ID: [RunItem.ID]] = [:]

    /// Nothing was started yet.
    package init() {}

    /// Runs that one press of a key has started.
    mutating func begin(_ runs: [RunItem.ID]) {
        guard runs.count > 1 else { return }
        for run in runs { groups[run] = runs }
    }

    /// The runs that have ended with `run`: those it was started with, else it alone. nil while one of them goes on.
    mutating func end(_ run: RunItem.ID, goesOn: (RunItem.ID) -> Bool) -> [RunItem.ID]? {
        guard let group = groups[run] else { return [run] }
        guard !group.contains(where: goesOn) else { return nil }
        for member in group { groups[member] = nil }
        return group
    }
}
