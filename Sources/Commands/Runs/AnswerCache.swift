import Predictions
import Pricing
import Synchronization

/// What is known of models for a short while, so that the lines of a batch do not each read it anew.
final class AnswerCache: Sendable {
    struct Known: Sendable {
        /// nil: the price book must do.
        let answer: ModelAnswer?
        let history: RunHistory
    }

    private static let lifetime = Duration.seconds(10)

    private struct Answer: Sendable {
        let known: Known
        let until: ContinuousClock.Instant
    }

    private let entries = Mutex<[String: Answer]>([:])

    /// - Parameter find: asks; called where nothing is known, or no longer.
    func known(_ model: String, find: () async throws -> Known) async throws -> Known {
        let now = ContinuousClock.now
        if let entry = entries.withLock({ $0[model] }), entry.until > now { return entry.known }
        let known = try await find()
        entries.withLock { entries in
            // A batch may name any number of models.
            if entries.count >= 256 { entries = [:] }
            entries[model] = Answer(known: known, until: ContinuousClock.now + Self.lifetime)
        }
        return known
    }
}
