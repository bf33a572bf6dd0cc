import Foundation

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

extension RunItem {
    /// Runs further apart than this many seconds were not submitted together. Those of one submission are a tenth of a
    /// millisecond apart.
    private static let together = 1.0
    /// Bytes that prompts of one submission have in common at least.
    private static let leastShared = 8

    /// Whether two runs that follow on each other are of one submission.
    package func isTogether(with other: RunItem) -> Bool {
        model == other.model && abs(createdAt.timeIntervalSince(other.createdAt)) < Self.together
            && (prompt == other.prompt || Self.shared(prompt, other.prompt) >= Self.leastShared)
    }

    /// Bytes that both have at their beginning and at their end: alternatives may stand anywhere.
    private static func shared(_ first: String, _ second: String) -> Int {
        let head = zip(first.utf8, second.utf8).prefix { $0 == $1 }.count
        let tail = zip(first.utf8.reversed(), second.utf8.reversed()).prefix { $0 == $1 }.count
        return head + tail
    }
}
