package import Foundation
package import ReplicateAPI

/// Finds out whether a creation whose answer was lost took place. Pure: it looks at lists it is given.
package struct Reconciliation: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        /// Exactly one prediction is ours.
        case adopt(Prediction)
        /// Several look like it: only a person can tell.
        case ambiguous([Prediction])
        /// Not there yet: look again after these seconds.
        case lookAgain(after: Double)
        /// Looked for often enough: it does not exist.
        case absent
    }

    /// Seconds before each look; the server may take a moment to list what it has accepted.
    package static let waits: [Double] = [2, 6, 15, 30]

    private let model: String
    private let input: JSONObject
    /// The window in the server's time in which it must have been created.
    package let createdAfter: Date
    package let createdBefore: Date
    private var looks = 0

    /// - Parameters:
    ///   - model: `owner/name`, without a version.
    ///   - sentAt: the server's time. Nothing else of this machine's clock is used: after a restart it may be wrong.
    ///   - answerTimeout: how long the request may have been on its way.
    package init(model: String, input: JSONObject, sentAt: Date, answerTimeout: Duration) {
        self.model = model
        self.input = input
        createdAfter = sentAt.addingTimeInterval(-60)
        createdBefore = sentAt.addingTimeInterval(Double(answerTimeout.components.seconds) + 60)
    }

    package var firstWait: Double { Self.waits[0] }

    /// Judges everything the server lists for the window.
    ///
    /// - Parameter owned: predictions that belong to other records.
    package mutating func judge(_ listed: [Prediction], owned: Set<Prediction.ID>) -> Verdict {
        looks += 1
        let candidates = listed.filter { prediction in
            prediction.source != "web" && prediction.model == model && !owned.contains(prediction.id)
                && prediction.createdAt.map { createdAfter <= $0 && $0 <= createdBefore } ?? true
                && matches(prediction.input)
        }
        switch candidates.count {
        case 1: return .adopt(candidates[0])
        case 2...: return .ambiguous(candidates)
        default: return looks < Self.waits.count ? .lookAgain(after: Self.waits[looks]) : .absent
        }
    }

    /// The server may add defaults, but what was sent must be there as it was sent.
    private func matches(_ other: JSONObject) -> Bool {
        input.allSatisfy { key, value in other[key] == value || (value.isNull && other[key] == nil) }
    }
}
