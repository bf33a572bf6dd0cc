import Money

/// Who is told that runs have ended, besides the line above the footer.
package struct EndNotices: Hashable, Sendable {
    /// When the terminal is asked to call the person, and the person's own command is run.
    package enum When: String, CaseIterable, Hashable, Sendable {
        /// While another window has the keys, as far as the terminal says so.
        case unfocused
        case always
        case never
    }

    /// The setting `notify`.
    package var when: When
    /// Whether there is a command of the person's own: the setting `notify_command`.
    package var runsCommand: Bool

    /// As the settings say.
    package init(when: When = .unfocused, runsCommand: Bool = false) {
        self.when = when
        self.runsCommand = runsCommand
    }

    /// What is to be done when these runs have ended.
    func effects(of runs: [RunItem], _ text: String, isFocused: Bool) -> [StudioEffect] {
        switch when {
        case .never: return []
        case .unfocused: if isFocused { return [] }
        case .always: break
        }
        return [.terminal(.call(text))] + (runsCommand ? [.world(.tellOfEnd(runs.map(\.id)))] : [])
    }

    /// What is said of several runs, such as `flux-schnell: 3 done, 1 failed · $0.012`. The amount is left out where it is
    /// not known of each.
    static func text(of runs: [RunItem]) -> String {
        let models = Set(runs.map(\.shortModel))
        let name = models.count == 1 ? runs[0].shortModel : "\(runs.count) runs"
        var counts: [(word: String, count: Int)] = []
        // What went well comes first.
        for run in runs.filter(\.wentWell) + runs.filter({ !$0.wentWell }) {
            if let place = counts.firstIndex(where: { $0.word == run.statusWord }) {
                counts[place].count += 1
            } else {
                counts.append((run.statusWord, 1))
            }
        }
        let costs = runs.compactMap { $0.cost?.money }
        let isEstimated = runs.contains { $0.cost?.basis == .estimated }
        let sum =
            costs.count == runs.count ? " · \(isEstimated ? "≈ " : "")\(costs.reduce(.zero, +).text)" : ""
        return "\(name): \(counts.map { "\($0.count) \($0.word)" }.joined(separator: ", "))\(sum)"
    }
}

extension RunItem {
    /// It ended, and what was ordered is there.
    var wentWell: Bool { stage == .succeeded && !madeNothing }
}
