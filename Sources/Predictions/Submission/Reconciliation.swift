import Foundation
package import ReplicateAPI

/// Finds out whether a creation whose answer was lost took place. Pure: it looks at lists it is given.
package struct Reconciliation: Hashable, Sendable {
    /// What is known about a lost run after a look at the list.
    package enum Verdict: Hashable, Sendable {
        /// Exactly one prediction is ours.
        case adopt(Prediction)
        /// These could be ours, or one could, and only a person can tell. Never empty.
        case ambiguous([Prediction])
        /// Not there yet: look again after these seconds.
        case lookAgain(after: Double)
        /// Looked for often enough, and the server's list was read completely: it does not exist.
        case absent
        /// Looked for often enough, but the list could not be read completely, or the server's clock has changed since it
        /// was sent: it may exist.
        case untold
    }

    /// What the server lists for the time in question.
    package struct Listing: Hashable, Sendable {
        /// In any order, also with a prediction twice: pages shift while they are read.
        package var predictions: [Prediction]
        /// Every page was read, and every row of it could be.
        package var isComplete: Bool

        /// - Parameter isComplete: the list was read to its end over the time in question; false: more may follow.
        package init(_ predictions: [Prediction], isComplete: Bool = true) {
            self.predictions = predictions
            self.isComplete = isComplete
        }
    }

    /// Seconds before each look; the server may take a moment to list what it has accepted.
    package static let waits: [Double] = [2, 6, 15, 30]

    private let sent: SentCreation
    /// When the server may have created it. It learns the server's clock before each look.
    package var window: CreationWindow
    private var looks = 0

    package init(_ sent: SentCreation, within window: CreationWindow) {
        self.sent = sent
        self.window = window
    }

    /// Seconds from the lost answer to the first look.
    package var firstWait: Double { Self.waits[0] }

    /// - Parameter owned: predictions that belong to other records.
    package mutating func judge(_ listing: Listing, owned: Set<Prediction.ID>) -> Verdict {
        looks += 1
        var seen: Set<Prediction.ID> = []
        var certain: [Prediction] = []
        var possible: [Prediction] = []
        for prediction in listing.predictions where !owned.contains(prediction.id) && isInTime(prediction) {
            guard seen.insert(prediction.id).inserted else { continue }
            switch sent.likeness(to: prediction) {
            case .certain: certain.append(prediction)
            case .possible: possible.append(prediction)
            case .none: break
            }
        }
        switch certain.count {
        case 1: return .adopt(certain[0])
        case 2...: return .ambiguous(certain)
        default: break
        }
        if looks < Self.waits.count { return .lookAgain(after: Self.waits[looks]) }
        if !possible.isEmpty { return .ambiguous(possible) }
        return listing.isComplete && window.isCertain ? .absent : .untold
    }

    private func isInTime(_ prediction: Prediction) -> Bool {
        prediction.createdAt.map { window.start <= $0 && $0 <= window.end } ?? true
    }
}
