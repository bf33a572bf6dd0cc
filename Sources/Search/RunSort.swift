import Foundation
import Money

/// What a list of runs is sorted by, and which way round: one rule for the studio, the command line and the history.
///
/// Runs that have the same value are in the order of their time. Runs without a value, such as those whose cost nobody
/// knows, are the last ones either way.
package struct RunSort: Hashable, Sendable {
    /// What runs are compared by. The raw values are words of the command line.
    package enum Key: String, Hashable, Sendable, CaseIterable {
        /// When the run was created; the newest first.
        case time
        /// What it has cost; the dearest first. A run that has not ended has no cost yet.
        case cost
        /// From its creation to its end; the longest first. A run that has not ended has none yet.
        case duration
        /// The model's name without its owner, from A to Z.
        case model
        /// What is under way, then what waits for a person or went wrong, then what is done.
        case status
        /// The beginning of the prompt, from A to Z.
        case prompt

        /// The smallest value is first unless it is reversed.
        fileprivate var beginsWithSmallest: Bool {
            switch self {
            case .time, .cost, .duration: false
            case .model, .status, .prompt: true
            }
        }
    }

    package var key: Key
    /// The other way round than ``Key`` says.
    package var isReversed: Bool

    package init(_ key: Key, isReversed: Bool = false) {
        self.key = key
        self.isReversed = isReversed
    }

    /// The order of every list that nobody has sorted.
    package static let newestFirst = RunSort(.time)

    /// Runs that were started together stand together.
    package var isByTime: Bool { key == .time }
    /// The smallest value, or the oldest run, stands at the top.
    package var isAscending: Bool { key.beginsWithSmallest != isReversed }
    /// Of runs with the same value, the newest stands at the top.
    package var isNewestFirst: Bool { !isReversed }

    /// Sorted by `key`; the other way round where it is already.
    package func choosing(_ key: Key) -> RunSort { key == self.key ? reversed : RunSort(key) }

    package var reversed: RunSort { RunSort(key, isReversed: !isReversed) }

    /// By the key after this one; after the last one by the first.
    package var next: RunSort {
        let place = Key.allCases.firstIndex(of: key) ?? 0
        return RunSort(Key.allCases[(place + 1) % Key.allCases.count])
    }
}

extension RunSort {
    /// Words of `status` in the order of ``Key/status``; one that nobody has heard of counts as under way and is behind
    /// those that are.
    package static let statuses =
        RunQuery.activeWords + [
            unheardOf, "not found", "failed", "refused", "aborted", "canceled", "forgotten", "succeeded",
        ]
    /// The place of all other words.
    package static let unheardOf = ""

    /// Characters of a prompt that are compared: an index holds them.
    package static let promptCharacters = 64

    /// The model's name without its owner, in lower case; with the version where one was named.
    package static func name(ofModel model: String) -> String {
        let model = model.lowercased()
        return model.firstIndex(of: "/").map { String(model[model.index(after: $0)...]) } ?? model
    }

    /// Where a run stands in the list: smaller is further up. Only places of one order compare.
    package struct Place: Hashable, Comparable, Sendable {
        fileprivate enum Value: Hashable, Sendable {
            /// Only the time counts.
            case none
            case whole(Int64)
            case seconds(Double)
            case text(String)
            /// Behind all that have one.
            case unknown
        }

        fileprivate let value: Value
        /// Seconds since 1970.
        fileprivate let createdAt: Double
        fileprivate let isAscending: Bool
        fileprivate let isNewestFirst: Bool

        package static func < (left: Place, right: Place) -> Bool {
            switch (left.value, right.value) {
            case (.unknown, .unknown), (.none, .none): break
            case (.unknown, _): return false
            case (_, .unknown): return true
            case (.whole(let first), .whole(let second)):
                if first != second { return (first < second) == left.isAscending }
            case (.seconds(let first), .seconds(let second)):
                if first != second { return (first < second) == left.isAscending }
            case (.text(let first), .text(let second)):
                // By bytes, as SQLite does.
                if !first.utf8.elementsEqual(second.utf8) {
                    return first.utf8.lexicographicallyPrecedes(second.utf8) == left.isAscending
                }
            case (.none, _), (.whole, _), (.seconds, _), (.text, _): break
            }
            if left.createdAt == right.createdAt { return false }
            return (left.createdAt > right.createdAt) == left.isNewestFirst
        }
    }

    /// The history's SQL says the same. Of the text only the order by prompts looks at anything.
    package func place(of run: RunFacts) -> Place {
        let value: Place.Value =
            switch key {
            case .time: .none
            case .cost: run.cost?.nanos.map(Place.Value.whole) ?? .unknown
            case .duration:
                run.finishedAt.map { .seconds($0.timeIntervalSince1970 - run.createdAt.timeIntervalSince1970) }
                    ?? .unknown
            case .model: .text(Self.name(ofModel: run.model))
            case .status:
                .whole(
                    Int64(
                        Self.statuses.firstIndex(of: run.status) ?? Self.statuses.firstIndex(of: Self.unheardOf) ?? 0
                    )
                )
            case .prompt: .text(String(String.UnicodeScalarView(run.text.unicodeScalars.prefix(Self.promptCharacters))))
            }
        return Place(
            value: value,
            createdAt: run.createdAt.timeIntervalSince1970,
            isAscending: isAscending,
            isNewestFirst: isNewestFirst
        )
    }
}
